"""Can every page be drawn? A name that a state has not any more shows here, before anything is built."""

from zrg_app.zrg_app import app


def test_every_page_is_drawn_from_what_the_states_offer() -> None:
    drawn = {route: page.component() if callable(page.component) else page.component for route, page in app._unevaluated_pages.items()}
    assert {"index", "login", "settings", "operations"} <= set(drawn)
    assert all(page.render() for page in drawn.values())

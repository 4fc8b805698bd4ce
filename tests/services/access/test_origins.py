"""What is our own origin, our own path, our own cookie? Hostile strings never raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.access import origins

HOSTS = ("inbox.example", "")


@pytest.mark.parametrize(("origin", "ours"), [
    ("https://inbox.example", True), ("https://INBOX.example:443/login?x=1", True), ("http://inbox.example:80", True),
    ("https://public.example", True), ("https://inbox.example:444", False), ("https://inbox.example@evil.example", False),
    ("https://evil.example/inbox.example", False), ("file://inbox.example", False), ("null", False), ("", False)])
def test_an_origin_is_ours_by_host_and_port(origin: str, ours: bool) -> None:
    assert origins.is_ours(origin, hosts=HOSTS, address="https://public.example") is ours


@given(st.text())
def test_any_text_as_origin_cookie_or_path_is_answered(text: str) -> None:
    assert origins.is_ours(text, hosts=(text,), address="https://public.example") in (True, False)
    assert isinstance(origins.cookie_token(text), str)
    path = origins.site_path("/" + text)
    assert path.startswith("/") and not path.startswith("//") and "\\" not in path


@pytest.mark.parametrize("value", [None, 7, {"a": 1}, ["/"], "x", "//x", "/a b", "/\n"])
def test_what_is_no_path_of_ours_is_the_front_page(value: object) -> None:
    assert origins.site_path(value) == "/"


def test_a_deep_link_is_kept_whole() -> None:
    link = "/?view=inbox&clientId=0192&leadId=7&draftId=8#here"
    assert origins.site_path(link) == link


def test_the_cookie_is_found_among_others() -> None:
    assert origins.cookie_token('a=b; zrg_session="t0ken"; theme={"x": 1}; odd') == "t0ken"
    assert origins.cookie_token("not_zrg_session=1") == ""

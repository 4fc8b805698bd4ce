"""Does the palette know every place there is? Settings, AI Personality and Operations grow; the list must follow."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from zrg_app.pages.ai import SECTIONS
from zrg_app.pages.inbox.palette import PLACES
from zrg_app.services.access import Permission
from zrg_app.services.inbox.wanted import VIEWS, read, written
from zrg_app.state.inbox.chips import CHANNELS
from zrg_app.state.operations.frame import TABS as PARTS
from zrg_app.state.settings.words import TABS
from zrg_app.ui import SENTIMENTS


def test_every_tab_and_section_can_be_reached_from_the_palette() -> None:
    there = {href for places in PLACES.values() for _, href, _, _ in places}
    wanted = {f"/settings?settingsTab={tab}" for tab in TABS} | {f"/ai/{section.key}" for section in SECTIONS}
    assert {href for href in there if not href.startswith("/?")} == wanted | {f"/operations?part={part}" for part in PARTS}


def test_every_view_and_the_usual_filters_can_be_reached_from_any_page() -> None:
    hrefs = [href for _, href, _, _ in PLACES[Permission.READ_INBOX]]
    chosen = [read(dict(parse_qsl(urlsplit(href).query))) for href in hrefs]
    assert {f"/?{urlencode(written(choice), quote_via=quote)}" for choice in chosen} == set(hrefs), "each says what it shows, no less"
    assert {choice.view for choice in chosen} == set(VIEWS)
    assert {word for choice in chosen for word in choice.sentiments} == set(SENTIMENTS)
    assert {word for choice in chosen for word in choice.channels} == set(CHANNELS)


def test_sections_have_the_same_name_and_icon_in_the_palette() -> None:
    known = {href: (word, mark) for places in PLACES.values() for word, href, mark, _ in places}
    assert all(known[f"/ai/{section.key}"] == (section.word, section.mark) for section in SECTIONS)

"""Does the palette know every place there is? Settings, AI Personality and Operations grow; the list must follow."""

from zrg_app.pages.ai import SECTIONS
from zrg_app.pages.inbox.palette import PLACES
from zrg_app.state.operations.frame import TABS as PARTS
from zrg_app.state.settings.words import TABS


def test_every_tab_and_section_can_be_reached_from_the_palette() -> None:
    there = {href for places in PLACES.values() for _, href, _, _ in places}
    wanted = {f"/settings?settingsTab={tab}" for tab in TABS} | {f"/ai/{section.key}" for section in SECTIONS}
    assert there == wanted | {f"/operations?part={part}" for part in PARTS}


def test_sections_have_the_same_name_and_icon_in_the_palette() -> None:
    known = {href: (word, mark) for places in PLACES.values() for word, href, mark, _ in places}
    assert all(known[f"/ai/{section.key}"] == (section.word, section.mark) for section in SECTIONS)

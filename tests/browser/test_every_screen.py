"""Can everybody use every screen? axe looks at each, light and dark, wide and narrow; nothing serious may be left."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visitors
from tests.browser.screens import DESIGN, NARROW, SCREENS, SETUP, WIDE, Screen, cut_off, wear
from tests.browser.stage import OWNER, Stage

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_ASK = """async ([part, wanted]) => (await axe.run({ include: part, exclude: '.rows .row:nth-child(n+9)' }, wanted)).violations
  .filter(found => ['serious', 'critical'].includes(found.impact))
  .flatMap(found => found.nodes.map(node =>
    `${found.id}: ${node.target.join(' ')} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''})`))"""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ALL = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"], "preload": False}
# In the dark only colours differ.
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="module", autouse=True)
def _something_to_see(stage: Stage) -> None:
    stage.writes_email("Axel", "Thursday after 2 works. Could we talk about the prices of three places?")
    stage.writes_sms("Tomas", "+15125550188", "whats the pricing look like for 3 locations")


def findings(page: Page, screen: Screen, url: str) -> list[str]:
    """What is wrong with a screen, in words."""
    screen.come(page, url)
    page.evaluate(AXE)
    found: list[str] = []
    for look, size, wanted in (("light", WIDE, _ALL), ("dark", WIDE, _COLOURS), ("light", NARROW, _ALL)):
        wear(page, look, size)
        found += [f"{screen.name}, {look}, {size[0]}: {fault}" for fault in page.evaluate(_ASK, [screen.within, wanted])]
    return found


@pytest.mark.timeout(420)
def test_no_screen_has_a_serious_finding(visitor: Visitors, chromium: Browser, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    stranger = chromium.new_page()
    alone = cut_off(chromium.new_page())
    found = findings(alone, SETUP, stage.url)
    for screen in (*SCREENS, DESIGN):
        found += findings(page if screen.signed_in else stranger, screen, stage.url)
    stranger.context.close()
    alone.context.close()
    assert not found, "\n".join(found)

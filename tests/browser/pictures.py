"""How do the pictures of docs/screens come about? Every face of the demo world, light and dark, wide and narrow.

`./zrg up` in one shell, then `python -m tests.browser.pictures http://localhost:3000 mara@agency.example PASSWORD docs/screens`.
"""

import base64
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.screens import DESIGN, LOOKS, NARROW, SCREENS, SETUP, WIDE, Screen, cut_off, wear

QUALITY = 62
_FLAGS = ("--no-sandbox", "--disable-gpu")


def take(page: Page, screen: Screen, url: str, folder: Path) -> None:
    """Take the pictures of one face as `<name>-<look>-<width>.webp`."""
    screen.come(page, url)
    camera = page.context.new_cdp_session(page)
    for look in LOOKS:
        for size in (WIDE, NARROW):
            wear(page, look, size)
            page.wait_for_timeout(120)
            shot = camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "optimizeForSpeed": False})
            (folder / f"{screen.name}-{look}-{size[0]}.webp").write_bytes(base64.b64decode(shot["data"]))
    camera.detach()


def signed_in(browser: Browser, url: str, email: str, password: str) -> Page:
    """A page of somebody of the demo world."""
    page = browser.new_page()
    page.goto(url + "/login")
    page.fill("#email", email)
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".rows .row")
    return page


def main(arguments: Sequence[str]) -> None:
    """Take all pictures, or those whose names follow the folder."""
    url, email, password, folder, *names = arguments
    Path(folder).mkdir(parents=True, exist_ok=True)
    own = os.environ.get("ZRG_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own if Path(own).exists() else None, args=list(_FLAGS))
        page, stranger = signed_in(browser, url, email, password), browser.new_page()
        alone = cut_off(browser.new_page())
        for screen in (SETUP, *SCREENS, DESIGN):
            if not names or screen.name in names:
                shown = alone if screen is SETUP else page if screen.signed_in else stranger
                take(shown, screen, url, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

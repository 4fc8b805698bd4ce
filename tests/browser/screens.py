"""Which screens are there, and how does one come to each of its faces? For axe and for the pictures in docs/screens."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

WIDE, NARROW = (1440, 900), (390, 844)
LOOKS = ("light", "dark")
_LOOK = "look => { const { classList } = document.documentElement; classList.remove('light', 'dark'); classList.add(look); }"
_STILL = ("![...document.querySelectorAll('.skeleton:not(.specimen *)')].some(bar => bar.checkVisibility()) && "
          "document.fonts.status === 'loaded'")
_QUIET = "*,*::before,*::after{transition:none!important;animation:none!important;caret-color:transparent!important}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One face: `act` leads to it from `path`; `seen` is there when it is ready. `signed_in` False is for strangers.

    `within` is the part in which it differs from the faces before it.
    """

    name: str
    path: str
    seen: str
    act: Callable[[Page], None] | None = None
    signed_in: bool = True
    within: str = "body"

    def come(self, page: Page, url: str) -> None:
        """Go there and wait until it stands still."""
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.goto(url + self.path)
        page.wait_for_selector(self.seen)
        page.add_style_tag(content=_QUIET)
        if self.act:
            self.act(page)
        page.wait_for_function(_STILL)


def wear(page: Page, look: str, size: tuple[int, int]) -> None:
    """Show the page in light or dark and at a size, without loading it again."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(_LOOK, look)


def cut_off(page: Page) -> Page:
    """The page with nothing behind it."""
    page.route_web_socket("**/*", lambda socket: None)
    return page


def pressing(*keys: str, seen: str = "") -> Callable[[Page], None]:
    """Open the first conversation, then press keys; `seen` appears by it."""
    def _act(page: Page) -> None:
        page.keyboard.press("j")
        page.wait_for_selector(".conversation-head")
        page.wait_for_selector(".thread .message")
        for key in keys:
            # A person's next key comes later than the frame in which the cursor of the list moved.
            page.wait_for_timeout(150)
            page.keyboard.press(key)
        if seen:
            page.wait_for_selector(seen)
    return _act


def _palette(page: Page) -> None:
    pressing("Control+k", seen="#palette[open]")(page)
    page.keyboard.type("da")
    page.wait_for_selector("#palette:not([data-busy]) .palette-option")


def _nobody(page: Page) -> None:
    page.fill("#search", "nobody is called like this")
    page.wait_for_selector(".list .face")


def _opening(control: str, seen: str) -> Callable[[Page], None]:
    def _act(page: Page) -> None:
        page.locator(control).first.click()
        page.wait_for_selector(seen)
    return _act


_ROWS, _MENU = ".rows .row", ".menu:popover-open"
_READY = ".page:not(:has(.skeleton)) .page-head"
_AI = ("personas", "company", "knowledge", "campaigns", "auto-send", "playground", "prompts", "calls", "trials")

STRANGERS: tuple[Screen, ...] = tuple(
    Screen(name=name, path=path, seen=".gate h1", signed_in=False)
    for name, path in (("login", "/login"), ("forgot", "/forgot"), ("reset", "/reset?token=gone"),
                       ("invitation", "/invitation?invitation=gone")))
SCREENS: tuple[Screen, ...] = (
    *STRANGERS,
    Screen(name="inbox-list", path="/", seen=_ROWS),
    Screen(name="inbox", path="/", seen=_ROWS, act=pressing()),
    Screen(name="inbox-note", path="/", seen=_ROWS, act=pressing("n", seen=".composer[data-note=true]"), within=".station"),
    Screen(name="inbox-chosen", path="/", seen=_ROWS, act=pressing("x", seen=".bulk"), within=".list"),
    Screen(name="inbox-snooze", path="/", seen=_ROWS, act=pressing("h", seen=_MENU), within=_MENU),
    Screen(name="palette", path="/", seen=_ROWS, act=_palette, within="#palette"),
    Screen(name="keys", path="/", seen=_ROWS, act=pressing("?", seen="#keys[open] .key-line"), within="#keys"),
    Screen(name="inbox-nothing-found", path="/", seen=_ROWS, act=_nobody, within=".list"),
    *[Screen(name=f"settings-{tab}", path=f"/settings?settingsTab={tab}", seen=f"#panel-{tab}:not([hidden])")
      for tab in ("general", "team", "integrations")],
    Screen(name="settings-workspace", path="/settings?settingsTab=team", seen="#panel-team:not([hidden])",
           within="#new-workspace",
           act=lambda page: page.evaluate("document.getElementById('new-workspace').showModal()")),
    *[Screen(name=f"ai-{section}", path=f"/ai/{section}", seen=_READY) for section in _AI],
    *[Screen(name=f"operations-{part}", path=f"/operations?part={part}", seen=f"#panel-{part}:not([hidden])")
      for part in ("webhooks", "sends", "jobs", "sync")],
)
SETUP = Screen(name="setup", path="/setup", seen=".gate h1", signed_in=False)
"""Shown only while nobody exists; `cut_off` from the server the page stays as it was built."""
DESIGN = Screen(name="design", path="/dev/ui", seen=".specimens")

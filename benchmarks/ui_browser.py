"""What does a person wait for in a real browser? Clicks and keys in Chromium, from the press to the frame that shows the answer.

The browser is one tab of the world that `benchmarks.ui` runs; it works alone, and again while a hundred others click.
"""

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from benchmarks.report import percentile, table
from benchmarks.ui_world import Ticket, World
from zrg_app.services.access.origins import COOKIE_NAME
from zrg_app.state.inbox.window import SLOTS

ARRIVE, LIST, OPEN, KEY, SCROLL = "open the inbox (cold page)", "open list", "open conversation", "key to visible change", "next page"
LIMITS = {LIST: 300, OPEN: 200}
KEY_LIMITS = {1: 100, 100: 250}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update")
CHROMIUM = "/usr/bin/chromium"
WORDS = "Thanks for coming back to us, could you tell me which of the two plans you have in mind for the first quarter? "

# Presses, then waits for the frame in which the page shows what was asked for; milliseconds between the two.
_WATCH = """
window.took = (press, shows) => new Promise((done, fail) => {
  const began = performance.now();
  const look = () => {
    if (shows()) return void requestAnimationFrame(() => done(performance.now() - began));
    if (performance.now() - began > 10000) return void fail(new Error("nothing came in ten seconds"));
    requestAnimationFrame(look);
  };
  press();
  look();
});
window.list = () => document.querySelector(".rows[data-list]");
window.rows = () => [...document.querySelectorAll(".rows .row[data-lead]")];
window.open = () => document.querySelector(".conversation")?.dataset.lead;
"""
_CHOOSE = """(place) => {
  const views = [...document.querySelectorAll('.views .view')].filter((view) => view.getAttribute('aria-current') !== 'true');
  const view = views[place % views.length], former = list()?.dataset.list;
  return took(() => view.click(), () => view.getAttribute('aria-current') === 'true' && list()?.dataset.list !== former
    && (rows().length || document.querySelector('.list .face')));
}"""
_OPEN = """(share) => {
  const others = rows().filter((row) => row.dataset.lead !== open());
  const row = others[Math.floor(share * others.length)], lead = row.dataset.lead;
  return took(() => row.querySelector('.row-link').click(),
    () => document.querySelector(`.thread[data-lead="${lead}"] .message`) && open() === lead);
}"""
_KEY = """(key) => {
  const former = document.querySelector('.row[data-cursor]');
  return took(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: 'Key' + key.toUpperCase(), bubbles: true })),
    () => { const row = document.querySelector('.row[data-cursor]'); return row && row !== former; });
}"""
_SCROLL = """() => {
  const last = rows().at(-1).dataset.lead;
  return took(() => { list().scrollTop = list().scrollHeight; }, () => rows().at(-1).dataset.lead !== last);
}"""


@dataclass(slots=True)
class Seen:
    """Milliseconds per action, and what typing sent."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    keys_typed: int = 0
    frames_sent: int = 0
    most_rows: int = 0

    def sorted(self, action: str) -> list[float]:
        """The waits of one action, shortest first."""
        return sorted(self.waits[action])


def look(world: World, ticket: Ticket, seconds: float, *, types: bool = False) -> Seen:
    """Work in a real browser for so long: choose views, open conversations, press j and k, scroll, and, if it `types`, write."""
    seen = Seen()
    with sync_playwright() as playwright:
        own = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=own, args=list(FLAGS))
        page = _arrive(browser, world, ticket, seen)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            _round(page, seen)
        if types:
            _type(page, seen)
        browser.close()
    return seen


def written(found: dict[int, Seen]) -> str:
    """What was waited for with so many at work, and what typing sent, as a table."""
    rows = []
    for visitors, seen in found.items():
        for action in (action for action in (ARRIVE, LIST, OPEN, KEY, SCROLL) if seen.waits[action]):
            waits, most = seen.sorted(action), KEY_LIMITS.get(visitors) if action == KEY else LIMITS.get(action)
            rows.append((visitors, action, len(waits), f"{percentile(waits, 50):.0f}", f"{percentile(waits, 95):.0f}",
                         f"< {most}" if most else ""))
        if seen.keys_typed:
            rows.append((visitors, f"frames sent while {seen.keys_typed} keys were typed", 1, seen.frames_sent, "", "none per key"))
        rows.append((visitors, "rows in the page, most", 1, seen.most_rows, "", f"<= {SLOTS}"))
    return table(("visitors", "in Chromium", "times", "p50 ms", "p95 ms", "limit p95"), rows)


def _arrive(browser: Any, world: World, ticket: Ticket, seen: Seen) -> Page:
    place = urlsplit(world.product.url.replace("localhost", "127.0.0.1"))
    address = f"http://{place.netloc}"
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": COOKIE_NAME, "value": ticket.cookie, "url": address}])
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: setattr(seen, "frames_sent", seen.frames_sent + 1)))
    page.goto(f"{address}/?view=inbox&clientId={ticket.workspace_id}")
    page.wait_for_selector(".rows .row[data-lead]")
    seen.waits[ARRIVE].append(page.evaluate("performance.now()"))
    page.wait_for_timeout(1000)
    return page


def _round(page: Page, seen: Seen) -> None:
    """One round of what a setter does, at the pace of one who is in a hurry."""
    seen.waits[LIST].append(page.evaluate(_CHOOSE, random.randrange(4)))
    page.wait_for_timeout(150)
    if page.evaluate("rows().length") < 10:
        return
    for _ in range(3):
        seen.waits[OPEN].append(page.evaluate(_OPEN, random.random()))
        page.wait_for_timeout(150)
    for key in "jjkj":
        seen.waits[KEY].append(page.evaluate(_KEY, key))
        page.wait_for_timeout(60)
    page.wait_for_timeout(300)
    if page.evaluate("Boolean(document.querySelector('[data-key=more]'))"):
        seen.waits[SCROLL].append(page.evaluate(_SCROLL))
    seen.most_rows = max(seen.most_rows, page.evaluate("rows().length"))


def _type(page: Page, seen: Seen) -> None:
    """Write into the answer and count what leaves the browser meanwhile."""
    page.wait_for_timeout(2500)
    page.locator('[data-key="note"]').first.click()
    page.locator('.editor[data-channel="note"]').click()
    before = seen.frames_sent
    page.keyboard.type(WORDS, delay=25)
    seen.keys_typed, seen.frames_sent = len(WORDS), seen.frames_sent - before

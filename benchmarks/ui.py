"""How long does a click take, for 1, 20 and 100 people at once, beside an event that does nothing?

`./zrg bench ui` loads 100,000 conversations, starts the whole product and lets visitors work over the real websocket at human
pace: they open conversations, switch views and load the next page. A wait runs from sending the click to the arrival of the
part of the state that shows what was asked for. The limit, measured by the same visitors between their clicks, is Reflex's own
`set_is_hydrated`: one boolean changes and comes back. A real browser works beside them (`ui_browser`): from the press to the frame.
"""

import argparse
import asyncio
import contextlib
import os
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from reflex.state import State

from benchmarks import ui_browser
from benchmarks.report import percentile, save, table
from benchmarks.ui_visitor import Answer, Delta, Visitor, changed, rows_in
from benchmarks.ui_world import World, running_world
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState

CROWDS = {1: 100, 20: 150, 100: 250}
EMPTY = "empty event"
OPEN, VIEW, PAGE, READ = "open a conversation", "switch the view", "next page", "row shown as read"
ARRIVE = "arrive (connect, hydrate, load)"
RATIO, LIST_BYTES, ROW_BYTES, MEMORY = 3.0, 40_000, 4_000, 1_000_000
VIEWS = ("reply", "drafts", "unread", "all", "done")
LONGEST_LIST = 100


@dataclass(slots=True)
class Crowd:
    """What a number of visitors found: answers per action, and bytes of memory each."""

    visitors: int
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    late: Counter = field(default_factory=Counter)
    memory_each: float = 0.0
    busy: float = 0.0
    cpu_per_click: float = 0.0
    browser: ui_browser.Seen | None = None

    def clicks(self) -> int:
        """How many clicks were answered; a row shown as read belongs to the click that opened it."""
        return sum(len(answers) for action, answers in self.answers.items() if action != READ)

    def waits(self, action: str) -> list[float]:
        """Milliseconds of one action, sorted."""
        return sorted(answer.milliseconds for answer in self.answers[action])


async def arrive(visitor: Visitor, crowd: Crowd) -> None:
    """Open the inbox; done when the list is there."""
    crowd.answers[ARRIVE].append(await visitor.arrive(lambda delta: changed(delta, RowsState, "status") == "ready"))


async def empty(visitor: Visitor, crowd: Crowd) -> None:
    """The limit: flip one boolean."""
    wanted = not visitor.value(State, "is_hydrated")
    crowd.answers[EMPTY].append(await visitor.click(
        State, "set_is_hydrated", {"value": wanted}, lambda delta: changed(delta, State, "is_hydrated") == wanted))


async def open_one(visitor: Visitor, crowd: Crowd) -> None:
    """Open any other conversation of the list; an unread one is then shown as read, which is an answer of its own."""
    rows = [row for row in rows_in(visitor.seen, RowsState) if row["lead_id"] != visitor.value(TurnState, "open_lead_id")]
    if not rows:
        return await switch(visitor, crowd)
    row = random.choice(rows)

    def shown(delta: Delta) -> bool:
        lead = changed(delta, ThreadState, "lead")
        return bool(lead) and lead["lead_id"] == row["lead_id"]

    def read(delta: Delta) -> bool:
        return any(other["lead_id"] == row["lead_id"] and not other["unread_count"] for other in rows_in(delta, RowsState))

    reading = visitor.expect(read) if row["unread_count"] else None
    crowd.answers[OPEN].append(await visitor.click(TurnState, "open", {"lead_id": row["lead_id"]}, shown))
    if reading:
        # A colleague may have read it just before; then nothing comes.
        with contextlib.suppress(TimeoutError):
            crowd.answers[READ].append(await visitor.answered(reading, patience=1.5))
    return None


async def switch(visitor: Visitor, crowd: Crowd) -> None:
    """Look at another heap."""
    wanted = random.choice([view for view in VIEWS if view != visitor.value(FilterState, "place")])
    crowd.answers[VIEW].append(await visitor.click(
        FilterState, "choose_view", {"view": wanted}, lambda delta: changed(delta, FilterState, "place") == wanted))


async def turn_page(visitor: Visitor, crowd: Crowd) -> None:
    """Load more rows, up to as many as people scroll through."""
    rows = rows_in(visitor.seen, RowsState)
    if not visitor.value(RowsState, "has_more") or len(rows) >= LONGEST_LIST:
        return await switch(visitor, crowd)

    def longer(delta: Delta) -> bool:
        return bool(rows_in(delta, RowsState)) and len(rows_in(visitor.seen, RowsState)) > len(rows)

    crowd.answers[PAGE].append(await visitor.click(RowsState, "load_more", {}, longer))
    return None


async def work(visitor: Visitor, crowd: Crowd, seconds: float) -> None:
    """Click every one to two seconds (alone: twice a second); a fourth of the clicks are the empty ones."""
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    slowest = 2 if crowd.visitors > 1 else 0.6  # one alone waits for nobody; more clicks, same figures
    await asyncio.sleep(random.uniform(0, slowest))
    while clock() < until:
        action = random.choices((empty, open_one, switch, turn_page), (4, 7, 3, 2))[0]
        try:
            await action(visitor, crowd)
        except TimeoutError:
            crowd.late[action.__name__] += 1
        await asyncio.sleep(random.uniform(slowest / 2, slowest))


async def gather(world: World, number: int, seconds: float) -> Crowd:
    """Let `number` visitors arrive in turn, work, and leave."""
    crowd = Crowd(visitors=number)
    visitors = [Visitor(url=world.product.url.replace("localhost", "127.0.0.1"), cookie=ticket.cookie,
                        workspace_id=ticket.workspace_id) for ticket in world.tickets[:number]]
    before = world.memory()
    for visitor in visitors:
        await arrive(visitor, crowd)
    arrived, used, began = crowd.clicks(), world.cpu(), time.perf_counter()
    await asyncio.gather(*(work(visitor, crowd, seconds) for visitor in visitors))
    used = world.cpu() - used
    crowd.busy, crowd.cpu_per_click = used / (time.perf_counter() - began), used / (crowd.clicks() - arrived)
    crowd.memory_each = (world.memory() - before) / number
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return crowd


async def beside(world: World, number: int, seconds: float) -> ui_browser.Seen:
    """What one person with a real browser sees: alone, or while `number` less one others click."""
    seeing = asyncio.create_task(asyncio.to_thread(ui_browser.look, world, world.tickets[-1], seconds, types=number == 1))
    if number > 1:
        others = Crowd(visitors=number - 1)
        visitors = [Visitor(url=world.product.url.replace("localhost", "127.0.0.1"), cookie=ticket.cookie,
                            workspace_id=ticket.workspace_id) for ticket in world.tickets[:number - 1]]
        for visitor in visitors:
            await arrive(visitor, others)
        await asyncio.gather(*(work(visitor, others, seconds) for visitor in visitors))
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return await seeing


async def measure(world: World, seconds: float) -> list[Crowd]:
    """One crowd after the other; a first visitor warms the process up."""
    warm = await gather(world, 1, 5)
    print(f"warm: {len(warm.waits(OPEN))} conversations opened")
    crowds = []
    for number in CROWDS:
        crowds.append(await gather(world, number, seconds * (2 if number == 1 else 1)))
        print(f"{number} visitors: {sum(map(len, crowds[-1].answers.values()))} answers, late {dict(crowds[-1].late)}")
        await asyncio.sleep(1)
    for crowd in crowds[:1] + crowds[-1:]:
        crowd.browser = await beside(world, crowd.visitors, seconds)
    return crowds


def waits_table(crowds: list[Crowd]) -> str:
    """p50 and p95 per action and crowd, beside the empty event of the same run."""
    rows = []
    for crowd in crowds:
        base50, base95 = percentile(crowd.waits(EMPTY), 50), percentile(crowd.waits(EMPTY), 95)
        for action in (EMPTY, OPEN, VIEW, PAGE, READ, ARRIVE):
            if waits := crowd.waits(action):
                p50, p95 = percentile(waits, 50), percentile(waits, 95)
                target = f"< {CROWDS[crowd.visitors]}" if action in (OPEN, VIEW, PAGE) else ""
                rows.append((crowd.visitors, action, len(waits), f"{p50:.1f}", f"{p95:.1f}", target, f"{p50 / base50:.1f}",
                             f"{p95 / base95:.1f}"))
    names = ("visitors", "action", "times", "p50 ms", "p95 ms", "target p95", "p50 / empty", "p95 / empty")
    return table(names, rows)


def sizes_table(crowds: list[Crowd]) -> str:
    """Bytes of the frames, memory per visitor, and what a click costs the app."""
    rows = []
    for name, action, most in (("a list of one page", VIEW, LIST_BYTES), ("one row changed", READ, ROW_BYTES)):
        answers = [answer for crowd in crowds for answer in crowd.answers[action]]
        for kind, found in (("text", [one.frame_bytes for one in answers]), ("on the wire", [one.wire_bytes for one in answers])):
            middle, largest = percentile(sorted(found), 50) / 1000, max(found) / 1000
            rows.append((f"{name}, {kind}", f"{middle:.1f} kB", f"{largest:.1f} kB", f"< {most / 1000:.0f} kB"))
    last = crowds[-1]
    rows.append((f"memory per visitor ({last.visitors})", f"{last.memory_each / 1e6:.2f} MB", "", f"< {MEMORY / 1e6:.0f} MB"))
    for crowd in crowds:
        rows.append((f"app process with {crowd.visitors} visitors", f"{crowd.cpu_per_click * 1000:.1f} ms CPU per click",
                     f"{crowd.busy:.0%} of a core", ""))
    return table(("what", "median", "most", "target"), rows)


def misses(crowds: list[Crowd]) -> list[str]:
    """Each target that was missed, in words."""
    found = []
    for crowd in crowds:
        base = percentile(crowd.waits(EMPTY), 95)
        for action in (action for action in (OPEN, VIEW, PAGE) if crowd.answers[action]):
            p95 = percentile(crowd.waits(action), 95)
            if p95 > CROWDS[crowd.visitors]:
                found.append(f"{action} with {crowd.visitors} visitors: p95 {p95:.0f} ms, wanted < {CROWDS[crowd.visitors]}")
            if p95 > RATIO * base:
                found.append(f"{action} with {crowd.visitors} visitors: {p95 / base:.1f} times the empty event, wanted {RATIO:g}")
    for name, action, most in (("a list of one page", VIEW, LIST_BYTES), ("one row changed", READ, ROW_BYTES)):
        size = percentile(sorted(answer.frame_bytes for crowd in crowds for answer in crowd.answers[action]), 50)
        if size > most:
            found.append(f"{name}: {size / 1000:.1f} kB, wanted < {most / 1000:.0f} kB")
    return found


def main() -> None:
    """Run and write the two tables."""
    parser = argparse.ArgumentParser(prog="zrg bench ui")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20, help="how long each crowd works")
    parser.add_argument("--workspaces", type=int, default=20, help="over how many workspaces the visitors are spread")
    options = parser.parse_args()
    with running_world("ui", leads=options.leads, messages=3, workspaces=options.workspaces, tabs=max(CROWDS),
                       scheduler=True) as world:
        crowds = asyncio.run(measure(world, options.seconds))
    title = f"Clicks over the websocket, {options.leads:,} conversations, visitors over {options.workspaces} workspaces"
    late = sum(crowd.late.total() for crowd in crowds)
    notes = [f"Load of the machine over the last five minutes: {os.getloadavg()[1]:.1f}. Clicks without an answer in 15 s: {late}."]
    if missed := misses(crowds):
        notes += ["Missed:", *(f"* {miss}" for miss in missed)]
    in_browser = ui_browser.written({crowd.visitors: crowd.browser for crowd in crowds if crowd.browser})
    save("ui", title, "\n\n".join((waits_table(crowds), sizes_table(crowds), in_browser)), notes="\n".join(notes))


if __name__ == "__main__":
    main()

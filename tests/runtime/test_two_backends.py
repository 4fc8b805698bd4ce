"""Do two backend processes on one database know of each other's visitors? Within two seconds, whichever a tab is connected to."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from benchmarks.ui_visitor import Visitor, changed
from tests.state.inbox.people import wrote
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.ports import answers, free_port
from zrg_app.services.access.origins import COOKIE_NAME
from zrg_app.state.inbox.presence import PresenceState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.notifications import BellState

SOON_MS = 2000


@pytest.fixture(scope="module")
def backends(database_url: str) -> Iterator[tuple[str, str]]:
    """The addresses of two processes."""
    ports = (free_port(), free_port())
    processes = [subprocess.Popen([sys.executable, "-m", "tests.runtime.app_process", str(port)], cwd=CHECKOUT,
                                  env=inherited(DATABASE_URL=database_url, ZRG_ENVIRONMENT="test")) for port in ports]
    urls = tuple(f"http://127.0.0.1:{port}" for port in ports)
    try:
        deadline = time.monotonic() + 90
        while not all(answers(f"{url}/api/health") for url in urls):
            assert time.monotonic() < deadline, "the backends did not start"
            time.sleep(0.2)
        yield urls
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def test_who_looks_through_one_process_is_seen_through_the_other(backends: tuple[str, str], committed_world: World) -> None:
    # In a thread, because the browser of other tests keeps a loop of its own running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, look_and_type(*backends, committed_world)).result()


async def look_and_type(here: str, there: str, world: World) -> None:
    """Mara sits at one process; Ben looks, types and leaves through the other."""
    lead = str(wrote(world, "Dana"))
    mara = Visitor(here, signed_in(world.mara), str(world.acme))
    await mara.arrive(lambda delta: changed(delta, RowsState, "status") == "ready")
    await mara.click(TurnState, "open", {"lead_id": lead}, lambda delta: changed(delta, TurnState, "open_lead_id") == lead)
    cookie = f"{COOKIE_NAME}={signed_in(world.ben)}"
    async with httpx.AsyncClient(base_url=there, headers={"origin": there, "cookie": cookie}, timeout=30) as ben:
        place = {"clientId": str(world.acme), "leadId": lead, "tab": "a1b2c3d4e5f6"}
        await ben.post("/api/presence", params=place | {"doing": "leave"})  # the first request of a process opens its connections
        for doing, words in (("look", "Ben is looking"), ("type", "Ben is typing…"), ("leave", "")):
            told = mara.expect(lambda delta, words=words: changed(delta, PresenceState, "words") == words)
            said = await ben.post("/api/presence", params=place | {"doing": doing})
            assert said.status_code == 200, said.text
            assert (await mara.answered(told)).milliseconds < SOON_MS
    await mara.leave()


def test_a_mention_through_one_process_rings_in_the_other(backends: tuple[str, str], committed_world: World) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, mention_and_begin(*backends, committed_world)).result()


async def mention_and_begin(here: str, there: str, world: World) -> None:
    """Ben names Mara in a note, she hears of it where she sits; words she begins in one tab are marked in her other."""
    lead = str(wrote(world, "Tomas"))
    mara, ben = Visitor(here, signed_in(world.mara), str(world.acme)), Visitor(there, signed_in(world.ben), str(world.acme))
    for one in (mara, ben):
        await one.arrive(lambda delta: changed(delta, RowsState, "status") == "ready")
    assert mara.value(BellState, "unread") == 0
    await ben.click(TurnState, "open", {"lead_id": lead}, lambda delta: changed(delta, TurnState, "open_lead_id") == lead)
    rings = mara.expect(lambda delta: changed(delta, BellState, "unread") == 1)
    await ben.click(StationState, "save_note", {"body": "@Mara Reyes please call Tomas"},
                    lambda delta: changed(delta, StationState, "channel") is not None)
    assert (await mara.answered(rings)).milliseconds < SOON_MS
    assert [item["what"] for item in mara.value(BellState, "items")] == ["Ben Ortiz named you in a note"]
    assert not ben.value(BellState, "unread")
    marked = mara.expect(lambda delta: changed(delta, RowsState, "unsent") == [lead])
    async with httpx.AsyncClient(base_url=there, headers={"origin": there, "cookie": f"{COOKIE_NAME}={signed_in(world.mara)}"}) as tab:
        said = await tab.put("/api/words", params={"clientId": str(world.acme), "leadId": lead},
                             json={"channel": "email", "base": "", "body": "Hi Tomas", "seen": ""})
        assert said.status_code == 200, said.text
    assert (await mara.answered(marked)).milliseconds < SOON_MS
    assert not ben.value(RowsState, "unsent")
    for one in (mara, ben):
        await one.leave()

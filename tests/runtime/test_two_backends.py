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
from zrg_app.state.inbox.turn import TurnState

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

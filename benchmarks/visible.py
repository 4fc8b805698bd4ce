"""How long after a webhook does the row stand in an open inbox?

`./zrg bench visible` runs app and worker as `./zrg up` does, over a loaded world, posts 100 SMS webhooks at a steady five per
second and watches one signed-in visitor's websocket. A wait runs from the webhook's answer (it is durable then) to the arrival
of a list that has its row; the whole way from sending the webhook stands beside it.
"""

import argparse
import asyncio
import time
import urllib.request
from dataclasses import dataclass

import psycopg

from benchmarks.report import percentile, save, table
from benchmarks.ui_visitor import PATIENCE, Delta, Visitor, changed, rows_in
from benchmarks.ui_world import World, running_world
from benchmarks.webhooks import LOCATION, request_body
from zrg_app.state.inbox.rows import RowsState

TARGET = 400
WARM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Instants of one webhook, seconds of the monotonic clock; `visible` is None when it never arrived."""

    sent: float
    answered: float
    visible: float | None


def post(url: str, mark: str) -> tuple[float, float]:
    """Send one webhook; when it was sent and when it was answered. Raises HTTPError for anything but success."""
    wanted = urllib.request.Request(f"{url}/api/webhooks/ghl/sms", data=request_body(mark),
                                    headers={"Content-Type": "application/json"})
    sent = time.perf_counter()
    with urllib.request.urlopen(wanted, timeout=PATIENCE) as response:
        response.read()
    return sent, time.perf_counter()


async def follow(visitor: Visitor, url: str, mark: str) -> Journey:
    """Post one webhook and wait for its row."""

    def listed(delta: Delta) -> bool:
        return any(row["snippet"].endswith(mark) for row in rows_in(delta, RowsState))

    expected = visitor.expect(listed)
    sent, answered = await asyncio.to_thread(post, url, mark)
    try:
        await visitor.answered(expected)
    except TimeoutError:
        return Journey(sent=sent, answered=answered, visible=None)
    return Journey(sent=sent, answered=answered, visible=expected.came.result().at)


async def watch(world: World, webhooks: int, per_second: float) -> list[Journey]:
    """Open the inbox, then post at a steady pace."""
    url = world.product.url.replace("localhost", "127.0.0.1")
    ticket = world.tickets[0]
    visitor = Visitor(url=url, cookie=ticket.cookie, workspace_id=ticket.workspace_id)
    await visitor.arrive(lambda delta: changed(delta, RowsState, "status") == "ready")
    for number in range(WARM):
        await follow(visitor, url, f"warm{number:04}")
    loop = asyncio.get_running_loop()
    began, running = loop.time(), []
    for number in range(webhooks):
        await asyncio.sleep(max(0.0, began + number / per_second - loop.time()))
        running.append(asyncio.create_task(follow(visitor, url, f"mark{number:04}")))
    journeys = await asyncio.gather(*running)
    await visitor.leave()
    return journeys


def connect_provider(world: World) -> None:
    """Let the large workspace receive SMS."""
    with psycopg.connect(world.database_url, autocommit=True) as connection:
        connection.execute("insert into connection (id, workspace_id, provider, external_id) values (gen_random_uuid(), %s, "
                           "'ghl', %s)", (world.tickets[0].workspace_id, LOCATION))


def main() -> None:
    """Run and write the table."""
    parser = argparse.ArgumentParser(prog="zrg bench visible")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--webhooks", type=int, default=100)
    parser.add_argument("--per-second", type=float, default=5)
    options = parser.parse_args()
    with running_world("visible", leads=options.leads, messages=1, workspaces=1, tabs=1, scheduler=True) as world:
        connect_provider(world)
        journeys = asyncio.run(watch(world, options.webhooks, options.per_second))
    arrived = [journey for journey in journeys if journey.visible is not None]
    ways = (("webhook answered to row on the websocket", [(one.visible - one.answered) * 1000 for one in arrived], f"< {TARGET}"),
            ("webhook sent to row on the websocket", [(one.visible - one.sent) * 1000 for one in arrived], ""),
            ("webhook sent to answered", [(one.answered - one.sent) * 1000 for one in journeys], ""))
    rows = [(name, len(waits), f"{percentile(sorted(waits), 50):.0f}", f"{percentile(sorted(waits), 95):.0f}",
             f"{max(waits):.0f}", target) for name, waits, target in ways if waits]
    save("visible", f"Webhook to open inbox, {options.per_second:g} per second, {options.leads:,} conversations (ms)",
         table(("way", "times", "p50", "p95", "most", "target p95"), rows),
         notes=f"Rows that never arrived: {len(journeys) - len(arrived)}.")


if __name__ == "__main__":
    main()

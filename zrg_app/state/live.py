"""How does an open screen hear of what happened? One LISTEN per process; what changed is read once and handed to each tab.

The database is read before a visitor's state is locked and outside the event loop; their permission is asked anew each time.
"""

import asyncio
import json
from collections import defaultdict

import psycopg
import reflex as rx

from zrg_app.kit import db, logs
from zrg_app.kit.settings import settings
from zrg_app.services.events import BELL, LIVE_CHANNEL
from zrg_app.state import live_bells, saved_counting, watching
from zrg_app.state.live_reading import EVERYTHING, Changes, News, concerns, read_news
from zrg_app.state.live_showing import show_news

TOGETHER = 0.05
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
AT_ONCE = 8
log = logs.get_logger()


async def follow(app: rx.App) -> None:
    """Hand on notifications until the process ends; reconnects when the database goes away."""
    wait = FIRST_WAIT
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                db.plain_url(settings().database_url), autocommit=True, connect_timeout=10,
            ) as connection:
                await connection.execute(f"listen {LIVE_CHANNEL}")
                log.info("live.listening")
                wait = FIRST_WAIT
                await _hand_on(app, connection)
        except (psycopg.Error, OSError) as error:
            log.warning("live.disconnected", error=type(error).__name__, retry_in=wait)
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)


async def _hand_on(app: rx.App, connection: psycopg.AsyncConnection) -> None:
    # Nobody knows what was missed before: every tab is brought up to date once.
    changes: Changes = defaultdict(lambda: defaultdict(set))
    for watch in watching.watches(_tabs(app)).values():
        changes[watch.workspace_id][""] |= EVERYTHING | {BELL}
    news = asyncio.Event()
    news.set()
    teller = asyncio.create_task(_tell(app, changes, news))
    try:
        async for notice in connection.notifies():
            _add(changes, notice.payload)
            news.set()
    finally:
        teller.cancel()


async def _tell(app: rx.App, changes: Changes, news: asyncio.Event) -> None:
    while True:
        await news.wait()
        await asyncio.sleep(TOGETHER)
        news.clear()
        taken = {workspace: dict(leads) for workspace, leads in changes.items()}
        changes.clear()
        try:
            rest, rung = live_bells.parted(taken)
            await _update(app, rest)
            await live_bells.ring(app, watching.watches(_tabs(app)), rung)
        except Exception as error:  # fence: broad-except because one failed update must not end all later ones
            log.error("live.failed", exc_info=error)
        for workspace in saved_counting.late():
            asyncio.get_running_loop().call_later(saved_counting.EVERY.total_seconds(), _count_again, changes, news, workspace)


def _count_again(changes: Changes, news: asyncio.Event, workspace: str) -> None:
    changes[workspace][""].add(saved_counting.PANEL)
    news.set()


def _add(changes: Changes, payload: str) -> None:
    try:
        said = json.loads(payload)
        changes[said["workspace"]][said.get("lead", "")] |= set(said["panels"])
    except (ValueError, KeyError, TypeError):
        log.warning("live.misunderstood", length=len(payload))


async def _update(app: rx.App, taken: dict[str, dict[str, set[str]]]) -> None:
    """Read what the tabs need to know of `taken`, then tell a few at a time."""
    concerned = {tab: watch for tab, watch in watching.watches(_tabs(app)).items() if concerns(watch, taken.get(watch.workspace_id, {}))}
    if not concerned:
        return
    news = await asyncio.to_thread(read_news, concerned, taken)
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_tell_one(app, gate, tab, told) for tab, told in news.items()))


async def _tell_one(app: rx.App, gate: asyncio.Semaphore, tab: str, news: News) -> None:
    from zrg_app.state.inbox.rows import RowsState  # noqa: PLC0415 because state classes register themselves when imported

    async with gate, app.modify_state(rx.BaseStateToken(ident=tab, cls=RowsState)) as state:
        await show_news(state, news)


def _tabs(app: rx.App) -> set[str]:
    return set(app.event_namespace.token_to_sid) if app.event_namespace else set()

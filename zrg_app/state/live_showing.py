"""How do news enter a tab without disturbing who works in it? In place: nothing typed, chosen or scrolled is touched."""

import reflex as rx

from zrg_app.services.inbox.views import ConversationRow, ListFilter, ListPage
from zrg_app.state.ai.knowledge import KnowledgeState
from zrg_app.state.health import HealthState
from zrg_app.state.inbox import belonging
from zrg_app.state.inbox.presence import PresenceState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.inbox.window import renewed
from zrg_app.state.live_reading import News
from zrg_app.state.operations.asking import Sight
from zrg_app.state.operations.frame import READY, OperationsState
from zrg_app.state.operations.ledger import LedgerState
from zrg_app.state.session import SessionState


async def show_news(state: rx.State, news: News) -> None:
    """Put `news` into the panels of a tab, if it still looks at that workspace. The state is locked: nothing here is slow."""
    session = await state.get_state(SessionState)
    if session.workspace_id != news.workspace_id:
        return
    if news.operations:
        await _show_operations(state, news.operations)
    if news.assets is not None:
        (await state.get_state(KnowledgeState))._show(news.assets)
    rows, turn = await state.get_state(RowsState), await state.get_state(TurnState)
    if rows.status != "ready":
        return
    if news.here is not None and news.lead_id == turn.open_lead_id:
        (await state.get_state(PresenceState))._show(news.lead_id, news.here, session.person.id)
    if news.troubles is not None:
        (await state.get_state(HealthState))._show(news.troubles)
    if news.counts:
        rows._count(news.counts)
    for lead_id, row in news.rows.items():
        _place(rows, lead_id, row, session.person.id, turn.open_lead_id)
    if news.page and news.wanted == rows._asked:
        _refresh(rows, news.page, news.wanted, session.person.id, turn.open_lead_id)
    if news.lost and news.lost == turn.open_lead_id:
        await turn._lose()
    view = news.conversation
    if view and view.lead.lead_id == turn.open_lead_id:
        (await state.get_state(ThreadState))._show(view)
        (await state.get_state(StationState))._show(view)


async def _show_operations(state: rx.State, seen: Sight) -> None:
    frame, ledger = await state.get_state(OperationsState), await state.get_state(LedgerState)
    if frame.status == READY and seen.wanted == ledger._wanted():
        await frame._show(seen)


def _refresh(rows: RowsState, page: ListPage, wanted: ListFilter, me: str, kept: str) -> None:
    if rows.has_before:
        for row in page.rows:
            _place(rows, row.lead_id, row, me, kept)
    else:
        rows._hold(renewed(rows._window, page.rows, bool(page.next_cursor), kept, belonging.precedes(wanted)))


def _place(rows: RowsState, lead_id: str, row: ConversationRow | None, me: str, kept: str) -> None:
    fresh = belonging.without(rows.rows, lead_id) if row is None else belonging.merged(
        rows.rows, row, rows._asked, me, kept=kept, has_before=rows.has_before, has_more=rows.has_more)
    if fresh != rows.rows:
        rows._put(fresh)

"""What did providers tell us, what became of it, and is it read once more?"""

from dataclasses import replace

import reflex as rx

from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services import inbound
from zrg_app.services.inbound import RawWebhook, WebhookCounts, WebhookFilter, WebhookRow
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.operations.asking import Choice, Sight, providers, sight

NO_COUNTS = WebhookCounts(pending=0, succeeded=0, ignored=0, failed=0, unknown=0, recovered=0)
HEAPS = ("", *WebhookStatus, "unknown", "recovered")


class LedgerState(BaseState):
    """The webhooks of the workspace, narrowed, page by page; one of them raw."""

    rows: tuple[WebhookRow, ...] = ()
    counts: WebhookCounts = NO_COUNTS
    reasons: tuple[str, ...] = ()
    providers: list[Choice] = []
    heap: str = ""
    provider: str = ""
    reason: str = ""
    has_more: bool = False
    raw: RawWebhook | None = None
    _cursor: str = ""

    @rx.event
    async def choose_heap(self, heap: str):
        """Narrow to a status, to payloads nobody understood, or to what was recovered; empty is all."""
        self.heap, self.reason = heap if heap in HEAPS else "", ""
        await self._reload()

    @rx.event
    async def choose_provider(self, provider: str):
        """Narrow to one provider; empty is all."""
        self.provider = provider if provider in [one.key for one in self.providers] else ""
        await self._reload()

    @rx.event
    async def choose_reason(self, reason: str):
        """Narrow to one reason; empty is all."""
        self.reason = str(reason)[:200]
        await self._reload()

    @rx.event
    async def load_more(self):
        """Add the next page."""
        if self.has_more:
            page = await self._call(inbound.webhook_page, self._wanted(), after=self._cursor, permission=Permission.OPERATE)
            known = {row.id for row in self.rows}
            self.rows += tuple(row for row in page.rows if row.id not in known)
            self._cursor, self.has_more = page.next_cursor, bool(page.next_cursor)

    @rx.event
    async def show_raw(self, event_id: str):
        """Show a body as it came, secrets masked."""
        self.raw = None
        yield
        self.raw = await self._call(inbound.raw_webhook, wanted_id(event_id), permission=Permission.OPERATE)

    @rx.event
    async def replay(self, event_id: str):
        """Have one row read again."""
        await self._call(inbound.replay, wanted_id(event_id), permission=Permission.OPERATE, write=True)
        await self._reload()
        return toast("It is being read again.")

    @rx.event
    async def replay_failed(self):
        """Have every failed row read again, the oldest first."""
        number = await self._call(inbound.replay_all, status=WebhookStatus.FAILED, permission=Permission.OPERATE, write=True)
        await self._reload()
        return toast(f"{number} are being read again." if number else "Nothing has failed.")

    async def _reload(self) -> None:
        seen = await self._call(sight, self._wanted(), permission=Permission.OPERATE)
        self._show(seen)
        watching.look(self, ledger=self._wanted())

    def _wanted(self) -> WebhookFilter:
        kind = self.heap if self.heap in ("unknown", "recovered") else ""
        return WebhookFilter(status="" if kind else self.heap, kind=kind, provider=self.provider, reason=self.reason)

    def _show(self, seen: Sight) -> None:
        """Show what was read; a longer list that somebody scrolled through stays long."""
        self.providers = self.providers or providers()
        fresh, rows = {row.id: row for row in seen.page.rows}, seen.page.rows
        if seen.page.next_cursor and len(self.rows) > len(rows) and self.rows[0].id in fresh:
            rows = (*rows, *(row for row in self.rows if row.id not in fresh and row.received_at <= rows[-1].received_at))
        else:
            self._cursor, self.has_more = seen.page.next_cursor, bool(seen.page.next_cursor)
        self.rows, self.counts, self.reasons = rows, seen.counts, seen.reasons
        if self.raw and (now := fresh.get(self.raw.row.id)):
            self.raw = replace(self.raw, row=now)

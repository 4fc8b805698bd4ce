"""What is being answered: by which way, with which draft, and what is on its way out?"""

import reflex as rx

from zrg_app.kit import clock
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.services import drafting, inbox, sending
from zrg_app.services.inbox.views import ConversationView, DraftView, PendingSend, Way
from zrg_app.services.reading import normalize_email
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import act_and_look, lead_id_of
from zrg_app.state.inbox.composing import Composed, copies, first_channel, seconds_left
from zrg_app.state.inbox.thread import ThreadState

MOST_COPIES = 20


class StationState(BaseState):
    """The action station of the open conversation. Words being typed live in the browser and arrive with the click."""

    lead_id: str = ""
    ways: tuple[Way, ...] = ()
    channel: str = ""
    way: Way | None = None
    draft: DraftView | None = None
    is_writing: bool = False
    pending: PendingSend | None = None
    pending_seconds: float = 0
    cc: tuple[str, ...] = ()
    send_label: str = "Send"
    _draft: DraftView | None = None
    _pending: tuple[PendingSend, ...] = ()

    @rx.event
    async def choose_channel(self, channel: str):
        """Answer by another way, or write a note."""
        await self._scope(Permission.READ_INBOX, fresh=False)
        if channel == "note" or channel in [way.channel for way in self.ways]:
            self.channel = channel
            self._lay_out(forget_copies=True)

    @rx.event
    async def send(self, body: str, nonce: str, words: str):
        """Let the words go: the draft they were made from, as it is or edited, else a message of one's own.

        `nonce` is made by the browser once per message, `words` says what the field was made from: a second click sends nothing.
        """
        composed = Composed.read(body, nonce, words)
        if composed.lead_id != self.lead_id:
            raise Conflict("Another conversation is open now; this was not sent.")
        copied = self.cc if composed.channel == "email" else None
        if composed.draft_id:
            return await self._answer(drafting.approve, composed.draft_id, body=composed.body, cc=copied,
                                      expected_generation=composed.generation)
        return await self._answer(
            sending.queue, lead_id_of(self.lead_id), channel=composed.channel, body=composed.body, cc=copied, sent_by="setter",
            idempotency_key=f"composed:{self.lead_id}:{composed.nonce}")

    @rx.event
    async def undo_send(self):
        """Take back what is on its way out."""
        if self.pending:
            await self._answer(sending.undo, parse_id(self.pending.outbound_id))

    @rx.event
    async def discard(self):
        """Throw the draft away."""
        if self._draft:
            await self._answer(drafting.reject, parse_id(self._draft.id), reason="discarded")

    @rx.event
    async def regenerate(self, instruction: str):
        """Have the draft written again, by an instruction if there is one."""
        if self._draft:
            await self._answer(drafting.regenerate, parse_id(self._draft.id), instruction=str(instruction))

    @rx.event
    async def save_note(self, body: str):
        """Tell the colleagues something; the lead never sees it."""
        await self._answer(inbox.add_note, lead_id_of(self.lead_id), body=str(body))
        self.channel = first_channel(self.ways, self._draft, self._pending, "")
        self._lay_out()
        return toast("Note saved.")

    @rx.event
    async def add_cc(self, address: str):
        """Put an address in copy."""
        await self._scope(Permission.ANSWER, fresh=False)
        if not str(address).strip():
            return
        found = normalize_email(str(address))
        if found is None:
            raise Invalid(f"“{str(address).strip()[:60]}” is not an e-mail address.")
        if found not in self.cc and len(self.cc) < MOST_COPIES:
            self.cc += (found,)

    @rx.event
    async def remove_cc(self, address: str):
        """Take an address out of the copies."""
        await self._scope(Permission.ANSWER, fresh=False)
        self.cc = tuple(other for other in self.cc if other != address)

    async def _answer(self, action, *arguments, **options) -> None:
        view = await self._call(act_and_look, lead_id_of(self.lead_id), action, arguments, options, permission=Permission.ANSWER,
                                write=True)
        (await self.get_state(ThreadState))._show(view)
        self._show(view)

    def _show(self, view: ConversationView) -> None:
        """Show a conversation's ways, draft and sends; words being typed are not touched."""
        is_other = view.lead.lead_id != self.lead_id
        changed = {"lead_id": view.lead.lead_id, "ways": view.ways, "_draft": view.draft, "_pending": view.pending}
        for name, value in changed.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
        if is_other or (self.channel != "note" and self.channel not in [way.channel for way in view.ways]):
            last = next((item.channel for item in reversed(view.items) if item.channel), "")
            self.channel = first_channel(view.ways, view.draft, view.pending, last)
        self._lay_out(forget_copies=is_other)

    def _lay_out(self, *, forget_copies: bool = False) -> None:
        """Fit draft, sends and copies to the chosen channel; only what differs is sent to the browser."""
        way = next((way for way in self.ways if way.channel == self.channel), None)
        draft = self._draft if self._draft and self._draft.channel == self.channel else None
        pending = next((sent for sent in self._pending if sent.channel == self.channel), None)
        if forget_copies or way != self.way:
            self.cc = copies(way)
        wanted = {"way": way, "draft": draft, "is_writing": bool(draft and draft.state == "writing"), "pending": pending,
                  "send_label": "Approve and send" if draft and draft.state == "pending" else "Send"}
        if pending != self.pending:
            self.pending_seconds = seconds_left(pending.leaves_at, clock.now()) if pending else 0
        for name, value in wanted.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

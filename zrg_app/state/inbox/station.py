"""What is being answered: by which way, with which draft, and what is on its way out?"""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from zrg_app.kit import clock
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.services import autosend, drafting, sending
from zrg_app.services.inbox.meanwhile import Latest, foreign, seen_of
from zrg_app.services.inbox.verdicts import AutoSendNote
from zrg_app.services.inbox.views import ConversationView, DraftView, FileView, PendingSend, Way
from zrg_app.services.reading import normalize_email
from zrg_app.services.sending import presets
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import act_and_look, discard, lead_id_of, let_go, new_note, take_back, take_back_and_look
from zrg_app.state.inbox.composing import Composed, addresses, copies, first_channel, readdressed, seconds_left
from zrg_app.state.inbox.last_step import LastStepState
from zrg_app.state.inbox.notes import note_and_look, saved_words
from zrg_app.state.inbox.shown import LaterChoice, later_choices
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.told import told

MOST_COPIES = 20


class StationState(BaseState):
    """The action station of the open conversation. Words being typed live in the browser and arrive with the click."""

    lead_id: str = ""
    ways: tuple[Way, ...] = ()
    channel: str = ""
    way: Way | None = None
    draft: DraftView | None = None
    auto_send: AutoSendNote | None = None
    is_writing: bool = False
    pending: PendingSend | None = None
    pending_seconds: float = 0
    pending_by: str = ""
    seen: str = ""
    came: Latest | None = None
    cc: tuple[str, ...] = ()
    send_label: str = "Send"
    to_address: str = ""
    files: tuple[FileView, ...] = ()
    later: tuple[LaterChoice, ...] = ()
    later_where: str = ""
    letters: int = 0
    zone: str = "UTC"
    _files_of: dict[str, tuple[FileView, ...]] = {}
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
        await self._let_go(Composed.read(body, nonce, words))

    @rx.event
    async def send_later(self, body: str, nonce: str, words: str, key: str):
        """Let the words go at one of the usual moments."""
        chosen = next((choice for choice in self.later if choice.key == key), None)
        at = datetime.fromisoformat(chosen.until) if chosen else None
        if at is None or at <= clock.now():
            self.later = later_choices(clock.now(), ZoneInfo(self.zone))
            raise Invalid("That moment has passed; choose a later one.")
        at = clock.now() + timedelta(hours=1) if key == "hour" else at
        await self._let_go(Composed.read(body, nonce, words), not_before=at)
        return toast(f"Leaves {chosen.label[0].lower()}{chosen.label[1:]}. You find it in the thread.")

    @rx.event
    async def send_at(self, body: str, nonce: str, words: str, typed: str):
        """Let the words go at a date and time of the zone that is shown."""
        at = presets.typed(str(typed), now=clock.now(), zone=ZoneInfo(self.zone))
        await self._let_go(Composed.read(body, nonce, words), not_before=at)
        return toast("It waits in the thread until then.")

    @rx.event
    async def undo_send(self):
        """Take back what is on its way out; its files are there to be sent again."""
        if self.pending:
            pending = self.pending
            await self._answer(take_back, lead_id_of(self.lead_id), pending)
            self.files = pending.files

    @rx.event
    async def edit(self, outbound_id: str):
        """Take a message that waits or was held back into the composer."""
        back, view = await self._call(take_back_and_look, lead_id_of(self.lead_id), lead_id_of(outbound_id),
                                      permission=Permission.ANSWER, write=True)
        await self._see(view)
        self.channel = back.channel
        self._lay_out(forget_copies=True)
        usual, self.cc, self.files = self.way.to_address.lower() if self.way else "", back.cc, back.files
        self.to_address = back.to_address if back.channel == "email" and back.to_address.lower() != usual else ""
        return rx.call_script(f"zrg.rewrite({json.dumps(back.body)})")

    @rx.event
    async def discard(self):
        """Throw the draft away."""
        if self._draft:
            acted = await self._call(discard, lead_id_of(self.lead_id), self._draft.channel, parse_id(self._draft.id),
                                     permission=Permission.ANSWER, write=True)
            await self._see(acted.view)
            return (await self.get_state(LastStepState))._offer(acted.done, told(acted.done, acted.names))
        return None

    @rx.event
    async def hold_back(self):
        """Do not let the AI send this draft; a person decides."""
        if self._draft:
            await self._answer(autosend.hold_back, parse_id(self._draft.id))

    @rx.event
    async def regenerate(self, instruction: str):
        """Have the draft written again, by an instruction if there is one."""
        if self._draft:
            await self._answer(drafting.regenerate, parse_id(self._draft.id), instruction=str(instruction))

    @rx.event
    async def save_note(self, body: str):
        """Tell the colleagues something; the lead never sees it."""
        lead = lead_id_of(self.lead_id)
        untold, view = await self._call(note_and_look, lead, new_note, lead, body=str(body), permission=Permission.ANSWER, write=True)
        await self._see(view)
        self.channel = first_channel(self.ways, self._draft, self._pending, "")
        self._lay_out()
        return toast(saved_words(untold))

    @rx.event
    async def add_cc(self, typed: str):
        """Put one or several addresses in copy; what is none is said."""
        await self._scope(Permission.ANSWER, fresh=False)
        good, bad = addresses(typed)
        fresh = tuple(address for address in good if address not in self.cc)
        self.cc = (*self.cc, *fresh)[:MOST_COPIES]
        if bad:
            return toast(f"“{bad[:60]}” is not an e-mail address.", tone="bad")
        return toast(f"At most {MOST_COPIES} people can get a copy.") if len(self.cc) == MOST_COPIES and fresh else None

    @rx.event
    async def remove_cc(self, address: str):
        """Take an address out of the copies."""
        await self._scope(Permission.ANSWER, fresh=False)
        self.cc = tuple(other for other in self.cc if other != address)

    @rx.event
    async def choose_to(self, address: str):
        """Answer somebody else of the conversation; the usual one then gets a copy."""
        await self._scope(Permission.ANSWER, fresh=False)
        found = normalize_email(str(address))
        if found is None:
            raise Invalid(f"“{str(address).strip()[:60]}” is not an e-mail address.")
        if self.way is None or self.way.no_other_recipient:
            raise Invalid(self.way.no_other_recipient if self.way else "There is nobody to answer.")
        self.cc = readdressed(self.way, self.cc, found)[:MOST_COPIES]
        self.to_address = "" if found == self.way.to_address.lower() else found

    @rx.event
    async def attach(self, ids: str):
        """Show the files that were taken in for this answer."""
        wanted = (*(file.id for file in self.files), *str(ids).split()[:sending.files.MOST_FILES])
        found = list(dict.fromkeys(filter(None, map(parse_id, wanted))))
        self.files = await self._call(sending.files.waiting, lead_id_of(self.lead_id), found, permission=Permission.ANSWER)

    @rx.event
    async def detach(self, file_id: str):
        """Do not send a file after all."""
        await self._call(sending.files.discard, lead_id_of(file_id), permission=Permission.ANSWER, write=True)
        self.files = tuple(file for file in self.files if file.id != file_id)

    async def _let_go(self, composed: Composed, not_before: datetime | None = None) -> None:
        if composed.lead_id != self.lead_id:
            raise Conflict("Another conversation is open now; this was not sent.")
        if composed.channel != self.channel:
            # A tab was pressed before the words were let go, and the field they come from was still the former one.
            raise Conflict("You had just turned to another tab, so this was not sent. Your words are still in the former one.")
        options = {"body": composed.body, "cc": self.cc if composed.channel == "email" else None, "not_before": not_before,
                   "seen": composed.seen, "file_ids": tuple(parse_id(file.id) for file in self.files)}
        if composed.channel == "email" and self.to_address:
            options["to_address"] = self.to_address
        if composed.draft_id:
            await self._forgetting(composed.channel, drafting.approve, composed.draft_id, expected_generation=composed.generation,
                                   **options)
        else:
            await self._forgetting(composed.channel, sending.queue, lead_id_of(self.lead_id), channel=composed.channel, sent_by="setter",
                                   idempotency_key=f"composed:{self.lead_id}:{composed.nonce}", **options)
        self.files, self.to_address, self.cc, self.letters = (), "", copies(self.way), self.letters + 1

    async def _forgetting(self, kept_for: str, action, /, *arguments, **options) -> None:
        """Do it, and let the words kept for this channel be forgotten with it."""
        await self._answer(let_go, lead_id_of(self.lead_id), kept_for, action, arguments, options)

    async def _answer(self, action, *arguments, **options) -> None:
        await self._see(await self._call(
            act_and_look, lead_id_of(self.lead_id), action, arguments, options, permission=Permission.ANSWER, write=True))

    async def _see(self, view: ConversationView) -> None:
        (await self.get_state(ThreadState))._show(view)
        self._show(view)

    def _show(self, view: ConversationView) -> None:
        """Show a conversation's ways, draft and sends; words being typed are not touched."""
        is_other, former = view.lead.lead_id != self.lead_id, self.lead_id
        changed = {"lead_id": view.lead.lead_id, "ways": view.ways, "_draft": view.draft, "_pending": view.pending,
                   "auto_send": view.auto_send, "seen": seen_of(view.latest), "came": foreign(view.latest, self._me)}
        for name, value in changed.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
        if is_other or (self.channel != "note" and self.channel not in [way.channel for way in view.ways]):
            last = next((item.channel for item in reversed(view.items) if item.channel), "")
            self.channel = first_channel(view.ways, view.draft, view.pending, last)
        if is_other:
            # What was attached waits for its own conversation to be opened again.
            self._files_of = {**self._files_of, former: self.files}
            self.files = self._files_of.pop(view.lead.lead_id, ())
        if is_other or view.zone != self.zone or not self.later or self.later[0].until <= clock.now().isoformat():
            self.zone, self.later = view.zone, later_choices(clock.now(), ZoneInfo(view.zone))
            self.later_where = f"In {view.lead.name}’s day, {view.zone}" if view.zone_is_leads else f"In {view.zone}"
        self._lay_out(forget_copies=is_other)

    def _lay_out(self, *, forget_copies: bool = False) -> None:
        """Fit draft, sends and copies to the chosen channel; only what differs is sent to the browser."""
        way = next((way for way in self.ways if way.channel == self.channel), None)
        draft = self._draft if self._draft and self._draft.channel == self.channel else None
        pending = next((sent for sent in self._pending if sent.channel == self.channel), None)
        if forget_copies or way != self.way:
            self.cc, self.to_address = copies(way), ""
        wanted = {"way": way, "draft": draft, "is_writing": bool(draft and draft.state == "writing"), "pending": pending,
                  "pending_by": pending.by if pending and pending.by_id != self._me else "",
                  "send_label": "Approve & send" if draft and draft.state == "pending" else "Send"}
        if pending != self.pending:
            self.pending_seconds = seconds_left(pending.leaves_at, clock.now()) if pending else 0
        for name, value in wanted.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

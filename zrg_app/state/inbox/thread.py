"""What was said with the lead whose conversation is open, who is it, and what is done with it?"""

import reflex as rx

from zrg_app.services import inbox, leads, sending, sync, workbench
from zrg_app.services.inbox.label_views import LabelMark
from zrg_app.services.inbox.views import ConversationView, MeetingView, Original, SyncView
from zrg_app.services.knowledge import MemoryRow
from zrg_app.services.leads.views import LeadPanel
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import act_and_look, act_here, lead_id_of
from zrg_app.state.inbox.offering import OfferState
from zrg_app.state.inbox.shown import ShownItem, sparing, with_days
from zrg_app.state.inbox.slots import put, slots
from zrg_app.state.inbox.stretch import MOST, Stretch, renewed, with_earlier, with_later
from zrg_app.state.inbox.told import told
from zrg_app.state.session import SessionState


class ThreadState(slots("item", ShownItem, MOST), BaseState):
    """The open conversation and the panel about its lead; `lead` is None while nothing is open.

    The thread sits in the slots `item_*`, in the `order` given: the stretch that is read, not the whole of it.
    """

    status: str = "ready"
    problem: str = ""
    lead: LeadPanel | None = None
    meeting: MeetingView | None = None
    subject: str = ""
    is_done: bool = False
    snoozed_until: str = ""
    assignee_id: str = ""
    labels: tuple[LabelMark, ...] = ()
    woke: bool = False
    returns_on: str = ""
    back_at: str = ""
    order: tuple[int, ...] = ()
    has_earlier: bool = False
    has_later: bool = False
    original: Original | None = None
    sync: SyncView = SyncView()
    memory: tuple[MemoryRow, ...] = ()
    _stretch: Stretch = Stretch()

    @property
    def items(self) -> tuple[ShownItem, ...]:
        """What is shown of the thread, oldest first."""
        return with_days(self._stretch.items)

    @rx.event
    async def show_earlier(self):
        """Add the page of the thread before the first item shown."""
        if self.lead and self._stretch.before:
            items, more = await self._call(workbench.earlier_page, lead_id_of(self.lead.lead_id), self._stretch.before,
                                           permission=Permission.READ_INBOX)
            self._hold(with_earlier(self._stretch, sparing(items), more))

    @rx.event
    async def show_later(self):
        """Add the page of the thread after the last item shown."""
        if self.lead and self._stretch.after:
            items, more = await self._call(workbench.later_page, lead_id_of(self.lead.lead_id), self._stretch.after,
                                           permission=Permission.READ_INBOX)
            self._hold(with_later(self._stretch, sparing(items), more))

    @rx.event
    async def show_newest(self):
        """Leave what was read far up, for the end of the thread."""
        if self.lead and self._stretch.after:
            view = await self._call(workbench.open_conversation, lead_id_of(self.lead.lead_id), permission=Permission.READ_INBOX)
            self._stretch = self._stretch._replace(after="")
            self._show(view)

    @rx.event
    async def show_original(self, message_id: str):
        """Show a message as it came."""
        self.original = None
        yield
        self.original = await self._call(inbox.original, lead_id_of(message_id), permission=Permission.READ_INBOX)

    @rx.event
    async def read_back(self):
        """Fetch what the providers have of this conversation; the job's end shows by itself."""
        await self._organise(sync.request)

    @rx.event
    async def read_back_quietly(self):
        """The same for a conversation that stays open, at most once per window; nothing happens for those who look on."""
        session = await self.get_state(SessionState)
        if self.lead and not self.sync.is_syncing and self.sync.possible and Permission.ORGANISE in session.permissions:
            await self._call(sync.request, lead_id_of(self.lead.lead_id), automatic=True, permission=Permission.ORGANISE, write=True)

    @rx.event
    async def retry_send(self, outbound_id: str):
        """Try a message again that did not leave."""
        await self._repair(sending.retry, outbound_id)

    @rx.event
    async def dismiss_send(self, outbound_id: str):
        """Put a message aside that did not leave."""
        return await self._see_to("dismiss", outbound_id=lead_id_of(outbound_id))

    @rx.event
    async def send_now(self, outbound_id: str):
        """Do not wait for the moment that was chosen."""
        await self._repair(sending.send_now, outbound_id)

    @rx.event
    async def cancel_planned(self, outbound_id: str):
        """Do not send what waits for its moment."""
        await self._repair(sending.undo, outbound_id)
        return toast("It will not be sent.")

    @rx.event
    async def settle(self, message_id: str):
        """A message that never arrived has been seen to."""
        return await self._see_to("settle", message_id=lead_id_of(message_id))

    @rx.event
    async def allow_sms(self):
        """The lead takes texts again: they said so, or the number changed."""
        lead_id = lead_id_of(self.lead.lead_id if self.lead else "")
        self._show(await self._call(act_and_look, lead_id, leads.allow_sms, (lead_id,), {}, permission=Permission.ANSWER,
                                    write=True))
        return toast("Texts to this lead are allowed again.")

    async def _organise(self, action, **options) -> None:
        lead_id = lead_id_of(self.lead.lead_id if self.lead else "")
        view = await self._call(act_and_look, lead_id, action, (lead_id,), options, permission=Permission.ORGANISE, write=True)
        if view is None:
            from zrg_app.state.inbox.turn import TurnState  # noqa: PLC0415 because the turn stands on the thread

            await (await self.get_state(TurnState))._lose()
        else:
            self._show(view)

    async def _repair(self, action, outbound_id: str) -> None:
        lead_id = lead_id_of(self.lead.lead_id if self.lead else "")
        self._show(await self._call(act_and_look, lead_id, action, (lead_id_of(outbound_id),), {}, permission=Permission.ANSWER,
                                    write=True))

    async def _see_to(self, act: str, **options) -> rx.event.EventSpec:
        """Do what can be taken back, and offer that."""
        acted = await self._call(act_here, lead_id_of(self.lead.lead_id if self.lead else ""), act, options, permission=Permission.ANSWER,
                                 write=True)
        self._show(acted.view)
        return (await self.get_state(OfferState))._offer(acted.done, told(acted.done, acted.names))

    def _show(self, view: ConversationView) -> None:
        """Show a conversation, or what changed of it: earlier pages that were asked for stay."""
        is_same = self.lead is not None and self.lead.lead_id == view.lead.lead_id
        self._hold(renewed(self._stretch if is_same else Stretch(), sparing(view.items), view.earlier_cursor))
        wanted = {"lead": view.lead, "meeting": view.meeting, "subject": view.subject, "is_done": view.is_done,
                  "snoozed_until": view.snoozed_until, "assignee_id": view.assignee_id, "labels": view.labels, "woke": view.woke,
                  "returns_on": view.returns_on, "back_at": view.back_at, "status": "ready", "problem": "",
                  "sync": view.sync, "memory": view.memory}
        for name, value in wanted.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _hold(self, stretch: Stretch) -> None:
        """Show these items of the thread; only those that differ are sent."""
        put(self, "item", MOST, self.items, with_days(stretch.items), _item_id)
        self._stretch = stretch
        for name, value in (("has_earlier", bool(stretch.before)), ("has_later", bool(stretch.after))):
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _close(self) -> None:
        self._hold(Stretch())
        self.lead, self.meeting, self.status, self.memory = None, None, "ready", ()


def _item_id(shown: ShownItem) -> str:
    return shown.item.id

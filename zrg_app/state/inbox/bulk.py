"""What is done with the chosen conversations, or with the open one where none is chosen? Each step can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from zrg_app.kit import clock
from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.services import access, inbox
from zrg_app.services.undo import MOST_AT_ONCE
from zrg_app.state.base import BaseState, Permission, wanted_id
from zrg_app.state.inbox import asking, told
from zrg_app.state.inbox.last_step import LastStepState
from zrg_app.state.inbox.shown import snooze_moment
from zrg_app.state.inbox.turn import SOONEST, TurnState
from zrg_app.state.session import SessionState

Ids = list[str]


class BulkState(BaseState):
    """The steps of the head, of its menus and of the bar over the list. `ids` names the chosen leads; none means the open one."""

    @rx.event
    async def done(self, ids: Ids):
        """Nothing more to do until they write again."""
        return await self._act("done", ids, ends=True)

    @rx.event
    async def reopen(self):
        """There is something to do after all."""
        return await self._act("reopen", [])

    @rx.event
    async def snooze(self, key: str, ids: Ids):
        """Out of sight until one of the usual times, or until each of them is back."""
        turn = await self.get_state(TurnState)
        if key == "back":
            return await self._act("back", ids, ends=True)
        chosen = next((choice for choice in turn.snooze_choices if choice.key == key), None)
        if chosen is None:
            raise Invalid("That is not one of the times.")
        until = clock.now() + SOONEST if key == "hours" else datetime.fromisoformat(chosen.until)
        return await self._snooze(until, ids)

    @rx.event
    async def snooze_at(self, typed: str, ids: Ids):
        """Out of sight until a date and time of the workspace's zone."""
        zone = ZoneInfo((await self.get_state(TurnState)).zone)
        return await self._snooze(snooze_moment(str(typed), now=clock.now(), zone=zone), ids)

    @rx.event
    async def wake(self):
        """Back from snooze now."""
        return await self._act("wake", [])

    @rx.event
    async def read(self, ids: Ids):
        """Nothing is new in them."""
        return await self._act("read", ids)

    @rx.event
    async def unread(self, ids: Ids):
        """Look at them again later."""
        return await self._act("unread", ids)

    @rx.event
    async def assign(self, member_id: str, ids: Ids):
        """Make them a colleague's, or nobody's."""
        me = (await self.get_state(SessionState)).person
        user_id = wanted_id(member_id) if member_id else None
        name = await self._call(_name_of, user_id, permission=Permission.READ_INBOX) if user_id else ""
        detail = "yours now" if member_id == me.id else f"with {name} now" if name else "nobody’s now"
        return await self._act("assign", ids, detail, user_id=user_id)

    @rx.event
    async def label(self, label_id: str, ids: Ids):
        """Put a label on them; off again when all of them carry it."""
        return await self._label(wanted_id(label_id), ids)

    @rx.event
    async def label_anew(self, name: str, ids: Ids):
        """Make a label and put it on them."""
        made = await self._call(inbox.create_label, name=str(name), permission=Permission.ORGANISE, write=True)
        return await self._label(made, ids)

    @rx.event
    async def sentiment(self, word: str, ids: Ids):
        """Say what their newest reply really means."""
        return await self._act("sentiment", ids, str(word)[:40], label=str(word))

    @rx.event
    async def blacklist(self, reason: str):
        """Nobody writes to the lead of the open conversation any more."""
        return await self._act("blacklist", [], reason=str(reason))

    @rx.event
    async def allow_contact(self):
        """The lead may be written to again: the rule or the label was wrong, or they changed their mind."""
        return await self._act("allow", [])

    async def _snooze(self, until: datetime, ids: Ids) -> rx.event.EventSpec | None:
        zone = ZoneInfo((await self.get_state(TurnState)).zone)
        return await self._act("snooze", ids, told.moment(until, zone), ends=True, until=until)

    async def _label(self, label_id: UUID, ids: Ids) -> rx.event.EventSpec | None:
        name = await self._call(inbox.label_name, label_id, permission=Permission.ORGANISE)
        return await self._act("label", ids, name, label_id=label_id)

    async def _act(self, act: str, ids: Ids, detail: str = "", *, ends: bool = False, **options: Any) -> rx.event.EventSpec | None:
        """Do it in one call, show what changed, and offer to take it back. `ends` says that it ends their turn."""
        turn = await self.get_state(TurnState)
        chosen = _chosen(ids) or _chosen([turn.open_lead_id])
        if not chosen:
            return None
        ended = [str(lead_id) for lead_id in chosen] if ends else []
        is_open = parse_id(turn.open_lead_id) in chosen
        shown = await turn._after(ended) if turn.open_lead_id in ended else turn.open_lead_id if is_open else ""
        acted = await self._call(asking.act_on, chosen, act, options, parse_id(shown), permission=Permission.ORGANISE, write=True)
        await turn._take_in(acted, ended=ended)
        if turn.open_lead_id and turn.open_lead_id == shown and ended:
            await turn._read(shown)
        return (await self.get_state(LastStepState))._offer(acted.done, told.told(acted.done, acted.names, detail))


def _chosen(ids: object) -> Sequence[UUID]:
    """The leads in an argument from a browser, each once. Raises Invalid for more than can be acted on at once."""
    found = {lead_id for text in (ids if isinstance(ids, list) else []) if (lead_id := parse_id(text))}
    if len(found) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE} conversations at once; choose fewer.")
    return sorted(found)


def _name_of(tx: Any, scope: Any, user_id: UUID) -> str:
    return next((member.name for member in access.members(tx, scope) if member.user_id == str(user_id)), "")

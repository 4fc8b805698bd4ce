"""What does the inbox ask the services, in one call and one transaction per step?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import connections, drafting, inbox, sending, workbench, workspaces
from zrg_app.services.connections import TroubleView
from zrg_app.services.inbox import kept
from zrg_app.services.inbox.views import ConversationView, InboxCounts, ListFilter, ListPage, PendingSend
from zrg_app.state.inbox.shown import MemberChoice
from zrg_app.state.settings.words import ROLES

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSight:
    """What a fresh page needs. `conversation` is the one of the link; None when the link names none or one that is gone."""

    counts: InboxCounts
    page: ListPage
    members: tuple[MemberChoice, ...]
    timezone: str
    conversation: ConversationView | None
    is_missing: bool
    troubles: tuple[TroubleView, ...] = ()


def lead_id_of(text: object) -> UUID:
    """The lead in an argument from a browser. Raises NotFound for anything else."""
    found = parse_id(text)
    if found is None:
        raise NotFound("This conversation is not here (any more).")
    return found


def first_sight(tx: Tx, scope: Scope, wanted: ListFilter, lead: str, draft: str) -> FirstSight:
    """Everything the inbox shows at first; `lead` and `draft` come from the link and may be anything."""
    lead_id = parse_id(lead) or (drafting.lead_of(tx, scope, draft_id) if (draft_id := parse_id(draft)) else None)
    try:
        conversation = workbench.open_conversation(tx, scope, lead_id) if lead_id else None
    except NotFound:
        conversation = None
    people = tuple(MemberChoice(id=str(one.user_id), name=one.name, handle=one.handle, role=ROLES[one.role][0])
                   for one in inbox.colleagues(tx, scope))
    return FirstSight(
        counts=inbox.counts(tx, scope), page=inbox.list_page(tx, scope, wanted), members=people,
        timezone=workspaces.settings_of(tx, scope).timezone, conversation=conversation,
        is_missing=bool(lead or draft) and conversation is None,
        troubles=connections.troubles(tx, scope))


def page_and_counts(tx: Tx, scope: Scope, wanted: ListFilter) -> tuple[ListPage, InboxCounts]:
    """The first page of a list, and the numbers beside the views."""
    return inbox.list_page(tx, scope, wanted), inbox.counts(tx, scope)


def act_and_look(tx: Tx, scope: Scope, lead_id: UUID, action: Callable, arguments: Sequence[Any],
                 options: Mapping[str, Any]) -> ConversationView:
    """Do `action(tx, scope, *arguments, **options)`, then see the conversation as it is now."""
    action(tx, scope, *arguments, **options)
    return workbench.open_conversation(tx, scope, lead_id)


def let_go(tx: Tx, scope: Scope, lead_id: UUID, channel: str, action: Callable, arguments: Sequence[Any],
           options: Mapping[str, Any]) -> None:
    """Do `action` with a person's words, and forget them in the same breath: what was sent is not half written any more."""
    action(tx, scope, *arguments, **options)
    kept.forget(tx, scope, lead_id, channel)


def new_note(tx: Tx, scope: Scope, lead_id: UUID, *, body: str) -> UUID:
    """Write a note, and forget the words it was begun with."""
    note_id = inbox.add_note(tx, scope, lead_id, body=body)
    kept.forget(tx, scope, lead_id, kept.NOTE)
    return note_id


def take_back(tx: Tx, scope: Scope, lead_id: UUID, pending: PendingSend) -> None:
    """Undo a send; words that came from no draft are kept again, so that they are there in any browser."""
    sending.undo(tx, scope, lead_id_of(pending.outbound_id))
    draft = drafting.current(tx, scope, lead_id)
    if draft is None or draft.body != pending.body:
        kept.put_back(tx, scope, lead_id, pending.channel, pending.body)


def take_back_and_look(tx: Tx, scope: Scope, lead_id: UUID, outbound_id: UUID) -> tuple[sending.TakenBack, ConversationView]:
    """Take a message back to be written anew, then see the conversation as it is now."""
    return sending.take_back(tx, scope, outbound_id), workbench.open_conversation(tx, scope, lead_id)


def act_and_open(tx: Tx, scope: Scope, lead_id: UUID, then: UUID | None, action: Callable,
                 options: Mapping[str, Any]) -> ConversationView | None:
    """Do `action` with one lead, then open the conversation of `then`; None when there is none (any more)."""
    action(tx, scope, lead_id, **options)
    try:
        return workbench.open_conversation(tx, scope, then) if then else None
    except NotFound:
        return None


def with_each(tx: Tx, scope: Scope, leads: Sequence[UUID], action: Callable) -> int:
    """Do `action` with each of the leads that are still here. Returns how many."""
    number = 0
    for lead_id in sorted(leads)[:MOST_AT_ONCE]:  # one order for everybody, so that two bulk actions never wait for each other
        try:
            action(tx, scope, lead_id)
            number += 1
        except NotFound:
            continue
    return number

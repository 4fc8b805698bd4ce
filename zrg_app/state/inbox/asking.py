"""What does the inbox ask the services, in one call and one transaction per step?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import access, connections, drafting, inbox, sending, undo, workbench, workspaces
from zrg_app.services.connections import TroubleView
from zrg_app.services.inbox.label_views import LabelView
from zrg_app.services.inbox.views import ConversationRow, ConversationView, InboxCounts, ListFilter, ListPage
from zrg_app.state.inbox.shown import MemberChoice
from zrg_app.state.settings.words import ROLES, whom_to_ask


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
    labels: tuple[LabelView, ...] = ()
    whom_to_ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What a step did: what of it can be undone, the rows it changed, a name among them, and the conversation to be shown.

    `lost` are the leads it led away from a person who sees only their own.
    """

    done: undo.Undoable
    rows: tuple[ConversationRow, ...]
    names: tuple[str, ...]
    view: ConversationView | None
    lost: frozenset[str] = frozenset()


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
    people = tuple(MemberChoice(id=str(one.user_id), name=one.name, handle=one.handle, role=ROLES[one.role][0],
                                is_me=one.user_id == scope.user_id)
                   for one in sorted(inbox.colleagues(tx, scope), key=lambda one: one.user_id != scope.user_id))
    return FirstSight(
        counts=inbox.counts(tx, scope), page=inbox.list_page(tx, scope, wanted), members=people,
        timezone=workspaces.settings_of(tx, scope).timezone, conversation=conversation,
        is_missing=bool(lead or draft) and conversation is None,
        troubles=connections.troubles(tx, scope), labels=inbox.labels(tx, scope),
        whom_to_ask=whom_to_ask(access.members(tx, scope)))


def page_and_counts(tx: Tx, scope: Scope, wanted: ListFilter) -> tuple[ListPage, InboxCounts]:
    """The first page of a list, and the numbers beside the views."""
    return inbox.list_page(tx, scope, wanted), inbox.counts(tx, scope)


def window_and_counts(tx: Tx, scope: Scope, wanted: ListFilter, first: str, number: int) -> tuple[ListPage, bool, InboxCounts]:
    """As many rows as are shown, from the place `first` on (empty: the top), whether others stand before them, and the numbers."""
    over = inbox.list_page(tx, scope, wanted, before=first, limit=1).rows if first else ()
    after = inbox.place_of(over[-1], wanted) if over else ""
    page = inbox.list_page(tx, scope, wanted, after=after, limit=max(inbox.PAGE, number))
    return page, bool(over), inbox.counts(tx, scope)


def act_and_look(tx: Tx, scope: Scope, lead_id: UUID, action: Callable, arguments: Sequence[Any],
                 options: Mapping[str, Any]) -> ConversationView | None:
    """Do `action(tx, scope, *arguments, **options)`, then see the conversation as it is now.

    None when the action led it away from somebody who sees only their own leads.
    """
    action(tx, scope, *arguments, **options)
    try:
        return workbench.open_conversation(tx, scope, lead_id)
    except NotFound:
        if scope.only_assigned_to is None:
            raise
        return None


def take_back_and_look(tx: Tx, scope: Scope, lead_id: UUID, outbound_id: UUID) -> tuple[sending.TakenBack, ConversationView]:
    """Take a message back to be written anew, then see the conversation as it is now."""
    return sending.take_back(tx, scope, outbound_id), workbench.open_conversation(tx, scope, lead_id)


def act_on(tx: Tx, scope: Scope, leads: Sequence[UUID], act: str, options: Mapping[str, Any], show: UUID | None) -> Acted:
    """Do an act that can be undone with each of the leads, then see their rows and the conversation of `show`."""
    done = undo.perform(tx, scope, act, leads, **options)
    return _seen(tx, scope, done, done.leads, show)


def act_here(tx: Tx, scope: Scope, lead_id: UUID, act: str, options: Mapping[str, Any]) -> Acted:
    """Do an act that can be undone with one lead, then see its conversation."""
    return act_on(tx, scope, (lead_id,), act, options, lead_id)


def take_back_and_look_again(tx: Tx, scope: Scope, done: undo.Undoable, show: UUID | None) -> tuple[undo.TakenBack, Acted]:
    """Undo an act, then see the rows that are as before and the conversation of `show`."""
    taken = undo.take_back(tx, scope, done)
    return taken, _seen(tx, scope, done, taken.leads, show)


def change_labels(tx: Tx, scope: Scope, lead: str, action: Callable, arguments: Sequence[Any],
                  options: Mapping[str, Any]) -> tuple[Any, tuple[LabelView, ...], ConversationView | None]:
    """Change the labels of the workspace; what that answers, the labels now, and the open conversation if there is one."""
    answer = action(tx, scope, *arguments, **options)
    return answer, inbox.labels(tx, scope), _opened(tx, scope, parse_id(lead))


def _seen(tx: Tx, scope: Scope, done: undo.Undoable, leads: Sequence[UUID], show: UUID | None) -> Acted:
    rows = inbox.rows_of(tx, scope, leads)
    lost = {str(lead) for lead in leads} - {row.lead_id for row in rows} if scope.only_assigned_to else ()
    return Acted(done=done, rows=rows, names=tuple(row.name for row in rows[:1]), view=_opened(tx, scope, show), lost=frozenset(lost))


def _opened(tx: Tx, scope: Scope, lead_id: UUID | None) -> ConversationView | None:
    try:
        return workbench.open_conversation(tx, scope, lead_id) if lead_id else None
    except NotFound:
        return None

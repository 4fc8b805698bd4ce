"""What does the inbox ask the services, in one call and one transaction per step?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import access, connections, drafting, inbox, sending, workbench
from zrg_app.services.connections import TroubleView
from zrg_app.services.inbox import saved_views
from zrg_app.services.inbox.options import Options, options
from zrg_app.services.inbox.saved_views import SavedRow
from zrg_app.services.inbox.views import ConversationView, InboxCounts, ListFilter, ListPage
from zrg_app.services.inbox.wanted import Choice, filter_of
from zrg_app.state.inbox.shown import MemberChoice

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSight:
    """What a fresh page needs. `conversation` is the one of the link; None when the link names none or one that is gone.

    `choice` is what the list shows, by what was chosen before or by the link; `saved_as` the id and name of the saved view it is.
    """

    counts: InboxCounts
    page: ListPage
    members: tuple[MemberChoice, ...]
    timezone: str
    conversation: ConversationView | None
    is_missing: bool
    troubles: tuple[TroubleView, ...] = ()
    choice: Choice = Choice()
    wanted: ListFilter = ListFilter()
    saved: tuple[tuple[SavedRow, ListFilter], ...] = ()
    saved_as: tuple[str, str] | None = None
    options: Options = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSight:
    """A saved view that was opened."""

    name: str
    choice: Choice
    wanted: ListFilter
    page: ListPage
    counts: InboxCounts


def lead_id_of(text: object) -> UUID:
    """The lead in an argument from a browser. Raises NotFound for anything else."""
    found = parse_id(text)
    if found is None:
        raise NotFound("This conversation is not here (any more).")
    return found


def first_sight(tx: Tx, scope: Scope, choice: Choice, saved: str, lead: str, draft: str) -> FirstSight:
    """Everything the inbox shows at first; `saved`, `lead` and `draft` come from the link and may be anything."""
    zone, named = saved_views.zone_of(tx, scope), _saved(tx, scope, saved)
    choice = named[1] if named else choice
    wanted = filter_of(choice, now=clock.now(), zone=zone)
    lead_id = parse_id(lead) or (drafting.lead_of(tx, scope, draft_id) if (draft_id := parse_id(draft)) else None)
    try:
        conversation = workbench.open_conversation(tx, scope, lead_id) if lead_id else None
    except NotFound:
        conversation = None
    people = tuple(MemberChoice(id=member.user_id, name=member.name) for member in access.members(tx, scope))
    return FirstSight(
        counts=inbox.counts(tx, scope), page=inbox.list_page(tx, scope, wanted), members=people,
        timezone=zone.key, conversation=conversation,
        is_missing=bool(lead or draft) and conversation is None,
        troubles=connections.troubles(tx, scope), choice=choice, wanted=wanted, saved=saved_views.saved_views(tx, scope, zone=zone),
        saved_as=(saved, named[0]) if named else None, options=options(tx, scope))


def open_saved(tx: Tx, scope: Scope, view_id: UUID) -> SavedSight:
    """What a saved view shows. Raises NotFound."""
    name, choice = saved_views.saved_choice(tx, scope, view_id)
    wanted = filter_of(choice, now=clock.now(), zone=saved_views.zone_of(tx, scope))
    return SavedSight(name=name, choice=choice, wanted=wanted, page=inbox.list_page(tx, scope, wanted), counts=inbox.counts(tx, scope))


def change_saved(tx: Tx, scope: Scope, action: Callable, arguments: Sequence[Any],
                 options_of_it: Mapping[str, Any]) -> tuple[Any, tuple[tuple[SavedRow, ListFilter], ...]]:
    """Do `action` with a saved view, then see all of them."""
    answer = action(tx, scope, *arguments, **options_of_it)
    return answer, saved_views.saved_views(tx, scope, zone=saved_views.zone_of(tx, scope))


def _saved(tx: Tx, scope: Scope, saved: str) -> tuple[str, Choice] | None:
    try:
        return saved_views.saved_choice(tx, scope, view_id) if (view_id := parse_id(saved)) else None
    except NotFound:
        return None


def page_and_counts(tx: Tx, scope: Scope, wanted: ListFilter) -> tuple[ListPage, InboxCounts]:
    """The first page of a list, and the numbers beside the views."""
    return inbox.list_page(tx, scope, wanted), inbox.counts(tx, scope)


def act_and_look(tx: Tx, scope: Scope, lead_id: UUID, action: Callable, arguments: Sequence[Any],
                 options: Mapping[str, Any]) -> ConversationView:
    """Do `action(tx, scope, *arguments, **options)`, then see the conversation as it is now."""
    action(tx, scope, *arguments, **options)
    return workbench.open_conversation(tx, scope, lead_id)


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

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
from zrg_app.services import access, connections, drafting, inbox, sending, undo, workbench
from zrg_app.services.connections import TroubleView
from zrg_app.services.inbox import kept, saved_views
from zrg_app.services.inbox.label_views import LabelView
from zrg_app.services.inbox.options import Options, options
from zrg_app.services.inbox.saved_views import SavedRow
from zrg_app.services.inbox.views import ConversationRow, ConversationView, InboxCounts, ListPage, PendingSend
from zrg_app.services.inbox.wanted import Choice, ListFilter, filter_of
from zrg_app.state.inbox.shown import MemberChoice
from zrg_app.state.settings.words import ROLES, whom_to_ask


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
    whom_to_ask: str = ""
    labels: tuple[LabelView, ...] = ()
    choice: Choice = Choice()
    wanted: ListFilter = ListFilter()
    saved: tuple[tuple[SavedRow, ListFilter], ...] = ()
    saved_as: tuple[str, str] | None = None
    options: Options = Options()
    unsent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSight:
    """A saved view that was opened."""

    name: str
    choice: Choice
    wanted: ListFilter
    page: ListPage
    counts: InboxCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What a step did: what of it can be undone, the rows it changed, a name among them, and the conversation to be shown.

    `gone` are the leads it changed that its person does not see any more.
    """

    done: undo.Undoable
    rows: tuple[ConversationRow, ...]
    gone: frozenset[str]
    names: tuple[str, ...]
    view: ConversationView | None


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
    people = tuple(MemberChoice(id=str(one.user_id), name=one.name, handle=one.handle, role=ROLES[one.role][0],
                                is_me=one.user_id == scope.user_id)
                   for one in sorted(inbox.colleagues(tx, scope), key=lambda one: one.user_id != scope.user_id))
    return FirstSight(
        counts=inbox.counts(tx, scope), page=inbox.list_page(tx, scope, wanted), members=people,
        timezone=zone.key, conversation=conversation,
        is_missing=bool(lead or draft) and conversation is None,
        troubles=connections.troubles(tx, scope), labels=inbox.labels(tx, scope), whom_to_ask=whom_to_ask(access.members(tx, scope)),
        choice=choice, wanted=wanted, saved=saved_views.saved_views(tx, scope, zone=zone),
        saved_as=(saved, named[0]) if named else None, options=options(tx, scope),
        unsent=kept.unsent(tx, scope))


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


def act_on(tx: Tx, scope: Scope, leads: Sequence[UUID], act: str, options: Mapping[str, Any], show: UUID | None) -> Acted:
    """Do an act that can be undone with each of the leads, then see their rows and the conversation of `show`."""
    done = undo.perform(tx, scope, act, leads, **options)
    return _seen(tx, scope, done, done.leads, show)


def act_here(tx: Tx, scope: Scope, lead_id: UUID, act: str, options: Mapping[str, Any]) -> Acted:
    """Do an act that can be undone with one lead, then see its conversation."""
    return act_on(tx, scope, (lead_id,), act, options, lead_id)


def discard(tx: Tx, scope: Scope, lead_id: UUID, channel: str, draft_id: UUID) -> Acted:
    """Throw a draft away, so that it can be taken back, and the words kept over it with it."""
    acted = act_here(tx, scope, lead_id, "discard", {"draft_id": draft_id})
    kept.forget(tx, scope, lead_id, channel)
    return acted


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
    gone = frozenset(map(str, leads)) - {row.lead_id for row in rows}
    return Acted(done=done, rows=rows, gone=gone, names=tuple(row.name for row in rows[:1]), view=_opened(tx, scope, show))


def _opened(tx: Tx, scope: Scope, lead_id: UUID | None) -> ConversationView | None:
    try:
        return workbench.open_conversation(tx, scope, lead_id) if lead_id else None
    except NotFound:
        return None

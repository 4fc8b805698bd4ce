"""What may a person do with a conversation? Read, done, snooze, assign; each a pair of verbs, each undoable."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from zrg_app.kit import clock, db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation
from zrg_app.services import events
from zrg_app.services.jobs import job

# People belong to no workspace by themselves, so row-level security does not keep those of others away here.
_COLLEAGUE = text("""
select u.name from app_user u where u.id = :user_id and u.disabled_at is null and (
  exists (select from workspace w where w.id = :workspace_id and w.owner_id = u.id)
  or exists (select from member m where m.workspace_id = :workspace_id and m.user_id = u.id))
""")


def locked(tx: Tx, scope: Scope, lead_id: UUID) -> Conversation:
    """The conversation of a lead, locked for change. Raises NotFound, also for another workspace's."""
    statement = select(Conversation).where(
        Conversation.lead_id == lead_id, Conversation.workspace_id == scope.workspace_id).with_for_update()
    conversation = tx.scalars(statement.execution_options(populate_existing=True)).first()
    if conversation is None:
        raise NotFound("This conversation is not here (any more).")
    return conversation


def mark_read(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Nothing in it is new to us any more. Says nothing when it was read already."""
    conversation = locked(tx, scope, lead_id)
    if conversation.unread_count:
        conversation.unread_count = 0
        tx.flush()
        events.tell_screens(tx, scope, ("list",), lead_id)


def mark_unread(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Look at it again later."""
    conversation = locked(tx, scope, lead_id)
    conversation.unread_count = max(1, conversation.unread_count)
    tx.flush()
    events.tell_screens(tx, scope, ("list",), lead_id)


def done(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Nothing more to do until the lead writes again."""
    conversation = locked(tx, scope, lead_id)
    if conversation.done_at is None:
        conversation.done_at, conversation.snoozed_until, conversation.unread_count = clock.now(), None, 0
        _changed(tx, scope, conversation, "done")


def reopen(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """There is something to do after all."""
    conversation = locked(tx, scope, lead_id)
    if conversation.done_at is not None:
        conversation.done_at = None
        _changed(tx, scope, conversation, "reopened")


def snooze(tx: Tx, scope: Scope, lead_id: UUID, *, until: datetime, reason: str = "") -> None:
    """Out of sight until an instant in the future; `reason` is told in the thread. Raises Invalid for one in the past."""
    if until <= clock.now():
        raise Invalid("Snooze until a time in the future.")
    conversation = locked(tx, scope, lead_id)
    conversation.snoozed_until, conversation.done_at = until, None
    _changed(tx, scope, conversation, "snoozed", until.isoformat(), reason)


def wake(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Back into sight."""
    conversation = locked(tx, scope, lead_id)
    if conversation.snoozed_until is not None:
        conversation.snoozed_until = None
        conversation.unread_count = max(1, conversation.unread_count)
        _changed(tx, scope, conversation, "woke")


def assign(tx: Tx, scope: Scope, lead_id: UUID, *, user_id: UUID | None) -> None:
    """Make it somebody's, or nobody's with None. Raises NotFound for a person who does not belong to the workspace."""
    conversation = locked(tx, scope, lead_id)
    name = tx.scalar(_COLLEAGUE, {"user_id": user_id, "workspace_id": scope.workspace_id}) if user_id else ""
    if name is None:
        raise NotFound("That person is not here (any more).")
    # Who sees only their own leads loses this one with the step itself.
    with db.whole_workspace(tx, scope):
        conversation.assignee_id, conversation.assigned_at = user_id, clock.now() if user_id else None
        _changed(tx, scope, conversation, "assigned" if user_id else "released", name)


@job("inbox.wake_due")
def wake_due(tx: Tx, scope: Scope) -> None:
    """Wake every conversation whose snooze is over, in all workspaces, a few hundred at a time."""
    statement = select(Conversation).where(Conversation.snoozed_until <= clock.now()).limit(500)
    for conversation in tx.scalars(statement.with_for_update(skip_locked=True)).all():
        conversation.snoozed_until = None
        conversation.unread_count = max(1, conversation.unread_count)
        _changed(tx, scope.within(conversation.workspace_id), conversation, "woke")


def _changed(tx: Tx, scope: Scope, conversation: Conversation, change: str, detail: str = "", reason: str = "") -> None:
    conversation.updated_at = clock.now()
    tx.flush()
    events.record(tx, scope, events.ConversationChanged(lead_id=conversation.lead_id, change=change, detail=detail, reason=reason))

"""What may a person do with conversations? Read, done, snooze, assign; each a pair of verbs, for one or for many at once."""

from collections.abc import Sequence
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

GONE = "This conversation is not here (any more)."
# People belong to no workspace by themselves, so row-level security does not keep those of others away here.
_COLLEAGUE = text("""
select u.name from app_user u where u.id = :user_id and u.disabled_at is null and (
  exists (select from workspace w where w.id = :workspace_id and w.owner_id = u.id)
  or exists (select from member m where m.workspace_id = :workspace_id and m.user_id = u.id))
""")
# Named SQL, because it follows every click on a conversation that has something new. Locked in the order of `locked_all`.
_READ = """
with here as (
  select lead_id, unread_count > 0 or woke_at is not null as is_fresh from conversation
  where lead_id = any(%(leads)s) and workspace_id = %(workspace)s order by lead_id for update),
fresh as (
  update conversation c set unread_count = 0, woke_at = null from here where c.lead_id = here.lead_id and here.is_fresh
  returning c.lead_id)
select (select count(*) from here) as here, array(select lead_id from fresh) as fresh
"""


def locked(tx: Tx, scope: Scope, lead_id: UUID) -> Conversation:
    """The conversation of a lead, locked for change. Raises NotFound, also for another workspace's."""
    return locked_all(tx, scope, (lead_id,))[0]


def locked_all(tx: Tx, scope: Scope, lead_ids: Sequence[UUID]) -> Sequence[Conversation]:
    """The conversations of leads that are here, locked in the one order that everybody keeps. Raises NotFound when none is."""
    statement = select(Conversation).where(
        Conversation.lead_id.in_(lead_ids), Conversation.workspace_id == scope.workspace_id)
    statement = statement.order_by(Conversation.lead_id).with_for_update()
    found = tx.scalars(statement.execution_options(populate_existing=True)).all()
    if not found:
        raise NotFound(GONE)
    return found


def mark_read(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """Somebody has looked: nothing in them is new any more. Says nothing of those that were read already."""
    row = db.fetch_all(tx, _READ, {"leads": list(lead_ids), "workspace": scope.workspace_id})[0]
    if not row["here"]:
        raise NotFound(GONE)
    events.tell_of_leads(tx, scope, ("list",), sorted(row["fresh"]))


def mark_unread(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """Look at them again later."""
    found = locked_all(tx, scope, lead_ids)
    for conversation in found:
        conversation.unread_count = max(1, conversation.unread_count)
    _seen(tx, scope, found)


def done(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """Nothing more to do until the lead writes again."""
    opened = [each for each in locked_all(tx, scope, lead_ids) if each.done_at is None]
    for conversation in opened:
        conversation.done_at, conversation.unread_count = clock.now(), 0
        conversation.snoozed_until = conversation.woke_at = None
    _changed(tx, scope, opened, "done")


def reopen(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """There is something to do after all."""
    closed = [each for each in locked_all(tx, scope, lead_ids) if each.done_at is not None]
    for conversation in closed:
        conversation.done_at = None
    _changed(tx, scope, closed, "reopened")


def snooze(tx: Tx, scope: Scope, *lead_ids: UUID, until: datetime, reason: str = "") -> None:
    """Out of sight until an instant in the future; `reason` is told in the thread. Raises Invalid for one in the past."""
    if until <= clock.now():
        raise Invalid("Snooze until a time in the future.")
    found = locked_all(tx, scope, lead_ids)
    for conversation in found:
        conversation.snoozed_until, conversation.done_at, conversation.woke_at = until, None, None
    _changed(tx, scope, found, "snoozed", until.isoformat(), reason)


def wake(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """Back into sight, because somebody wants it there."""
    asleep = [each for each in locked_all(tx, scope, lead_ids) if each.snoozed_until is not None]
    for conversation in asleep:
        conversation.snoozed_until, conversation.unread_count = None, max(1, conversation.unread_count)
    _changed(tx, scope, asleep, "woke")


def assign(tx: Tx, scope: Scope, *lead_ids: UUID, user_id: UUID | None) -> None:
    """Make them somebody's, or nobody's with None. Raises NotFound for a person who does not belong to the workspace."""
    found = locked_all(tx, scope, lead_ids)
    name = tx.scalar(_COLLEAGUE, {"user_id": user_id, "workspace_id": scope.workspace_id}) if user_id else ""
    if name is None:
        raise NotFound("That person is not here (any more).")
    # Who sees only their own leads loses these with the step itself.
    with db.whole_workspace(tx, scope):
        for conversation in found:
            conversation.assignee_id, conversation.assigned_at = user_id, clock.now() if user_id else None
        _changed(tx, scope, found, "assigned" if user_id else "released", name)


@job("inbox.wake_due")
def wake_due(tx: Tx, scope: Scope) -> None:
    """Wake every conversation whose snooze is over, in all workspaces, a few hundred at a time; each says so until it is seen."""
    statement = select(Conversation).where(Conversation.snoozed_until <= clock.now()).limit(500)
    for conversation in tx.scalars(statement.with_for_update(skip_locked=True)).all():
        conversation.snoozed_until, conversation.woke_at = None, clock.now()
        conversation.unread_count = max(1, conversation.unread_count)
        _changed(tx, scope.within(conversation.workspace_id), [conversation], "woke")


def _changed(tx: Tx, scope: Scope, conversations: Sequence[Conversation], change: str, detail: str = "", reason: str = "") -> None:
    for conversation in conversations:
        conversation.updated_at = clock.now()
    tx.flush()
    events.record_all(tx, scope, [events.ConversationChanged(lead_id=each.lead_id, change=change, detail=detail, reason=reason)
                                  for each in conversations])


def _seen(tx: Tx, scope: Scope, conversations: Sequence[Conversation]) -> None:
    tx.flush()
    events.tell_of_leads(tx, scope, ("list",), [each.lead_id for each in conversations])

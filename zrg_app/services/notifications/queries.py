"""What was a person told, and how much of it have they not seen? Everybody asks for their own only."""

from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.leads import naming
from zrg_app.services.notifications.views import MENTIONED, Bell, NotificationView, what_happened

SHOWN = 30

# Somebody who may see their own conversations only is not shown what they were told of one that is another's now, and nobody what
# they had not seen of a conversation that is not theirs any more, whichever way it went: given on, or the giving undone.
_MINE = """
from notification n join lead l on l.id = n.lead_id join workspace w on w.id = n.workspace_id
join workspace_settings s on s.workspace_id = n.workspace_id left join conversation c on c.lead_id = n.lead_id
where n.workspace_id = %(workspace)s and n.user_id = %(user)s
  and (n.kind = 'mentioned' or n.read_at is not null or c.assignee_id = n.user_id)
  and (not s.setters_see_own_only or w.owner_id = n.user_id or c.assignee_id = n.user_id or not exists (
       select from member m where m.workspace_id = w.id and m.user_id = n.user_id and m.role = 'SETTER')
       or exists (select from member m where m.workspace_id = w.id and m.user_id = n.user_id
                  and m.role in ('ADMIN', 'INBOX_MANAGER')))
"""
_UNREAD = f"select count(*) as number {_MINE} and n.read_at is null"
_ROWS = f"""
select n.id, n.kind, n.lead_id, n.source_id, n.actor_name, n.words, n.created_at, n.read_at, l.first_name, l.last_name, l.email, l.phone
{_MINE} {{more}} order by n.created_at desc, n.id desc limit %(limit)s
"""


def bell(tx: Tx, scope: Scope) -> Bell:
    """The newest of what the person of `scope` was told, and how many of all they have not seen. Empty for a program."""
    asked = {"workspace": scope.workspace_id, "user": scope.user_id, "limit": SHOWN}
    if scope.user_id is None:
        return Bell(unread=0, items=())
    items = tuple(_view(row) for row in fetch_all(tx, _ROWS.format(more=""), asked))
    unread = sum(item.is_unread for item in items)
    if len(items) == SHOWN:
        unread = fetch_one(tx, _UNREAD, asked)["number"]
    return Bell(unread=unread, items=items)


def one(tx: Tx, scope: Scope, notification_id: UUID) -> NotificationView:
    """One of the person's own. Raises NotFound, also for somebody else's."""
    found = fetch_all(tx, _ROWS.format(more="and n.id = %(id)s"), {
        "workspace": scope.workspace_id, "user": scope.user_id, "id": notification_id, "limit": 1})
    if not found:
        raise NotFound("This is not there any more.")
    return _view(found[0])


def _view(row: dict) -> NotificationView:
    return NotificationView(
        id=str(row["id"]), kind=row["kind"], lead_id=str(row["lead_id"]),
        note_id=str(row["source_id"]) if row["kind"] == MENTIONED else "", what=what_happened(row["kind"], row["actor_name"]),
        lead=naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"]), words=row["words"],
        at=row["created_at"].isoformat(), is_unread=row["read_at"] is None)

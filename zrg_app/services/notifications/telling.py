"""Who is told of a fact? Written in the transaction of the fact, once per person and source; never to who caused it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services import events
from zrg_app.services.inbox import colleagues, who_see
from zrg_app.services.inbox.mentions import named
from zrg_app.services.leads import naming
from zrg_app.services.notifications.views import ASSIGNED, MENTIONED, REPLIED

LONGEST = 160

_NOTE = """
select n.id, n.lead_id, n.author_id, n.body, n.mentions, n.deleted_at, u.name as author
from note n left join app_user u on u.id = n.author_id where n.id = %(note)s and n.workspace_id = %(workspace)s
"""
_OWNER = """
select c.assignee_id, l.first_name, l.last_name, l.email, l.phone from conversation c join lead l on l.id = c.lead_id
where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
"""
_REPLY = "select body, is_automatic from message where id = %(message)s and workspace_id = %(workspace)s"
# A note tells once; what may happen again to one conversation is told anew, in the same line.
_TELL = text("""
insert into notification (id, workspace_id, user_id, lead_id, kind, source_id, actor_name, words, created_at)
values (:id, :workspace, :user, :lead, :kind, :source, :who, :words, :now)
on conflict (user_id, kind, source_id) do update
  set words = excluded.words, actor_name = excluded.actor_name,
      created_at = case when :again then excluded.created_at else notification.created_at end,
      read_at = case when :again then null else notification.read_at end
  where :again or notification.words <> excluded.words
""")
_WITHDRAW = text("""
delete from notification where workspace_id = :workspace and kind = :kind and source_id = :source and read_at is null
  and not user_id = any(:kept) returning user_id
""")


def tell_mentioned(tx: Tx, scope: Scope, note_id: UUID) -> None:
    """Those a note names and who may see its conversation, once; who is named no more is not told of what they had not seen."""
    note = fetch_one(tx, _NOTE, {"note": note_id, "workspace": scope.workspace_id})
    if note is None:
        return
    meant: frozenset[UUID] = frozenset()
    if note["mentions"] and note["deleted_at"] is None:
        meant = named(note["mentions"]) & who_see(tx, scope, note["lead_id"], colleagues(tx, scope)) - {note["author_id"]}
    told = {"source": note_id, "who": note["author"] or "Somebody", "words": excerpt(note["body"])}
    for user_id in sorted(meant):
        _tell(tx, scope, note["lead_id"], user_id, MENTIONED, told, again=False)
    withdrawn = _withdraw(tx, scope, MENTIONED, note_id, meant)
    ring(tx, scope, meant | withdrawn)


def tell_assignee(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Whose conversation it is now, when somebody else made it so; whoever had it before need not hear of it any more."""
    row = fetch_one(tx, _OWNER, {"lead": lead_id, "workspace": scope.workspace_id})
    owner = row["assignee_id"] if row else None
    told = {owner} if owner and owner != scope.user_id else set()
    for user_id in told:
        _tell(tx, scope, lead_id, user_id, ASSIGNED, {"source": lead_id, "who": _actor(scope), "words": ""}, again=True)
    kept = {owner} if owner else set()
    gone = _withdraw(tx, scope, ASSIGNED, lead_id, kept) | _withdraw(tx, scope, REPLIED, lead_id, kept)
    ring(tx, scope, told | gone)


def tell_of_reply(tx: Tx, scope: Scope, lead_id: UUID, message_id: UUID) -> None:
    """Whose conversation it is, that the lead wrote: one line per conversation however often they write, none for machines."""
    asked = {"lead": lead_id, "message": message_id, "workspace": scope.workspace_id}
    row = fetch_one(tx, _OWNER, asked)
    if row is None or row["assignee_id"] is None:
        return
    reply = fetch_one(tx, _REPLY, asked)
    if reply is None or reply["is_automatic"]:
        return
    name = naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])
    _tell(tx, scope, lead_id, row["assignee_id"], REPLIED, {"source": lead_id, "who": name, "words": excerpt(reply["body"])}, again=True)
    ring(tx, scope, (row["assignee_id"],))


def ring(tx: Tx, scope: Scope, user_ids: Iterable[UUID | None]) -> None:
    """After commit, let the bells of these people show what they were told, in every tab of theirs."""
    words = tuple(f"{events.BELL}:{user_id}" for user_id in sorted({one for one in user_ids if one}))
    if words:
        events.tell_screens(tx, scope, words)


def excerpt(body: str) -> str:
    """The beginning of a text on one line. Pure."""
    said = " ".join(body.split())
    return said if len(said) <= LONGEST else said[:LONGEST - 1].rstrip() + "…"


def _tell(tx: Tx, scope: Scope, lead_id: UUID, user_id: UUID, kind: str, told: dict, *, again: bool) -> None:
    tx.execute(_TELL, {"id": ids.new_id(), "workspace": scope.workspace_id, "user": user_id, "lead": lead_id, "kind": kind,
                       "now": clock.now(), "again": again, **told})


def _withdraw(tx: Tx, scope: Scope, kind: str, source_id: UUID, kept: Iterable[UUID]) -> frozenset[UUID]:
    return frozenset(tx.scalars(_WITHDRAW, {"workspace": scope.workspace_id, "kind": kind, "source": source_id, "kept": list(kept)}))


def _actor(scope: Scope) -> str:
    return scope.actor.name if scope.actor.kind in ("user", "token") else "ZRG Inbox"

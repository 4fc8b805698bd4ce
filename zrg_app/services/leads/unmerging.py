"""How do two leads become two again? Each gets back exactly what was its own, and what came since goes where it belongs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import MergeStatus
from zrg_app.services import events
from zrg_app.services.leads import joining, rows
from zrg_app.services.leads.belonging import Newcomer, handles_of, returning
from zrg_app.services.leads.merging import NO_DRAFT

_FIND = text("select keep_id, gone_id from lead_merge where id = :id and workspace_id = :workspace_id")
_TAKE = text("select status, record from lead_merge where id = :id for update")
_LATER = text("""
select true from lead_merge later join lead_merge this on this.id = :id
where later.status = 'merged' and later.id <> this.id and this.keep_id in (later.keep_id, later.gone_id)
  and (later.created_at, later.id) > (this.created_at, this.id) limit 1
""")
_NEW_MESSAGES = text("""
select id, lower(case when direction = 'inbound' then from_address else to_address end) as partner, thread, outbound_id
from message where lead_id = :keep and id <> all(cast(:known as uuid[])) order by sent_at, id
""")
_NEW_DRAFTS = text("select id, trigger_message_id from draft where lead_id = :keep and id <> all(cast(:known as uuid[]))")
_NEW_SENDS = text("""
select id, draft_id, in_reply_to, lower(to_address) as partner, thread from outbound_message
where lead_id = :keep and id <> all(cast(:known as uuid[]))
""")
_NEW_IDENTITIES = text("select id, value from lead_identity where lead_id = :keep and id <> all(cast(:known as uuid[]))")
_PRIMARY = text("update lead_identity set is_primary = :is_primary where id = cast(:id as uuid)")
_LABELS = text("update lead_label set lead_id = :gone where lead_id = :keep and label_id = any(cast(:ids as uuid[]))")
_LABEL = text("""
insert into lead_label (lead_id, label_id, workspace_id, created_at)
select :gone, l.id, l.workspace_id, cast(:created_at as timestamptz) from label l where l.id = cast(:label_id as uuid)
""")
_DRAFT = text("""
update draft set status = :status, rejected_reason = :rejected_reason
where id = cast(:id as uuid) and status = 'rejected' and rejected_reason = :reason
""")
_JOBS = text("""
update background_job j set lead_id = :gone,
  payload = case when payload->>'lead_id' = cast(:keep as text)
            then payload || jsonb_build_object('lead_id', cast(:gone as text)) else payload end
where j.lead_id = :keep and j.status = 'PENDING' and (j.id = any(cast(:ids as uuid[]))
  or exists (select from message m where m.id = j.message_id and m.lead_id = :gone)
  or exists (select from draft d where d.id = j.draft_id and d.lead_id = :gone)
  or exists (select from outbound_message o where o.id::text = j.payload->>'outbound_id' and o.lead_id = :gone))
""")
_FREE = text("update lead set merged_into = null where id = :gone")
_UNDONE = text("""
update lead_merge set status = :status, decided_at = :now, decided_by = :user_id, decided_by_name = :name where id = :id
""")


def unmerge(tx: Tx, scope: Scope, merge_id: UUID) -> UUID:
    """Take a merge back; returns the lead that is its own again.

    Both rows and all that hung on them are as they were, but for what changed since: changed values stay with the lead that
    was kept, a consent withdrawn meanwhile counts for both, and messages go to whom they are from or to. Raises NotFound, and
    Conflict when it was undone already or a later merge of the same lead stands on it.
    """
    found = tx.execute(_FIND, {"id": merge_id, "workspace_id": scope.workspace_id}).one_or_none()
    if found is None:
        raise NotFound("There is no such merge.")
    keep, gone = found.keep_id, found.gone_id
    rows.lock(tx, scope, keep, gone)
    taken = tx.execute(_TAKE, {"id": merge_id}).one()
    if taken.status != MergeStatus.MERGED:
        raise Conflict("This merge was taken back already.")
    if tx.execute(_LATER, {"id": merge_id}).scalar_one_or_none():
        raise Conflict("Another lead was merged in later; take that merge back first.")
    with db.whole_workspace(tx, scope):
        has_news = _part(tx, keep, gone, taken.record)
        _tell(tx, scope, merge_id, keep, gone, has_news)
    return gone


def _tell(tx: Tx, scope: Scope, merge_id: UUID, keep: UUID, gone: UUID, has_news: bool) -> None:
    tx.execute(_UNDONE, {"id": merge_id, "status": MergeStatus.UNDONE, "now": clock.now(), "user_id": scope.user_id,
                         "name": scope.actor.name})
    for lead_id, other_id in ((keep, gone), (gone, keep)):
        events.record(tx, scope, events.LeadsParted(lead_id=lead_id, other_id=other_id, has_news=has_news))


def _part(tx: Tx, keep: UUID, gone: UUID, record: dict[str, Any]) -> bool:
    """Give everything back; returns whether messages came since."""
    newcomers = _newcomers(tx, keep, record)
    for name, moved in record["moved"].items():
        table, column = name.split(".")
        rows.give(tx, table, column, owner=keep, to=gone, only=[*moved, *newcomers.get(table, ())])
    for one in (*record["keep_identities"], *record["gone_identities"]):
        tx.execute(_PRIMARY, {"id": one["id"], "is_primary": one["is_primary"]})
    tx.execute(_LABELS, {"keep": keep, "gone": gone, "ids": record["labels"]})
    for label in record["labels_twice"]:
        tx.execute(_LABEL, {"gone": gone, **label})
    for draft in record["drafts"]:
        tx.execute(_DRAFT, {**draft, "reason": NO_DRAFT})
    tx.execute(_JOBS, {"keep": keep, "gone": gone, "ids": record["jobs"]})
    _part_leads(tx, keep, gone, record)
    _part_conversations(tx, keep, record)
    return newcomers["has_news"]


def _newcomers(tx: Tx, keep: UUID, record: dict[str, Any]) -> dict[str, Any]:
    """What came since the merge and goes back, by table."""
    old = {str(key) for key in record["keep_messages"]} | set(record["moved"]["message.lead_id"])
    mine, theirs = _values(record["keep_identities"]), _values(record["gone_identities"])
    known = {UUID(key): key in set(record["moved"]["message.lead_id"]) for key in old}
    fresh = tx.execute(_NEW_MESSAGES, {"keep": keep, "known": sorted(old)}).all()
    going = returning([Newcomer(id=row.id, partner=row.partner or "", handles=handles_of(row.thread)) for row in fresh],
                      mine, theirs)
    # An address seen for the first time went to the lead whose messages carry it.
    seen = {row.partner for row in fresh if row.id in going}
    stays = {row.partner for row in fresh if row.id not in going}
    known |= {row.id: row.id in going for row in fresh}
    drafts, sends = _open_work(tx, keep, record, known, (mine, theirs))
    new_identities = tx.execute(_NEW_IDENTITIES, {"keep": keep, "known": [
        one["id"] for one in (*record["keep_identities"], *record["gone_identities"])]})
    return {"message": going, "draft": drafts, "outbound_message": sends, "has_news": bool(fresh),
            "lead_identity": [row.id for row in new_identities if row.value in seen - stays]}


def _open_work(tx: Tx, keep: UUID, record: dict[str, Any], known: dict[UUID, bool],
               values: tuple[set[str], set[str]]) -> tuple[set[UUID], set[UUID]]:
    """The drafts and sends since the merge that go back: with the message they answer, else by their recipient."""
    moved = record["moved"]
    fresh = tx.execute(_NEW_DRAFTS, {"keep": keep, "known": moved["draft.lead_id"]})
    drafts = {row.id for row in fresh if known.get(row.trigger_message_id)}
    sends = tx.execute(_NEW_SENDS, {"keep": keep, "known": [*moved["outbound_message.lead_id"], *record["keep_sends"]]})
    return drafts, returning(
        [Newcomer(id=row.id, partner=row.partner or "", handles=handles_of(row.thread), after=row.in_reply_to) for row in sends],
        *values, known)


def _part_leads(tx: Tx, keep: UUID, gone: UUID, record: dict[str, Any]) -> None:
    now = rows.read(tx, "lead", keep) or {}
    rows.write(tx, "lead", keep, joining.parted(record["keep"], record["after"], now, rows.LEAD))
    values = {name: record["gone"][name] for name in rows.LEAD if name in record["gone"]}
    rows.write(tx, "lead", gone, values | joining.consent_since(record["after"], now, record["gone"]))
    tx.execute(_FREE, {"gone": gone})


def _part_conversations(tx: Tx, keep: UUID, record: dict[str, Any]) -> None:
    own, other, after = record["keep_conversation"], record["gone_conversation"], record["conversation_after"]
    now = rows.read(tx, "conversation", keep)
    if own is None and now is not None and not _has_messages(tx, keep):
        tx.execute(text("delete from conversation where lead_id = :keep"), {"keep": keep})
    elif own is not None and now is not None:
        rows.write(tx, "conversation", keep, joining.parted(own, after or {}, now, rows.CONVERSATION))
    if other is not None:
        rows.insert_conversation(tx, other)


def _has_messages(tx: Tx, lead_id: UUID) -> bool:
    return bool(tx.execute(text("select exists (select from message where lead_id = :id)"), {"id": lead_id}).scalar_one())


def _values(identities: Iterable[dict[str, Any]]) -> set[str]:
    return {str(one["value"]).lower() for one in identities}

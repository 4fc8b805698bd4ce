"""How do two leads become one? Everything that hangs on the one moves to the other, and what moved is written down.

The lead that goes stays as a signpost, so that links, running work and facts find the way (decision 0009).
"""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, db, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, MergeStatus
from zrg_app.services import events
from zrg_app.services.leads import hanging, joining, rows

LONGEST_REASON = 300
NO_DRAFT = "The lead is blacklisted."

_IDENTITIES = text("select id, kind, value, is_primary from lead_identity where lead_id = :lead_id order by id")
_SECOND = text("""
update lead_identity i set is_primary = false where i.id = any(cast(:ids as uuid[])) and i.is_primary and exists (
  select from lead_identity own where own.lead_id = i.lead_id and own.kind = i.kind and own.is_primary
  and own.id <> all(cast(:ids as uuid[])))
""")
_LABELS_TWICE = text("""
delete from lead_label g where g.lead_id = :gone and exists (
  select from lead_label k where k.lead_id = :keep and k.label_id = g.label_id) returning label_id, created_at
""")
_LABELS = text("update lead_label set lead_id = :keep where lead_id = :gone returning label_id")
# A job that runs holds its lead's turn until it ends; it finds the new lead by what it works on.
_JOBS = text("""
update background_job set lead_id = :keep,
  payload = case when payload->>'lead_id' = cast(:gone as text)
            then payload || jsonb_build_object('lead_id', cast(:keep as text)) else payload end
where lead_id = :gone and status = 'PENDING' returning id
""")
_OPEN_DRAFTS = text("""
select id, status, rejected_reason from draft
where lead_id = :lead_id and status in ('writing', 'pending', 'failed') order by id
""")
_REJECT = text("update draft set status = 'rejected', rejected_reason = :reason where id = any(cast(:ids as uuid[]))")
_MESSAGES = text("select id from message where lead_id = :lead_id order by id")
_SENDS = text("select id from outbound_message where lead_id = :lead_id order by id")
_SIGNPOST = text("update lead set merged_into = :keep, updated_at = :now where id = :gone")
_SETTLE = text("""
update lead_merge set status = 'dismissed', decided_at = :now, decided_by = :user_id, decided_by_name = :name
where status = 'suggested' and least(keep_id, gone_id) = least(cast(:keep as uuid), cast(:gone as uuid))
  and greatest(keep_id, gone_id) = greatest(cast(:keep as uuid), cast(:gone as uuid))
""")
_WRITE_DOWN = text("""
insert into lead_merge (id, workspace_id, keep_id, gone_id, status, reason, evidence, is_automatic, record, decided_by,
                        decided_by_name, created_at, decided_at)
values (:id, :workspace_id, :keep, :gone, :status, :reason, :evidence, :is_automatic, cast(:record as jsonb), :user_id, :name,
        :now, :now)
""")
_AFTER = text("update lead_merge set record = record || cast(:after as jsonb) where id = :id")


def merge(tx: Tx, scope: Scope, keep: UUID, gone: UUID, *, reason: str, evidence: str = "person") -> UUID:
    """Make `gone` part of `keep`; returns the id by which `unmerge` takes it back.

    `evidence` is `person`, or the identity kind that proved it. Values of `keep` win, gaps are filled, and of two consents the
    stricter holds. Raises Invalid without a reason or for one lead, NotFound outside this workspace, Conflict when one of
    them is already part of another.
    """
    said = " ".join(reason.replace("\x00", "").split())[:LONGEST_REASON]
    if not said:
        raise Invalid("Say why they are the same person.")
    if keep == gone:
        raise Invalid("That is one lead already.")
    found = rows.lock(tx, scope, keep, gone)
    if any(row.merged_into for row in found.values()):
        raise Conflict("One of the two was merged with another lead meanwhile. Look again.")
    with db.whole_workspace(tx, scope):
        return _join(tx, scope, keep, gone, said, evidence)


def _join(tx: Tx, scope: Scope, keep: UUID, gone: UUID, said: str, evidence: str) -> UUID:
    """Move and write down; both leads are locked."""
    record = _move(tx, keep, gone)
    merge_id = ids.new_id()
    who = {"user_id": scope.user_id, "name": scope.actor.name, "now": clock.now(), "keep": keep, "gone": gone}
    tx.execute(_SETTLE, who)
    tx.execute(_WRITE_DOWN, {
        **who, "id": merge_id, "workspace_id": scope.workspace_id, "status": MergeStatus.MERGED, "reason": said,
        "evidence": evidence, "is_automatic": evidence != "person", "record": json.dumps(record)})
    events.record(tx, scope, events.LeadsMerged(lead_id=keep, other_id=gone, reason=said))
    after = {"after": rows.read(tx, "lead", keep), "conversation_after": rows.read(tx, "conversation", keep)}
    tx.execute(_AFTER, {"id": merge_id, "after": json.dumps(after)})
    events.tell_screens(tx, scope, ("list", "thread", "lead", "composer"), gone)
    return merge_id


def _move(tx: Tx, keep: UUID, gone: UUID) -> dict[str, Any]:
    """Move everything; returns what it was and what moved, as `unmerge` reads it."""
    before = {"keep": rows.read(tx, "lead", keep), "gone": rows.read(tx, "lead", gone)}
    record: dict[str, Any] = {**before, "keep_conversation": rows.read(tx, "conversation", keep),
                              "gone_conversation": rows.read(tx, "conversation", gone),
                              "keep_messages": [str(one) for one in tx.scalars(_MESSAGES, {"lead_id": keep})],
                              "keep_sends": [str(one) for one in tx.scalars(_SENDS, {"lead_id": keep})],
                              "keep_identities": _identities(tx, keep), "gone_identities": _identities(tx, gone)}
    joined = joining.lead(before["keep"], before["gone"])
    record["drafts"] = _drop_drafts(tx, keep, gone) if joined["status"] == LeadStatus.BLACKLISTED else []
    record["moved"] = {f"{each.table}.{each.column}": rows.give(tx, each.table, each.column, owner=gone, to=keep)
                       for each in hanging.moved()}
    tx.execute(_SECOND, {"ids": [one["id"] for one in record["gone_identities"]]})
    both = {"keep": keep, "gone": gone}
    record["labels_twice"] = [{"label_id": str(row.label_id), "created_at": row.created_at.isoformat()}
                              for row in tx.execute(_LABELS_TWICE, both)]
    record["labels"] = [str(row.label_id) for row in tx.execute(_LABELS, both)]
    record["jobs"] = [str(row.id) for row in tx.execute(_JOBS, both)]
    rows.write(tx, "lead", keep, joined)
    tx.execute(_SIGNPOST, {**both, "now": clock.now()})
    _join_conversations(tx, keep, record)
    return record


def _identities(tx: Tx, lead_id: UUID) -> list[dict[str, Any]]:
    return [{"id": str(row.id), "kind": row.kind, "value": row.value, "is_primary": row.is_primary}
            for row in tx.execute(_IDENTITIES, {"lead_id": lead_id})]


def _drop_drafts(tx: Tx, keep: UUID, gone: UUID) -> list[dict[str, Any]]:
    open_ = [{"id": str(row.id), "status": row.status, "rejected_reason": row.rejected_reason}
             for lead_id in (keep, gone) for row in tx.execute(_OPEN_DRAFTS, {"lead_id": lead_id})]
    tx.execute(_REJECT, {"ids": [one["id"] for one in open_], "reason": NO_DRAFT})
    return open_


def _join_conversations(tx: Tx, keep: UUID, record: dict[str, Any]) -> None:
    own, other = record["keep_conversation"], record["gone_conversation"]
    if other is None:
        return
    tx.execute(text("delete from conversation where lead_id = :gone"), {"gone": other["lead_id"]})
    if own is None:
        rows.insert_conversation(tx, other, lead_id=str(keep))
    else:
        rows.write(tx, "conversation", keep, joining.conversation(own, other))

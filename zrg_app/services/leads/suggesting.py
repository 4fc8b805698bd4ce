"""Who should look whether two leads are one? Suggestions with their reason; what is certain is merged by a job."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import MergeStatus
from zrg_app.services import events, jobs
from zrg_app.services.leads import identity as identities
from zrg_app.services.leads.duplicates import Judgement, Side, judge
from zrg_app.services.leads.matching import Identity
from zrg_app.services.leads.merging import merge

_SIDES = text("""
select id, first_name, last_name, created_at from lead where id = any(:ids) and merged_into is null order by created_at, id
""")
_INSERT = text("""
insert into lead_merge (id, workspace_id, keep_id, gone_id, status, reason, evidence, is_automatic, record, created_at)
select :id, :workspace_id, :keep, :gone, 'suggested', :reason, :evidence, :is_certain, jsonb_build_object('value',
       cast(:value as text), 'learner', cast(:learner as text), 'told_by_record', cast(:told_by_record as boolean)), :now
where not exists (select from lead_merge m where m.status = 'undone'
                  and least(m.keep_id, m.gone_id) = least(cast(:keep as uuid), cast(:gone as uuid))
                  and greatest(m.keep_id, m.gone_id) = greatest(cast(:keep as uuid), cast(:gone as uuid)))
on conflict do nothing returning id
""")
_TAKE = text("""
select id, keep_id, gone_id, status, reason, evidence, record from lead_merge
where id = :id and workspace_id = :workspace_id for update
""")
_DISMISS = text("""
update lead_merge set status = 'dismissed', decided_at = :now, decided_by = :user_id, decided_by_name = :name where id = :id
""")
_ASK_A_PERSON = text("update lead_merge set is_automatic = false, reason = :reason where id = :id")


def suggest(tx: Tx, scope: Scope, learner: UUID, owner: UUID, identity: Identity, *, told_by_record: bool) -> UUID | None:
    """Write down that `identity`, learnt for one lead, is another's; None when that was asked or decided before.

    The older lead would stay. What is certain is merged by a job, because both must be locked in order.
    """
    sides = _sides(tx, learner, owner)
    if len(sides) < 2:
        return None
    judged = judge(sides[learner], sides[owner], identity, told_by_record=told_by_record)
    keep, gone = list(sides)
    made = tx.execute(_INSERT, {
        "id": ids.new_id(), "workspace_id": scope.workspace_id, "keep": keep, "gone": gone, "reason": judged.reason,
        "evidence": str(identity.kind), "is_certain": judged.is_certain, "value": identity.value, "learner": str(learner),
        "told_by_record": told_by_record, "now": clock.now()}).scalar_one_or_none()
    if made is None:
        return None
    for lead_id in (keep, gone):
        events.record(tx, scope, events.MergeSuggested(lead_id=lead_id, merge_id=made))
    if judged.is_certain:
        jobs.enqueue(tx, scope, "leads.merge_certain", merge_id=made, dedupe_key=f"{made}:merge")
    return made


def dismiss(tx: Tx, scope: Scope, merge_id: UUID) -> None:
    """A person says that they are two; it is not suggested again. Raises NotFound, Conflict when it was decided before."""
    if _take(tx, scope, merge_id).status != MergeStatus.SUGGESTED:
        raise Conflict("Somebody has decided this already.")
    tx.execute(_DISMISS, {"id": merge_id, "now": clock.now(), "user_id": scope.user_id, "name": scope.actor.name})
    events.tell_screens(tx, scope, ("lead",))


@jobs.job("leads.merge_certain")
def merge_certain(tx: Tx, scope: Scope, *, merge_id: UUID) -> str:
    """Merge what was certain when it was suggested, if it still is; otherwise it waits for a person. Says what was done."""
    row = _take(tx, scope, merge_id)
    if row.status != MergeStatus.SUGGESTED:
        return "decided before"
    judged = _judge_again(tx, row)
    if judged is None:
        return "one of them is gone"
    if not judged.is_certain:
        tx.execute(_ASK_A_PERSON, {"id": merge_id, "reason": judged.reason})
        return "left to a person"
    merge(tx, scope, row.keep_id, row.gone_id, reason=judged.reason, evidence=row.evidence)
    return "merged"


def _judge_again(tx: Tx, row: Any) -> Judgement | None:
    sides = _sides(tx, row.keep_id, row.gone_id)
    if len(sides) < 2:
        return None
    learner = UUID(row.record["learner"])
    owner = row.gone_id if learner == row.keep_id else row.keep_id
    return judge(sides[learner], sides[owner], Identity(row.evidence, row.record["value"]),
                 told_by_record=row.record["told_by_record"])


def _sides(tx: Tx, *lead_ids: UUID) -> dict[UUID, Side]:
    return {row.id: Side(first_name=row.first_name, last_name=row.last_name, primary=identities.primary_of(tx, row.id))
            for row in tx.execute(_SIDES, {"ids": list(lead_ids)})}


def _take(tx: Tx, scope: Scope, merge_id: UUID) -> Any:
    row = tx.execute(_TAKE, {"id": merge_id, "workspace_id": scope.workspace_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such suggestion.")
    return row

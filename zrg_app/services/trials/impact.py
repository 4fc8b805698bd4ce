"""What would a change have done to the last labelled replies? Only the steps it touches are run again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zrg_app.kit import db
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.trials import pipeline
from zrg_app.services.trials.cases import Case, Overrides, overrides_from
from zrg_app.services.trials.outcome import SEND, Outcome, to_document
from zrg_app.services.trials.records import Record, record_of, redecided

LABEL, DRAFT, JUDGEMENT, DECISION = "label", "draft", "judgement", "decision"
FAMILIES: dict[str, tuple[str, ...]] = {
    LABEL: ("sentiment",), DRAFT: ("drafting", "autosend"), JUDGEMENT: ("autosend",), DECISION: ()}
_LAST = """
with labelled as (
  select (data ->> 'message_id')::uuid as message_id from audit_event
  where workspace_id = %(workspace)s and kind = 'sentiment.decided' and created_at > now() - interval '120 days'
  union select sentiment_message_id from conversation where workspace_id = %(workspace)s and sentiment_message_id is not null)
select m.id from labelled l join message m on m.id = l.message_id
where m.workspace_id = %(workspace)s and m.direction = 'inbound' and m.body <> '' order by m.sent_at desc, m.id desc limit %(count)s
"""


def first_stage(overrides: Overrides) -> str:
    """The first step that candidate values touch: what comes before stays as it was."""
    keys = set(overrides.prompts)
    if any(key.startswith("sentiment.") for key in keys):
        return LABEL
    if overrides.model or overrides.persona or overrides.persona_id or any(key.startswith(("drafting.", "snippet.")) for key in keys):
        return DRAFT
    return JUDGEMENT if keys else DECISION


def last_replies(tx: Tx, scope: Scope, count: int) -> tuple[UUID, ...]:
    """The ids of the last `count` replies that were labelled, newest first."""
    return tuple(row["id"] for row in fetch_all(tx, _LAST, {"workspace": scope.workspace_id, "count": count}))


def compared(scope: Scope, message_id: UUID, asked: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a report: label and decision before and after, whether that is a change, and its cost. Raises ModelFailed."""
    overrides, as_if_on = overrides_from(asked.get("overrides")), asked.get("as_if_on") is True
    with db.transaction(scope) as tx:
        found = record_of(tx, scope, message_id=message_id)
    if found is None:
        raise NotFound("This reply is not here (any more).")
    stage = first_stage(overrides)
    if stage == LABEL:
        label = pipeline.label_of(scope, Case(message_id=message_id, overrides=overrides))
        if label.label == found.label:
            return _row(found, found.outcome(), label)
        before = _before(scope, found, as_if_on)
        after = pipeline.run(scope, Case(message_id=message_id, label=label.label, as_if_on=as_if_on, overrides=overrides))
        return _row(found, before, after, extra=label)
    before = _before(scope, found, as_if_on)
    return _row(found, before, _after(scope, found, stage, overrides, as_if_on))


def pair(scope: Scope, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The newest reply of a lead under the saved values and under the candidates, each as a whole outcome. Raises ModelFailed."""
    message_id = UUID(str(asked["message_id"]))
    saved = pipeline.run(scope, Case(message_id=message_id, as_if_on=True))
    tried = pipeline.run(scope, Case(message_id=message_id, as_if_on=True, overrides=overrides_from(asked.get("overrides"))))
    return {"before": to_document(saved), "after": to_document(tried), "message_id": str(message_id), "lead_id": asked.get("lead_id", "")}


def _before(scope: Scope, found: Record, as_if_on: bool) -> Outcome:
    """What was decided then, or would be decided today of what was written then."""
    if found.decision and not (as_if_on and found.was_off):
        return found.outcome()
    return pipeline.run(scope, Case(message_id=found.message_id, label=found.label, draft=found.draft, as_if_on=as_if_on))


def _after(scope: Scope, found: Record, stage: str, overrides: Overrides, as_if_on: bool) -> Outcome:
    if stage == DECISION and found.facts and overrides.threshold is not None:
        again = redecided(found, overrides.threshold, as_if_on=as_if_on)
        if again is not None:
            return again
    draft = "" if stage == DRAFT else found.draft
    return pipeline.run(scope, Case(message_id=found.message_id, label=found.label, draft=draft, as_if_on=as_if_on, overrides=overrides))


def _row(found: Record, before: Outcome, after: Outcome, *, extra: Outcome | None = None) -> dict[str, Any]:
    decision = after.decision or before.decision
    cost = after.cost + (extra.cost if extra else 0)
    return {
        "id": str(found.message_id), "lead_id": str(found.lead_id), "name": found.name, "snippet": found.snippet,
        "before_label": before.label, "after_label": after.label, "before_action": before.decision, "after_action": decision,
        "why": " ".join(after.reasons)[:400], "cost": str(cost), "flips": before.label != after.label,
        "appears": decision == SEND and before.decision != SEND, "vanishes": before.decision == SEND and decision != SEND}

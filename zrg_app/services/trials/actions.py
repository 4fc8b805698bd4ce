"""How is a try asked for, and how is it stopped? A row that says what is wanted, and a job that does it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver, fetch_one
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import AiTrial
from zrg_app.models.ai_vocabulary import TrialKind, TrialStatus
from zrg_app.services import jobs
from zrg_app.services.jobs.registry import BULK_PRIORITY, NORMAL_PRIORITY
from zrg_app.services.trials import cases
from zrg_app.services.trials.cases import Case, Overrides

MOST_REPLIES = 200
MOST_AT_ONCE = 3
OPEN = (TrialStatus.WAITING, TrialStatus.RUNNING)
_LOST = """
update ai_trial t set status = 'failed', error = 'It was given up; try it again.', finished_at = %s
where t.status in ('waiting', 'running') and not exists (
  select from background_job j where j.kind = 'trials.run' and j.payload ->> 'trial_id' = t.id::text and j.status in ('PENDING', 'RUNNING'))
"""
_NEWEST_REPLY = """
select id from message where lead_id = %(lead)s and workspace_id = %(workspace)s and direction = 'inbound'
order by sent_at desc, id desc limit 1
"""


def play(tx: Tx, scope: Scope, case: Case) -> UUID:
    """Put a pasted message through the pipeline. Returns the trial's id. Raises Invalid or Conflict."""
    return start(tx, scope, TrialKind.PLAYGROUND, {"case": cases.to_document(cases.checked(case))})


def preview(tx: Tx, scope: Scope, lead_id: UUID, overrides: Overrides) -> UUID:
    """Hold candidate values against the saved ones on the newest reply of a real lead. Raises Invalid, Conflict or NotFound."""
    newest = fetch_one(tx, _NEWEST_REPLY, {"lead": lead_id, "workspace": scope.workspace_id})
    if newest is None:
        raise NotFound("This lead has not written yet; choose another.")
    return start(tx, scope, TrialKind.PREVIEW, {
        "overrides": cases.to_document(cases.checked_overrides(overrides)), "message_id": str(newest["id"]), "lead_id": str(lead_id)})


def replay(tx: Tx, scope: Scope, *, decision_id: UUID | None = None, draft_id: UUID | None = None) -> UUID:
    """Run a former decision, or a draft nobody decided on, again under today's prompts and models. Raises Invalid or Conflict."""
    if decision_id is None and draft_id is None:
        raise Invalid("Choose a decision or a draft to replay.")
    wanted = {"decision_id": str(decision_id)} if decision_id else {"draft_id": str(draft_id)}
    return start(tx, scope, TrialKind.REPLAY, wanted)


def measure(tx: Tx, scope: Scope, overrides: Overrides, *, count: int, as_if_on: bool = False) -> UUID:
    """Report what candidate values would have changed for the last `count` labelled replies. Raises Invalid or Conflict."""
    if not 1 <= count <= MOST_REPLIES:
        raise Invalid(f"Choose 1 to {MOST_REPLIES} replies.")
    if not cases.checked_overrides(overrides):
        raise Invalid("Change something first; there is nothing to compare.")
    return start(tx, scope, TrialKind.IMPACT, {"overrides": cases.to_document(overrides), "count": count, "as_if_on": as_if_on},
                 total=count)


def drill(tx: Tx, scope: Scope, *, fingerprint: str = "") -> UUID:
    """Put the hostile and hard replies through the pipeline as if auto-send were on. Raises Conflict."""
    return start(tx, scope, TrialKind.DRILL, {"fingerprint": fingerprint})


def start(tx: Tx, scope: Scope, kind: TrialKind, asked: Mapping[str, Any], *, total: int = 0) -> UUID:
    """Write down a try and let a job do it. Raises Conflict when the workspace has enough under way."""
    close_lost(tx)
    under_way = tx.scalars(select(AiTrial.kind).where(AiTrial.workspace_id == scope.workspace_id, AiTrial.status.in_(OPEN))).all()
    if len(under_way) >= MOST_AT_ONCE or (kind in (TrialKind.IMPACT, TrialKind.DRILL) and kind in under_way):
        raise Conflict("Something is being tried out already. Wait for it, or stop it first.")
    trial_id, is_long = ids.new_id(), kind in (TrialKind.IMPACT, TrialKind.DRILL)
    tx.add(AiTrial(id=trial_id, workspace_id=scope.workspace_id, kind=kind, asked=dict(asked), total=total, created_by=scope.user_id,
                   created_at=clock.now()))
    tx.flush()
    jobs.enqueue(tx, scope, "trials.run", trial_id=trial_id, priority=BULK_PRIORITY if is_long else NORMAL_PRIORITY)
    return trial_id


def close_lost(tx: Tx) -> None:
    """Close the tries of this scope whose job was given up: nobody works on them any more."""
    driver(tx).execute(_LOST, (clock.now(),))


def stop(tx: Tx, scope: Scope, trial_id: UUID) -> None:
    """Stop a try; what it found so far stays. Says nothing when it is over. Raises NotFound."""
    trial = locked(tx, scope, trial_id)
    if trial is None:
        raise NotFound("This try is not here (any more).")
    if trial.status in OPEN:
        finish(tx, trial, error=f"Stopped by {scope.actor.name}.")


def locked(tx: Tx, scope: Scope, trial_id: UUID) -> AiTrial | None:
    """The row of a try, locked; None when it is gone."""
    return tx.scalars(select(AiTrial).where(AiTrial.id == trial_id, AiTrial.workspace_id == scope.workspace_id).with_for_update(
    ).execution_options(populate_existing=True)).first()


def finish(tx: Tx, trial: AiTrial, *, error: str = "") -> None:
    """Close a try, with what went wrong if something did."""
    trial.status = TrialStatus.FAILED if error else TrialStatus.DONE
    trial.error, trial.finished_at = error or None, clock.now()
    tx.flush()

"""How is a try done? As a job in slices: each item is kept as it is done, so a stop, a crash or a long list loses nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from zrg_app.kit import clock, db, logs
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Conflict, ModelFailed, Refused
from zrg_app.kit.scope import Scope
from zrg_app.models import AiTrial
from zrg_app.models.ai_vocabulary import TrialKind, TrialStatus
from zrg_app.services import jobs
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY
from zrg_app.services.trials import actions, budget, drilling, impact, replaying
from zrg_app.services.trials.cases import case_from
from zrg_app.services.trials.outcome import to_document
from zrg_app.services.trials.pipeline import run

log = logs.get_logger()

SLICE_SECONDS = 45.0
KEPT = timedelta(days=90)
# No later item would fare better.
HOPELESS = {"missing_key", "spend_limit", "quota", "locked"}
_AUTOMATIC = """
select distinct k.workspace_id from campaign k join workspace w on w.id = k.workspace_id where k.response_mode = 'AI_AUTO_SEND'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A try as a job sees it; `result` is what earlier slices found."""

    id: UUID
    kind: TrialKind
    asked: dict[str, Any]
    result: dict[str, Any]


@job("trials.run", tries=3)
def run_trial(scope: Scope, *, trial_id: UUID) -> None:
    """Do a try, or the next slice of a long one. One that was stopped or is gone is left alone."""
    task = _begin(scope, trial_id)
    if task is None:
        return
    try:
        _WORK[task.kind](scope, task)
    except (Refused, ModelFailed) as failed:
        with db.transaction(scope) as tx:
            trial = actions.locked(tx, scope, trial_id)
            if trial and trial.status == TrialStatus.RUNNING:
                actions.finish(tx, trial, error=failed.sentence)


@job("trials.drill", tries=2, priority=BULK_PRIORITY)
def nightly(tx: Tx, scope: Scope) -> dict:
    """Let every workspace that has auto-send on be drilled, unless nothing changed since it held; forget old tries."""
    actions.close_lost(tx)
    started = 0
    for row in fetch_all(tx, _AUTOMATIC):
        within = scope.within(row["workspace_id"])
        fingerprint = drilling.fingerprint(tx, within)
        if not drilling.still_holds(tx, within, fingerprint):
            try:
                actions.drill(tx, within, fingerprint=fingerprint)
            except Conflict:
                continue  # one is under way
            started += 1
    gone = db.driver(tx).execute("delete from ai_trial where created_at < %s and status in ('done', 'failed')",
                                 (clock.now() - KEPT,)).rowcount
    return {"drills": started, "forgotten": gone}


def _begin(scope: Scope, trial_id: UUID) -> Task | None:
    with db.transaction(scope) as tx:
        trial = actions.locked(tx, scope, trial_id)
        if trial is None or trial.status not in actions.OPEN:
            return None
        trial.status = TrialStatus.RUNNING
        tx.flush()
        return Task(id=trial.id, kind=TrialKind(trial.kind), asked=dict(trial.asked), result=dict(trial.result))


def _play(scope: Scope, task: Task) -> None:
    _finish(scope, task, {"outcome": to_document(run(scope, case_from(task.asked.get("case"))))})


def _preview(scope: Scope, task: Task) -> None:
    _finish(scope, task, impact.pair(scope, task.asked))


def _replay(scope: Scope, task: Task) -> None:
    _finish(scope, task, replaying.replayed(scope, task.asked))


def _measure(scope: Scope, task: Task) -> None:
    if "items" not in task.result:
        with db.transaction(scope) as tx:
            replies = impact.last_replies(tx, scope, int(task.asked.get("count") or 0))
        if not replies:
            _finish(scope, task, {"items": [], "rows": []})
            return
        task = _keep_items(scope, task, [str(one) for one in replies])
    _walk(scope, task, lambda item: impact.compared(scope, UUID(item), task.asked))


def _drill(scope: Scope, task: Task) -> None:
    known = {one.id: one for one in drilling.drill_cases()}
    if "items" not in task.result:
        task = _keep_items(scope, task, list(known))
    _walk(scope, task, lambda item: drilling.drilled(scope, known[item]) if item in known else None)


def _walk(scope: Scope, task: Task, do: Callable[[str], dict[str, Any] | None]) -> None:
    """Do one item after the other until all are done, somebody stops it, or the slice is over."""
    until = time.monotonic() + SLICE_SECONDS
    for item in task.result["items"][len(task.result.get("rows") or ()):]:
        if time.monotonic() > until:
            with db.transaction(scope) as tx:
                jobs.enqueue(tx, scope, "trials.run", trial_id=task.id, priority=BULK_PRIORITY)
            return
        budget.refuse_half_spent(scope)
        try:
            row = do(item) or {"id": item, "failure": "It is not here (any more)."}
        except Refused as refused:
            row = {"id": item, "failure": refused.sentence}
        except ModelFailed as failed:
            if failed.reason in HOPELESS:
                raise
            row = {"id": item, "failure": failed.sentence}
        if not _keep_row(scope, task, row):
            return
    _finish(scope, task, None)


def _keep_items(scope: Scope, task: Task, items: list[str]) -> Task:
    with db.transaction(scope) as tx:
        trial = actions.locked(tx, scope, task.id)
        if trial is not None:
            trial.result, trial.total, trial.done = {"items": items, "rows": []}, len(items), 0
            tx.flush()
    return Task(id=task.id, kind=task.kind, asked=task.asked, result={"items": items, "rows": []})


def _keep_row(scope: Scope, task: Task, row: dict[str, Any]) -> bool:
    """Keep what came of an item; False when the try is no longer wanted."""
    with db.transaction(scope) as tx:
        trial = actions.locked(tx, scope, task.id)
        if trial is None or trial.status != TrialStatus.RUNNING:
            return False
        rows = list(trial.result.get("rows", ()))
        # Another worker may have done it too, when this one was taken for dead.
        if all(one["id"] != row["id"] for one in rows):
            rows.append(row)
        total = {name: sum(bool(one.get(name)) for one in rows) for name in ("flips", "appears", "vanishes")}
        trial.result, trial.done = {**trial.result, "rows": rows, "sum": total}, len(rows)
        tx.flush()
        return True


def _finish(scope: Scope, task: Task, result: dict[str, Any] | None) -> None:
    with db.transaction(scope) as tx:
        trial: AiTrial | None = actions.locked(tx, scope, task.id)
        if trial is None or trial.status != TrialStatus.RUNNING:
            return
        trial.result = trial.result if result is None else result
        if task.kind is TrialKind.DRILL:
            trial.result = {**trial.result, "score": drilling.score(trial.result["rows"])}
        trial.total = max(trial.total, 1)
        trial.done = trial.total
        actions.finish(tx, trial)
    log.info("trials.done", kind=str(task.kind))


_WORK: dict[TrialKind, Callable[[Scope, Task], None]] = {
    TrialKind.PLAYGROUND: _play, TrialKind.PREVIEW: _preview, TrialKind.REPLAY: _replay, TrialKind.IMPACT: _measure,
    TrialKind.DRILL: _drill}

"""Why does a draft say what it says? Its plan, what it drew on, and each step of its making, for a person to read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.drafting.archetypes import TITLES
from zrg_app.services.drafting.checks import CHECKS

_DRAFT = "select generation, reason, archetype, instruction from draft where id = %(draft)s and workspace_id = %(workspace)s"
_STEPS = """
select step, status, output, model, duration_ms, error from draft_step
where draft_id = %(draft)s and workspace_id = %(workspace)s and generation = %(generation)s order by created_at, id limit 40
"""
_NAMES = {"strategy": "Plan", "generation": "Text", "verification": "Second look", "overseer_extract": "What they want of a meeting",
          "overseer_gate": "Meeting check", "evaluation": "Evaluation", "revision": "Revision", "auto_send_decision": "Decision"}
_WENT = {"success": "done", "error": "failed", "dropped": "not used"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step: its name, how it went, how long it took and what there is to say of it."""

    name: str
    went: str
    seconds: str
    model: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """The reasons of a draft. Empty texts and lists mean that there is nothing to say."""

    draft_id: str
    generation: int
    reason: str = ""
    intent: str = ""
    shape: str = ""
    instruction: str = ""
    points: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    checks: str = ""
    steps: tuple[StepView, ...] = ()


def why(tx: Tx, scope: Scope, draft_id: UUID) -> WhyView | None:
    """How the newest generation of a draft came about; None when there is no such draft here."""
    row = fetch_one(tx, _DRAFT, {"draft": draft_id, "workspace": scope.workspace_id})
    if row is None:
        return None
    steps = fetch_all(tx, _STEPS, {"draft": draft_id, "workspace": scope.workspace_id, "generation": row["generation"]})
    plan, text = _last(steps, "strategy"), _last(steps, "generation")
    return WhyView(
        draft_id=str(draft_id), generation=row["generation"], reason=row["reason"] or "", intent=plan.get("intent_summary", ""),
        shape=TITLES.get(row["archetype"] or "", ""), instruction=row["instruction"] or "",
        points=tuple(plan.get("personalization_points", ())), sources=_sources(text), warnings=tuple(text.get("warnings", ())),
        checks=_checked(text), steps=tuple(_step(step) for step in steps))


def _last(steps: list[dict], name: str) -> dict[str, Any]:
    return next((step["output"] for step in reversed(steps) if step["step"] == name and step["status"] == "success"), {})


def _sources(text: dict[str, Any]) -> tuple[str, ...]:
    persona, times = text.get("persona", ""), text.get("times", ())
    return tuple(filter(None, [
        f"Persona: {persona}" if persona else "", *(f"Document: {name}" for name in text.get("assets", ())),
        *(f"Remembered: {memory}" for memory in text.get("memories", ())),
        f"Free times: {len(times)} from the calendar" if times else ""]))


def _checked(text: dict[str, Any]) -> str:
    if not text:
        return ""
    faults = text.get("faults", {})
    return "; ".join(f"{sentence}: {found}" for sentence, found in faults.items()) if faults else f"All {len(CHECKS)} checks passed"


def _step(row: dict) -> StepView:
    said = [row["error"] or "", *row["output"].get("changes", ())[:3]]
    if row["step"] == "generation" and row["output"].get("faults"):
        said += [f"{sentence}: {found}" for sentence, found in row["output"]["faults"].items()][:3]
    return StepView(name=_NAMES.get(row["step"], row["step"]), went=_WENT.get(row["status"], row["status"]), model=row["model"] or "",
                    seconds=f"{row['duration_ms'] / 1000:.1f} s", detail=" ".join(filter(None, said)))

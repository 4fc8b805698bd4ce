"""What did the pipeline make of a message? One value that can be kept as JSON, shown, and held against another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from zrg_app.services.trials.views import OutcomeView, StepView

SEND, REVIEW, SKIP = "send", "needs_review", "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as it ran: `cost` in dollars, `detail` what came out in a line."""

    name: str
    ms: int = 0
    cost: Decimal = Decimal(0)
    model: str = ""
    status: str = "success"
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`checks` are the sentences of the checks the draft fails, `codes` the stable words of `reasons`.

    `decision` is send, needs_review or skip, and empty when the pipeline was not let so far. `own_ms` is per stage the time that
    was not a model's.
    """

    label: str
    decided_by: str = ""
    label_reason: str = ""
    draft: str = ""
    draft_reason: str = ""
    checks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    decision: str = ""
    reasons: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    confidence: float | None = None
    threshold: float | None = None
    cost: Decimal = Decimal(0)
    ms: int = 0
    own_ms: Mapping[str, float] = field(default_factory=dict)


def to_document(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON; money as text."""
    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list | tuple) else value
    return plain(asdict(outcome))


def view_of(told: Mapping[str, Any], checks: tuple[str, ...] = ()) -> OutcomeView:
    """The JSON of an outcome as a screen shows it; `checks` are all there are, so that the passed ones can be named."""
    failed = tuple(told.get("checks") or ())
    return OutcomeView(
        label=told.get("label", ""), decided_by=told.get("decided_by", ""), label_reason=told.get("label_reason", ""),
        draft=told.get("draft", ""), draft_reason=told.get("draft_reason", ""), failed=failed,
        passed=tuple(one for one in checks if one not in failed) if told.get("draft") else (),
        steps=tuple(_step(one) for one in told.get("steps") or ()), action=told.get("decision", ""),
        reasons=tuple(told.get("reasons") or ()), confidence=_share(told.get("confidence")), threshold=_share(told.get("threshold")),
        cents=money(told.get("cost")), ms=int(told.get("ms") or 0))


def money(dollars: object) -> str:
    """`0.0042` dollars as "0.42 ¢", two dollars as "$2.00"; "free" for nothing."""
    amount = Decimal(str(dollars or 0))
    if not amount:
        return "free"
    return f"${amount:.2f}" if amount >= 1 else f"{amount * 100:.2f} ¢"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What changed from one outcome to another, in sentences."""
    said = []
    if before.get("label") != after.get("label"):
        said.append(f"The label changes from {before.get('label') or 'none'} to {after.get('label') or 'none'}.")
    if before.get("decision") and after.get("decision") and before["decision"] != after["decision"]:
        said.append(f"The decision changes from {WORDS[before['decision']]} to {WORDS[after['decision']]}.")
    # Where nobody had decided, every reason of today would look like news.
    if before.get("decision"):
        gone = [one for one in before.get("reasons") or () if one not in (after.get("reasons") or ())]
        new = [one for one in after.get("reasons") or () if one not in (before.get("reasons") or ())]
        said += [f"No longer: {one}" for one in gone] + [f"New: {one}" for one in new]
    if before.get("draft", "").split() != after.get("draft", "").split():
        said.append("The draft is worded differently." if before.get("draft") and after.get("draft") else
                    "There is a draft now." if after.get("draft") else "There is no draft any more.")
    return tuple(said)


WORDS = {SEND: "send", REVIEW: "ask a person", SKIP: "leave alone", "": "nothing"}


def _step(told: Mapping[str, Any]) -> StepView:
    return StepView(name=told.get("name", "").replace("_", " "), ms=int(told.get("ms") or 0), cents=money(told.get("cost")),
                    model=told.get("model", ""), status=told.get("status", "success"), detail=told.get("detail", ""))


def _share(value: object) -> str:
    return f"{round(float(value) * 100)} %" if isinstance(value, int | float) else ""

"""What may a screen see of something tried out? Plain frozen values, read again from a trial's JSON."""

from dataclasses import dataclass

from zrg_app.services.trials.comparing import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step of the pipeline: how long, how much, by whom."""

    name: str
    ms: int = 0
    cents: str = ""
    model: str = ""
    status: str = "success"
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """What the pipeline made of a message. `decided_by` says who gave the label, `action` is send, needs_review or skip."""

    label: str = ""
    decided_by: str = ""
    label_reason: str = ""
    draft: str = ""
    draft_reason: str = ""
    failed: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    steps: tuple[StepView, ...] = ()
    action: str = ""
    reasons: tuple[str, ...] = ()
    confidence: str = ""
    threshold: str = ""
    cents: str = ""
    ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """One try as a list shows it; `told` says what was tried, `said` what came of it."""

    id: str
    kind: str
    status: str
    told: str
    said: str
    who: str
    created_at: str
    done: int = 0
    total: int = 0
    error: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """A former outcome beside a new one, with the drafts word by word."""

    title: str
    before: OutcomeView
    after: OutcomeView | None = None
    pieces: tuple[Piece, ...] = ()
    changes: tuple[str, ...] = ()
    lead_id: str = ""
    draft_id: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipView:
    """A reply for which something changes: its label, or whether its answer is sent."""

    message_id: str
    lead_id: str
    name: str
    snippet: str
    before_label: str
    after_label: str
    before_action: str
    after_action: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactView:
    """What a change would have done to the last replies."""

    replies: int
    flipped: int
    appeared: int
    vanished: int
    failed: int
    cents: str
    rows: tuple[FlipView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRow:
    """One hostile or hard reply that did not end as it must."""

    id: str
    text: str
    fault: str
    label: str
    action: str
    draft: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillView:
    """How a drill went: `wrong` sends must be none; `faults` are wrong sends, labels and contents together."""

    id: str
    created_at: str
    cases: int
    wrong: int
    faults: int
    sent_rightly: int
    sendable: int
    cents: str
    rows: tuple[DrillRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """A lead, campaign or persona to choose from."""

    id: str
    word: str

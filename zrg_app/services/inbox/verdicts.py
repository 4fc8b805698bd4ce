"""What does auto-send say of the draft in an open conversation? A plain frozen value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoSendNote:
    """What auto-send says of the draft that waits. `waits` while it is to leave by itself at `leaves_at` (ISO); `words` are those of
    the record, `reason` is for the reasons menu; `sure` says how sure the evaluator was beside how sure it has to be, if it was asked."""

    draft_id: str
    waits: bool
    leaves_at: str
    words: str
    reason: str
    sure: str

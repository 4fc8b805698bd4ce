"""What is put before the pipeline, and with which values instead of the saved ones? Pure; kept as JSON in a trial's `asked`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.models.vocabulary import Channel, Sentiment

LONGEST_TEXT, LONGEST_PROMPT = 12_000, 40_000
_TEXTS = ("channel", "text", "subject", "first_name", "company", "label", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Candidate values, not saved: texts of prompts or snippets by key, the bar of auto-send, the writer's model, who speaks.

    `persona` holds values of a persona by field; `persona_id` names a saved one.
    """

    prompts: Mapping[str, str] = field(default_factory=dict)
    threshold: float | None = None
    model: str = ""
    persona: Mapping[str, str] = field(default_factory=dict)
    persona_id: UUID | None = None

    def __bool__(self) -> bool:
        """Whether anything is tried out at all."""
        return bool(self.prompts or self.threshold is not None or self.model or self.persona or self.persona_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message that exists (`message_id`), or one that never came (`text`), from a real lead or one made up.

    `label` and `draft` are given when they are not in question. `as_if_on` decides as if the campaign answered by itself.
    """

    channel: str = Channel.EMAIL
    text: str = ""
    subject: str = ""
    first_name: str = ""
    company: str = ""
    earlier: tuple[Mapping[str, str], ...] = ()
    message_id: UUID | None = None
    lead_id: UUID | None = None
    campaign_id: UUID | None = None
    label: str = ""
    draft: str = ""
    as_if_on: bool = False
    overrides: Overrides = field(default_factory=Overrides)


def checked(case: Case) -> Case:
    """`case`, if it can be run. Raises Invalid with a sentence for people."""
    if case.message_id is None and not case.text.strip():
        raise Invalid("Paste a message first.")
    if len(case.text) > LONGEST_TEXT:
        raise Invalid(f"A message may have at most {LONGEST_TEXT:,} characters.")
    if case.channel not in list(Channel):
        raise Invalid("Choose e-mail, SMS or LinkedIn.")
    if case.label and case.label not in list(Sentiment):
        raise Invalid("There is no such label.")
    checked_overrides(case.overrides)
    return case


def checked_overrides(overrides: Overrides) -> Overrides:
    """`overrides`, if they can be tried. Raises Invalid."""
    if overrides.threshold is not None and not 0 <= overrides.threshold <= 1:
        raise Invalid("The threshold is a share between 0 and 1.")
    if any(not text.strip() or len(text) > LONGEST_PROMPT for text in overrides.prompts.values()):
        raise Invalid(f"A prompt has 1 to {LONGEST_PROMPT:,} characters.")
    return overrides


def to_document(case: Case | Overrides) -> dict[str, Any]:
    """A case or overrides as JSON."""
    def plain(value: Any) -> Any:
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list | tuple) else value
    return plain(asdict(case))


def overrides_from(document: object) -> Overrides:
    """Overrides again; what does not fit is left out."""
    told = document if isinstance(document, Mapping) else {}
    threshold = told.get("threshold")
    return Overrides(
        prompts=_texts(told.get("prompts")), persona=_texts(told.get("persona")), model=str(told.get("model") or ""),
        persona_id=parse_id(told.get("persona_id")),
        threshold=float(threshold) if isinstance(threshold, int | float) and not isinstance(threshold, bool) else None)


def case_from(document: object) -> Case:
    """A case again; what does not fit is left out."""
    told = document if isinstance(document, Mapping) else {}
    named = {name: told[name] for name in _TEXTS if isinstance(told.get(name), str)}
    ids = {name: parse_id(told.get(name)) for name in ("message_id", "lead_id", "campaign_id")}
    return Case(**named, **ids, as_if_on=told.get("as_if_on") is True, overrides=overrides_from(told.get("overrides")),
                earlier=tuple(_texts(one) for one in told.get("earlier") or ()))


def _texts(document: object) -> dict[str, str]:
    return {str(key): value for key, value in document.items() if isinstance(value, str)} if isinstance(document, Mapping) else {}

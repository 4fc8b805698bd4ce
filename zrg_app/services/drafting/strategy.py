"""What is the plan of an answer, as a model proposed it and as it is believed? Pure."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from zrg_app.services.drafting.archetypes import ARCHETYPES

_TEXTS = {"type": "array", "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False,
    "required": ["intent_summary", "personalization_points", "should_offer_times", "times_to_offer", "outline", "must_avoid", "archetype"],
    "properties": {"intent_summary": {"type": "string"}, "personalization_points": _TEXTS, "should_offer_times": {"type": "boolean"},
                   "times_to_offer": _TEXTS, "outline": _TEXTS, "must_avoid": _TEXTS,
                   "archetype": {"type": "string", "enum": list(ARCHETYPES)}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """What the lead wants and how it is answered. `times_to_offer` are labels of free times, as given."""

    intent_summary: str
    personalization_points: tuple[str, ...]
    should_offer_times: bool
    times_to_offer: tuple[str, ...]
    outline: tuple[str, ...]
    must_avoid: tuple[str, ...]
    archetype: str
    shape: str = ""

    def text(self) -> str:
        """The plan as the writer is told of it."""
        lists = {"say": self.outline, "personal": self.personalization_points, "must avoid": self.must_avoid,
                 "times_to_offer": self.times_to_offer}
        lines = [f"plan: {self.intent_summary}", f"archetype: {self.archetype}", f"shape: {' '.join(self.shape.split())}"]
        lines += ["\n".join([f"{name}:", *(f"- {item}" for item in items)]) for name, items in lists.items() if items]
        return "\n".join(lines)

    def output(self) -> dict[str, Any]:
        """The plan as it is kept."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if name != "shape"}


def strategy_from(data: dict[str, Any], *, labels: Collection[str], archetype: str, shapes: dict[str, str]) -> Strategy | None:
    """The plan in a model's answer; None when it plans nothing. A time that is not free is no plan, and a chosen shape stays."""
    outline, intent = _lines(data.get("outline"), 5), _line(data.get("intent_summary"))
    if not outline or not intent:
        return None
    proposed = data.get("archetype")
    chosen = archetype or (proposed if proposed in ARCHETYPES else "A1")
    times = tuple(time for time in _lines(data.get("times_to_offer"), 6) if time in labels)
    return Strategy(
        intent_summary=intent, personalization_points=_lines(data.get("personalization_points"), 4),
        should_offer_times=data.get("should_offer_times") is True and bool(labels), times_to_offer=times, outline=outline,
        must_avoid=_lines(data.get("must_avoid"), 6), archetype=chosen, shape=shapes.get(chosen, ""))


def _lines(found: Any, most: int) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, found if isinstance(found, list) else ())))[:most]


def _line(found: Any) -> str:
    return " ".join(str(found or "").replace("\x00", "").split())[:300] if isinstance(found, str) else ""

"""Which options does a model refuse, and in which words? As the real API did when asked; a model not listed refuses none."""

import re
from dataclasses import dataclass
from typing import Any

LEAST_OUTPUT = 16
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_GPT5 = ("minimal", "low", "medium", "high")


@dataclass(frozen=True)
class Limits:
    """What a model takes. No `efforts`: it cannot reason; `cold` says when a temperature is refused: never, always, reasoning."""

    efforts: tuple[str, ...]
    usual: str
    cold: str
    most_output: int = 128_000


LIMITS = {
    "gpt-5.2": Limits(("none", "low", "medium", "high", "xhigh"), "none", "reasoning"),
    "gpt-5.1": Limits(("none", "low", "medium", "high"), "none", "reasoning"),
    "gpt-5": Limits(_GPT5, "medium", "always"),
    "gpt-5-mini": Limits(_GPT5, "medium", "always"),
    "gpt-5-nano": Limits(_GPT5, "medium", "always"),
    "gpt-4.1": Limits((), "", "never", 32_768),
    "gpt-4.1-mini": Limits((), "", "never", 32_768),
}


@dataclass(frozen=True)
class Refusal:
    """Why a request is answered with 400."""

    message: str
    code: str
    param: str


def option_problem(body: dict[str, Any]) -> Refusal | None:
    """The first option of a Responses request that its model refuses."""
    limits = LIMITS.get(_DATED.sub("", str(body.get("model"))))
    if limits is None:
        return None
    reasoning = body.get("reasoning") if isinstance(body.get("reasoning"), dict) else {}
    return (_effort_problem(str(body["model"]), limits, reasoning.get("effort"))
            or _temperature_problem(limits, body, reasoning.get("effort") or limits.usual)
            or _output_problem(limits, body.get("max_output_tokens")))


def _effort_problem(model: str, limits: Limits, effort: Any) -> Refusal | None:
    if effort is None or effort in limits.efforts:
        return None
    if not limits.efforts:
        return Refusal("Unsupported parameter: 'reasoning.effort' is not supported with this model.", "unsupported_parameter",
                       "reasoning.effort")
    listed = ", ".join(f"'{each}'" for each in limits.efforts[:-1]) + f", and '{limits.efforts[-1]}'"
    return Refusal(f"Unsupported value: '{effort}' is not supported with the '{model}' model. Supported values are: {listed}.",
                   "unsupported_value", "reasoning.effort")


def _temperature_problem(limits: Limits, body: dict[str, Any], effort: str) -> Refusal | None:
    for name in ("temperature", "top_p"):
        value = body.get(name)
        if value is None:
            continue
        if limits.cold == "always" or (limits.cold == "reasoning" and effort != "none"):
            return Refusal(f"Unsupported parameter: '{name}' is not supported with this model.", "unsupported_parameter", name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 2:
            return Refusal(f"Invalid '{name}': expected a number from 0 to 2.", "invalid_value", name)
    return None


def _output_problem(limits: Limits, most: Any) -> Refusal | None:
    if most is None or (type(most) is int and LEAST_OUTPUT <= most <= limits.most_output):
        return None
    bound, code = ("minimum", "integer_below_min_value") if type(most) is int and most < LEAST_OUTPUT else (
        "maximum", "integer_above_max_value")
    wanted = f">= {LEAST_OUTPUT}" if bound == "minimum" else f"<= {limits.most_output}"
    side = "below" if bound == "minimum" else "above"
    return Refusal(f"Invalid 'max_output_tokens': integer {side} {bound} value. Expected a value {wanted}, but got {most} instead.",
                   code, "max_output_tokens")

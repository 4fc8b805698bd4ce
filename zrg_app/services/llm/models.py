"""What may each model be asked, and what does it cost? One table, and the one place that makes options from it.

An option a model refuses costs the whole answer (HTTP 400), so nothing is sent that is not in the table; a model that is
not in it is sent no effort and no temperature. The sandbox refuses as the real API does, from a table of its own.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal

from zrg_app.kit.errors import Invalid
from zrg_app.kit.settings import settings

MILLION = Decimal(1_000_000)
SCALE = ("none", "minimal", "low", "medium", "high", "xhigh")
LEAST_OUTPUT = 16
UNKNOWN_OUTPUT, UNKNOWN_CONTEXT = 16_384, 128_000
Temperature = Literal["always", "without_reasoning", "never"]

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|sandbox)$")
_ENTRY = re.compile(r"(?P<name>\S+)\s+(?P<input>[\d.]+)/(?P<output>[\d.]+)"
                    r"(?:\s+(?P<efforts>[a-z]+(?:,[a-z]+)*))??(?P<warm>\s+temperature)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Options a model accepts; prices in US dollars per million tokens, reasoning tokens count as output."""

    efforts: tuple[str, ...] = ()
    temperature: Temperature = "never"
    most_output: int = UNKNOWN_OUTPUT
    context: int = UNKNOWN_CONTEXT
    input_price: Decimal
    output_price: Decimal


def _gpt5(efforts: str, input_price: str, output_price: str, temperature: Temperature = "never") -> Model:
    return Model(efforts=tuple(efforts.split()), temperature=temperature, most_output=128_000, context=400_000,
                 input_price=Decimal(input_price), output_price=Decimal(output_price))


def _plain(input_price: str, output_price: str, *, most_output: int, context: int) -> Model:
    return Model(temperature="always", most_output=most_output, context=context, input_price=Decimal(input_price),
                 output_price=Decimal(output_price))


MODELS: dict[str, Model] = {
    "gpt-5.2": _gpt5("none low medium high xhigh", "1.75", "14", "without_reasoning"),
    "gpt-5.1": _gpt5("none low medium high", "1.25", "10", "without_reasoning"),
    "gpt-5": _gpt5("minimal low medium high", "1.25", "10"),
    "gpt-5-mini": _gpt5("minimal low medium high", "0.25", "2"),
    "gpt-5-nano": _gpt5("minimal low medium high", "0.05", "0.4"),
    "gpt-4.1": _plain("2", "8", most_output=32_768, context=1_047_576),
    "gpt-4.1-mini": _plain("0.4", "1.6", most_output=32_768, context=1_047_576),
    "text-embedding-3-small": Model(input_price=Decimal("0.02"), output_price=Decimal(0)),
    "text-embedding-3-large": Model(input_price=Decimal("0.13"), output_price=Decimal(0)),
}
WRITERS = tuple(name for name in MODELS if "embedding" not in name)


def names() -> tuple[str, ...]:
    """The models that can write, as a field may propose them."""
    return (*WRITERS, *_more(settings().more_models))


def known(model: str) -> Model | None:
    """What we know of a model: of the table or of ZRG_MODELS. Dated snapshots are as their family is; None for a stranger."""
    table = MODELS | _more(settings().more_models)
    return table.get(model) or table.get(_DATED.sub("", model))


def effort(model: str, wanted: str, *, with_temperature: bool = False) -> str | None:
    """The effort to send for `wanted`: the highest the model accepts that is not above it, else its lowest; None to send none.

    `extra_high` means xhigh. A model that takes a temperature only without reasoning does without when one is wanted.
    """
    found = known(model)
    if found is None or not found.efforts:
        return None
    if with_temperature and found.temperature == "without_reasoning":
        return "none"
    place = SCALE.index({"extra_high": "xhigh"}.get(wanted, wanted))
    accepted = sorted(found.efforts, key=SCALE.index)
    return max((each for each in accepted if SCALE.index(each) <= place), key=SCALE.index, default=accepted[0])


def takes_temperature(model: str) -> bool:
    """Whether a temperature may be sent, be it at the price of doing without reasoning."""
    found = known(model)
    return found is not None and found.temperature != "never"


def options(model: str, *, effort_wanted: str, temperature: float | None, max_output_tokens: int) -> dict[str, Any]:
    """The options of a request that this model accepts."""
    found = known(model)
    warm = temperature is not None and takes_temperature(model)
    most = found.most_output if found else UNKNOWN_OUTPUT
    made: dict[str, Any] = {"max_output_tokens": min(max(max_output_tokens, LEAST_OUTPUT), most)}
    if accepted := effort(model, effort_wanted, with_temperature=warm):
        made["reasoning"] = {"effort": accepted}
    if warm:
        made["temperature"] = min(max(float(temperature), 0.0), 2.0)
    return made


def room(model: str, max_output_tokens: int) -> int:
    """How many tokens may go in, so that the answer still fits the model's window."""
    found = known(model)
    return max((found.context if found else UNKNOWN_CONTEXT) - max_output_tokens, 1_000)


def cost(model: str, input_tokens: int, output_tokens: int) -> Decimal:
    """Dollars of one call; zero for a model without a known price."""
    found = known(model)
    if found is None:
        return Decimal(0)
    return (found.input_price * input_tokens + found.output_price * output_tokens) / MILLION


@cache
def _more(text: str) -> dict[str, Model]:
    """The models of ZRG_MODELS. Raises Invalid with the entry that cannot be read."""
    return dict(_entry(entry.strip()) for entry in text.split(";") if entry.strip())


def _entry(entry: str) -> tuple[str, Model]:
    match = _ENTRY.fullmatch(entry)
    efforts = tuple((match["efforts"] or "").split(",")) if match and match["efforts"] else ()
    if not match or set(efforts) - set(SCALE):
        raise Invalid(f"ZRG_MODELS: cannot read {entry[:80]!r}; write: name input/output [none,low,medium] [temperature].")
    try:
        prices = Decimal(match["input"]), Decimal(match["output"])
    except InvalidOperation as error:
        raise Invalid(f"ZRG_MODELS: the prices of {match['name']!r} are no numbers.") from error
    warmth: Temperature = "never" if not match["warm"] else "without_reasoning" if "none" in efforts else "always"
    if warmth == "always" and efforts:
        warmth = "never"
    return match["name"], Model(efforts=efforts, temperature=warmth, input_price=prices[0], output_price=prices[1])

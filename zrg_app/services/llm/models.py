"""What may each model be asked, and what does it cost? One table (FACTS sections 11.2)."""

from dataclasses import dataclass
from decimal import Decimal

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Options a model accepts; prices in US dollars per million tokens, reasoning tokens count as output."""

    efforts: tuple[str, ...]
    input_price: Decimal
    output_price: Decimal


MODELS: dict[str, Model] = {
    "gpt-5.2": Model(efforts=("none", "low", "medium", "high", "xhigh"), input_price=Decimal("1.75"), output_price=Decimal(14)),
    "gpt-5.1": Model(efforts=("none", "low", "medium", "high"), input_price=Decimal("1.25"), output_price=Decimal(10)),
    "gpt-5-mini": Model(efforts=("minimal", "low", "medium", "high"), input_price=Decimal("0.25"), output_price=Decimal(2)),
    "gpt-5-nano": Model(efforts=("minimal", "low", "medium", "high"), input_price=Decimal("0.05"), output_price=Decimal("0.4")),
}


def effort(model: str, wanted: str, *, with_temperature: bool = False) -> str | None:
    """The effort to send for `wanted`, one the model accepts; None for a model we do not know, which then gets none.

    A model that takes a temperature takes it only without reasoning.
    """
    known = MODELS.get(model)
    if known is None:
        return None
    if with_temperature and takes_temperature(model):
        return "none"
    return wanted if wanted in known.efforts else known.efforts[0]


def takes_temperature(model: str) -> bool:
    """Whether a temperature may be sent: models that can do without reasoning take one then, others refuse it."""
    known = MODELS.get(model)
    return known is not None and "none" in known.efforts


def cost(model: str, input_tokens: int, output_tokens: int) -> Decimal:
    """Dollars of one call; zero for a model without a known price. Dated snapshots cost what their family costs."""
    names = sorted(MODELS, key=len, reverse=True)
    family = next((name for name in names if model == name or model.startswith(f"{name}-")), None)
    if family is None:
        return Decimal(0)
    return (MODELS[family].input_price * input_tokens + MODELS[family].output_price * output_tokens) / MILLION

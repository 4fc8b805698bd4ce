"""How much of knowledge and memory may each caller of a model be told? Tokens per profile (FACTS section 11.4). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from zrg_app.services.knowledge.views import Passage

CHARACTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Tokens in all and per piece; 0 means that it is not told at all."""

    knowledge: int = 0
    asset: int = 0
    memory: int = 0
    entry: int = 0


BUDGETS: dict[str, Budget] = {
    "draft": Budget(knowledge=4000, asset=1200, memory=1200, entry=400),
    "revision": Budget(knowledge=3000, asset=1200, memory=800, entry=300),
    "auto_send_evaluator": Budget(knowledge=8000, asset=1600, memory=600, entry=300),
    "overseer_gate": Budget(memory=600, entry=300),
    "followup_parse": Budget(memory=400, entry=200),
    "followup_booking_gate": Budget(memory=600, entry=300),
}


def tokens_of(text: str) -> int:
    """About how many tokens a text takes; rather too many than too few."""
    return len(text) // CHARACTERS + 1


def within(passages: Iterable[Passage], *, tokens: int, per_asset: int) -> tuple[Passage, ...]:
    """The passages, best first, that fit; one that is too long is left out and a shorter one may follow."""
    kept: list[Passage] = []
    spent: dict[str, int] = {}
    for passage in passages:
        size, of_asset = tokens_of(passage.text), spent.get(passage.asset, 0)
        if sum(spent.values()) + size <= tokens and of_asset + size <= per_asset:
            spent[passage.asset] = of_asset + size
            kept.append(passage)
    return tuple(kept)

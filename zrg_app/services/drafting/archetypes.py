"""Which shapes may an e-mail take? Ten of them, so that a second try is not the first one in other words (FACTS section 10.2)."""

from zrg_app.services import llm

ARCHETYPES = llm.ARCHETYPES
TITLES: dict[str, str] = {
    "A1": "Answer with points", "A2": "Question first", "A3": "Two-line story", "A4": "Time first", "A5": "Understanding first",
    "A6": "One paragraph", "A7": "Numbered reasons", "A8": "Casual with a postscript", "A9": "Comparison", "A10": "Proof first"}


def next_archetype(current: str | None) -> str:
    """The shape after this one; the first after none, after an unknown one and after the last."""
    return ARCHETYPES[(ARCHETYPES.index(current) + 1) % len(ARCHETYPES)] if current in ARCHETYPES else ARCHETYPES[0]

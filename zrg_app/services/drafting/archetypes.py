"""Which shapes may an e-mail take? Ten of them, so that a second try is not the first one in other words (FACTS section 10.2)."""

from collections.abc import Mapping

ARCHETYPES: dict[str, str] = {
    "A1": "One short paragraph that answers, then two to four points as a list with hyphens, then one question.",
    "A2": "Begin with a question that shows you read what they wrote; answer in one short paragraph; end with the next step.",
    "A3": "Answer in one sentence; tell in two lines what a comparable client did with it, only if the facts tell one; one question.",
    "A4": "The next step first: the times or the link in the first sentence after the greeting; the answer after it, briefly.",
    "A5": "Name in one sentence what is difficult for them, without flattery; say how that is dealt with; offer one small step.",
    "A6": "One dense paragraph of four or five plain sentences and nothing else: answer, reason, next step.",
    "A7": "A sentence of answer, then two or three numbered points of what they get from it, then one question.",
    "A8": "Light and brief, as to a colleague: two short paragraphs, and a line beginning with P.S. that carries the next step.",
    "A9": "Set what they do today beside what changes, in two short paragraphs, without talking anybody down; then one question.",
    "A10": "Begin with one piece of proof from the facts (a client, a number); say what it means for them; then the next step.",
}
TITLES: dict[str, str] = {
    "A1": "Answer with a list", "A2": "Opens with a question", "A3": "Two-line story", "A4": "Times first", "A5": "Their worry first",
    "A6": "One paragraph", "A7": "Numbered gains", "A8": "Casual with P.S.", "A9": "Before and after", "A10": "Proof first"}


def next_archetype(current: str | None) -> str:
    """The shape after this one; the first after none, after an unknown one and after the last."""
    names = list(ARCHETYPES)
    return names[(names.index(current) + 1) % len(names)] if current in ARCHETYPES else names[0]


def shape_of(archetype: str, texts: Mapping[str, str]) -> str:
    """What the writer is told of a shape: the workspace's own text, else ours; empty for none."""
    return texts.get(archetype) or ARCHETYPES.get(archetype, "")

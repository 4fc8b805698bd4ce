"""What does the stand-in answer to each schema of the product, and how is an answer made to fit it?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.model.drafting import strategy_of, write_reply
from sandbox.model.intent import Reading, gives_orders, label_for, own_words, read_intent, signed_words
from sandbox.model.judging import evaluation, judged_reply, revision
from sandbox.model.lead_facts import memories_in, phones_in, return_date_in, scheduling_link_in
from sandbox.model.meetings import extraction
from sandbox.model.prompt import Prompt, own_facts
from sandbox.model.schema import Schema, choices_of, fitted, smallest

BY_RULE = "Written by the sandbox's rules, not by a model."


@dataclass(frozen=True)
class Question:
    """A prompt as read, how often it came before, the schema its answer must fit, and the sandbox's day."""

    prompt: Prompt
    reading: Reading
    round_number: int
    schema: Schema
    today: Any


def answer(name: str, question: Question) -> Any:
    """Return the answer to the schema called `name`; an unknown one gets its smallest fitting object."""
    rule = _RULES.get(name)
    known = rule(question) if rule else {}
    return fitted(question.schema, known) if known else smallest(question.schema)


def ask(prompt: Prompt, round_number: int, schema: Schema, today: Any) -> Question:
    """Put a question together."""
    return Question(prompt, read_intent(prompt.lead_text), round_number, schema, today)


def _sentiment(asked: Question) -> dict[str, Any]:
    labels, reading = choices_of(asked.schema, "label"), asked.reading
    return {"label": label_for(reading.intent, labels) if labels else reading.intent,
            "confidence": reading.confidence, "reason": reading.reason}


def _email_analysis(asked: Question) -> dict[str, Any]:
    own = own_words(asked.prompt.lead_text)
    signed = signed_words(asked.prompt.lead_text)
    mobile, direct = phones_in(signed)
    away = asked.reading.intent in ("away", "automatic")
    mass_mail = "view this email in your browser" in asked.prompt.lead_text.lower()
    said = _sentiment(asked) | ({"label": label_for("automatic", choices_of(asked.schema, "label"))} if mass_mail else {})
    return said | {
        "cleaned_reply": own, "mobile_phone": mobile, "direct_phone": direct, "scheduling_link": scheduling_link_in(signed),
        "is_newsletter": mass_mail,
        "return_date": return_date_in(own, asked.today) if away else ""}


def _draft_reply(asked: Question) -> dict[str, Any]:
    return {"body": write_reply(asked.prompt, asked.reading, asked.round_number), "confidence": asked.reading.confidence,
            "reason": f"{asked.reading.reason} {BY_RULE}"}


def _verification(asked: Question) -> dict[str, Any]:
    return {"final_draft": asked.prompt.draft, "changed": False, "violations": [], "changes": []}


def _gate(asked: Question) -> dict[str, Any]:
    return {"decision": "approve", "final_draft": asked.prompt.draft, "confidence": 0.9, "issues": [],
            "rationale": f"Nothing speaks against it. {BY_RULE}"}


def _memories(asked: Question) -> dict[str, Any]:
    own = own_words(asked.prompt.lead_text)
    return {"memories": [] if gives_orders(own) else memories_in(own)}


def _notes(asked: Question) -> dict[str, Any]:
    between = re.search(r"<(document|asset|text)>(.*?)</\1>", asked.prompt.ours, re.S)
    text = between[2] if between else asked.prompt.value("text", "content") or asked.prompt.ours
    lines = " ".join(line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("<"))
    return {"notes": " ".join(re.split(r"(?<=[.!?])\s+", lines)[:5])[:800]}


_RULES: dict[str, Callable[[Question], dict[str, Any]]] = {
    "sentiment": _sentiment,
    "email_analysis": _email_analysis,
    "draft_strategy": lambda asked: strategy_of(asked.prompt, asked.reading, choices_of(asked.schema, "archetype")),
    "draft_reply": _draft_reply,
    "draft_verification": _verification,
    "meeting_extraction": lambda asked: extraction(asked.prompt, asked.reading),
    "overseer_gate": _gate,
    "auto_send_evaluation": lambda asked: evaluation(asked.prompt, asked.reading),
    "auto_send_revision": lambda asked: revision(asked.prompt),
    "memory_proposals": _memories,
    "knowledge_notes": _notes,
    "reply_judge": lambda asked: judged_reply(asked.prompt, own_facts(asked.prompt)),
}

"""What does a reply mean? Rules first, then a model: of an e-mail the whole analysis, else the plain classifier. Saves nothing."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zrg_app.kit import clock, db, logs
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import llm
from zrg_app.services.llm.transcript import marked, one_line, transcript
from zrg_app.services.sentiment.findings import believed, returns
from zrg_app.services.sentiment.policy import (
    MODEL_LABELS,
    Reply,
    Verdict,
    by_machine,
    by_rule,
    confidence_of,
    from_model,
    return_date,
    without_model,
)

log = logs.get_logger()

# A passing failure is tried again by the job; these are not passing.
FINAL = {"missing_key", "spend_limit", "quota", "locked", "rejected", "refused", "malformed", "incomplete"}
# After these the plain question may still be answered: it is shorter, and asks for less.
_SMALLER = {"refused", "malformed", "incomplete"}
LONGEST_HISTORY = 40_000
ANALYSIS_TOKENS, PLAIN_TOKENS = 1200, 900

_LABEL: dict[str, Any] = {"type": "string", "enum": [str(label) for label in MODEL_LABELS]}
_TEXT, _NUMBER = {"type": "string"}, {"type": "number"}
_SAID: dict[str, Any] = {"label": _LABEL, "confidence": _NUMBER, "reason": _TEXT}
_FOUND: dict[str, Any] = {"cleaned_reply": _TEXT, "is_newsletter": {"type": "boolean"}, "mobile_phone": _TEXT, "direct_phone": _TEXT,
                          "scheduling_link": _TEXT, "return_date": _TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One way to ask: the prompt, the schema's name and its properties, and how long the answer may be."""

    prompt: str
    schema_name: str
    properties: dict[str, Any]
    tokens: int


_ANALYSIS = _Question(prompt="sentiment.email_analysis", schema_name="email_analysis", properties=_SAID | _FOUND, tokens=ANALYSIS_TOKENS)
_PLAIN = _Question(prompt="sentiment.reply", schema_name="sentiment", properties=_SAID, tokens=PLAIN_TOKENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, how sure the model was (None without one), and what else was found, as far as the text bears it out."""

    verdict: Verdict
    confidence: float | None = None
    analysis: dict[str, Any] = field(default_factory=dict)


def judge(scope: Scope, reply: Reply, history: list[dict], *, first_name: str = "", lead_id: UUID | None = None) -> Judged:
    """Understand a reply. `history` are the messages before it, oldest first. Raises ModelFailed when it is worth another try.

    Without a key, or with the day's money spent, the answer is a safe one: never a positive label.
    """
    ruled = by_rules(reply)
    if ruled:
        return ruled
    text = _text(reply, history, first_name)
    for question in (_ANALYSIS, _PLAIN) if reply.channel == "email" else (_PLAIN,):
        try:
            data = _ask(scope, question, text, lead_id)
        except ModelFailed as failed:
            if failed.reason not in FINAL:
                raise
            log.warning("sentiment.model_unavailable", reason=failed.reason, schema=question.schema_name)
            if failed.reason not in _SMALLER:
                break
            continue
        judged = _read(reply, data)
        if judged:
            return judged
    return _with_day(reply, without_model(reply, clock.now().isoformat()))


def by_rules(reply: Reply) -> Judged | None:
    """What is beyond doubt without any model, with the day of return an absence notice names; None leaves it to the model."""
    verdict = by_rule(reply, clock.now().isoformat())
    return _with_day(reply, verdict) if verdict else None


def _ask(scope: Scope, question: _Question, text: str, lead_id: UUID | None) -> dict[str, Any]:
    with db.transaction(scope) as tx:
        prompt = llm.prompt_for(tx, scope, question.prompt)
    schema = {"type": "object", "additionalProperties": False, "required": list(question.properties), "properties": question.properties}
    return llm.ask(scope, purpose="sentiment", prompt=prompt, text=text, schema_name=question.schema_name, schema=schema,
                   model=settings().sentiment_model, max_output_tokens=question.tokens, lead_id=lead_id).data


def _read(reply: Reply, data: dict[str, Any]) -> Judged | None:
    verdict = from_model(data, reply)
    if verdict is None:
        return None
    if verdict.sentiment is Sentiment.NEUTRAL and verdict.source is SentimentSource.MODEL:
        # Words of absence alone do not outweigh a model that hears a person, but one that hears nothing.
        away = by_machine(reply, clock.now().isoformat())
        verdict = away if away and away.sentiment is Sentiment.OUT_OF_OFFICE else verdict
    found = believed(data, reply.own, verdict.sentiment, clock.now().date()) if _FOUND.keys() & data.keys() else {}
    if not found.get("return_date"):
        found = found | _with_day(reply, verdict).analysis
    return Judged(verdict=verdict, confidence=confidence_of(data), analysis=found)


def _with_day(reply: Reply, verdict: Verdict) -> Judged:
    """A verdict with the day of return that the text of an absence notice names."""
    if verdict.sentiment is not Sentiment.OUT_OF_OFFICE:
        return Judged(verdict=verdict)
    now = clock.now()
    back = returns(return_date(reply, now.isoformat()), now.date())
    return Judged(verdict=verdict, analysis={"return_date": back} if back else {})


def _text(reply: Reply, history: list[dict], first_name: str) -> str:
    """The input of the model: who writes, when, what was said before (the newest of it when it is long), what they say now."""
    before = transcript(history)
    if len(before) > LONGEST_HISTORY:
        before = "(earlier messages left out)\n" + before[-LONGEST_HISTORY:].partition("\n")[2]
    lines = [f"channel: {reply.channel}", f"today: {clock.now():%Y-%m-%d}", f"first_name: {one_line(first_name)}"]
    if reply.subject:
        lines.append(f"subject: {one_line(reply.subject)}")
    return "\n".join(lines) + f"\n\nConversation:\n{before}\n\n{marked(reply.own)}"

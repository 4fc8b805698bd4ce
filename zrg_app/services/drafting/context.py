"""What is the writer given? The facts of the workspace and the lead, and the conversation, as text. Pure."""

import re
from collections.abc import Iterable

from zrg_app.models.ai_vocabulary import MemorySource
from zrg_app.models.vocabulary import Channel, Sentiment
from zrg_app.services.drafting.material import Material
from zrg_app.services.drafting.strategy import Strategy
from zrg_app.services.knowledge import MemoryView
from zrg_app.services.llm.transcript import marked, one_line, transcript, unmarked
from zrg_app.services.reading import parse_times

FACT = 2_000
MEETS = {Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INTERESTED, Sentiment.MEETING_BOOKED}
_SCHEDULING = re.compile(r"\b(?:meet|meeting|call|calendar|schedul\w+|slot|times?|availab\w+|book|friday|monday|tuesday|wednesday|"
                         r"thursday|tomorrow|week|termin|treffen|rendez-vous|reuni[oó]n|cita|llamada|appel|anruf)\b", re.IGNORECASE)
_WORDS = {"email": "{0} to {1} characters", "sms": "at most three parts of 160 characters, better one",
          "linkedin": "at most 800 characters"}


def needs_times(material: Material, strategy: Strategy | None = None) -> bool:
    """Whether free times belong into this answer; they are shown to the writer only then."""
    if not material.times:
        return False
    if _SCHEDULING.search(material.instruction):
        return True
    if strategy is not None:
        return strategy.should_offer_times
    asked = _SCHEDULING.search(material.newest) or parse_times(material.newest, material.at.isoformat(), material.zone)
    return material.sentiment in MEETS or bool(asked)


def facts_for(material: Material, strategy: Strategy | None = None, mistakes: Iterable[str] = ()) -> str:
    """Everything a draft may draw on, with the conversation and the newest message between its markers."""
    parts = [_identity(material), _ours(material), _lists(material, strategy)]
    parts += [f"mistake in your last attempt, do not repeat: {mistake}" for mistake in mistakes]
    if material.previous:
        parts.append(f"The draft so far, to be changed as the instruction says:\n{drafted(material.previous)}")
    if strategy is not None:
        parts.append(strategy.text())
    parts.append(f"Conversation:\n{transcript(material.history)}\n\n{marked(material.newest)}")
    return "\n\n".join(part for part in parts if part)


def drafted(body: str) -> str:
    """A draft between markers it cannot contain."""
    return f"<draft>\n{unmarked(body)}\n</draft>"


def told(text: str, limit: int = FACT) -> str:
    """A fact on one line and without our markers, so that it can pose as nothing else."""
    return " ".join(unmarked(text).split())[:limit]


def _identity(material: Material) -> str:
    """Who writes to whom; what a stranger chose (a name, a company) is cut to one short line."""
    lead, signed = material.lead, material.signature
    lines = {
        "channel": material.channel, "first_name": lead.get("first_name", ""), "last_name": lead.get("last_name", ""),
        "label": material.sentiment, "lead company": lead.get("company", "") or signed.company,
        "lead job title": lead.get("job_title", "") or signed.title, "campaign": lead.get("campaign", ""),
        "signed by": signed.name if signed.name.split()[:1] != lead.get("first_name", "").split()[:1] else "",
        "lead's own calendar": " ".join(signed.schedulers[:2]), "instruction": material.instruction[:500]}
    wide = {"lead's own calendar", "instruction"}
    return "\n".join(f"{name}: {told(value, 500) if name in wide else one_line(told(value))}" for name, value in lines.items() if value)


def _ours(material: Material) -> str:
    """What the workspace says of itself, each on one line."""
    persona, company, least, most = material.persona, material.company, *material.length
    greeting = {Channel.SMS: persona.sms_greeting, Channel.LINKEDIN: persona.linkedin_greeting}.get(material.channel) or persona.greeting
    lines = {
        "sender_name": persona.sender_name or company.name, "sender_company": company.name, "tone": persona.tone, "greeting": greeting,
        "goal": persona.goals or company.goals, "target result": company.target_result, "what we offer": offer_of(material),
        "ideal customer": persona.ideal_customer_profile or company.ideal_customer_profile,
        "signature": persona.signature if material.channel == Channel.EMAIL else "", "website": material.website,
        "booking_link": company.booking_link, "length": _WORDS[material.channel].format(least, most),
        "archetype": material.archetype, "shape": material.archetypes.get(material.archetype, ""),
        "booking": material.booking_instructions, "opt-out line (added by us, do not write one)": opt_out_of(material),
        "meeting booked for": f"{material.meeting:%A, %B %d %Y %H:%M} UTC" if material.meeting else ""}
    return "\n".join(f"{name}: {told(value)}" for name, value in lines.items() if value)


def _lists(material: Material, strategy: Strategy | None) -> str:
    shown = [time.label for time in material.times] if needs_times(material, strategy) else []
    asked = [f"{question}{' (required)' if required else ''}" for question, required in material.company.questions]
    known = [f"{told(one.text, 5_000)} (from {one_line(told(one.asset))})" for one in material.passages]
    lists = {"qualification questions": asked, "knowledge": known, "memory": [_memory(one) for one in material.memory],
             "times offered before": [f"{time.label}" for time in material.offered[:6]],
             "free_times": shown, "never use these words": [", ".join(material.forbidden)] if material.forbidden else []}
    return "\n".join("\n".join([f"{name}:", *(f"- {item}" for item in items)]) for name, items in lists.items() if items)


def _memory(one: MemoryView) -> str:
    since = f", {one.created_at:%Y-%m-%d}" if one.created_at else ""
    who = "told by a colleague" if one.source == MemorySource.MANUAL else "read from a message"
    return f"{one_line(told(one.category))}: {told(one.content, 1_600)} ({who}{since})"


def offer_of(material: Material) -> str:
    """What is offered: the persona's and the workspace's words, each once."""
    return " ".join(dict.fromkeys(text for text in (material.persona.service_description, material.company.service_description) if text))


def opt_out_of(material: Material) -> str:
    """The line every message of this channel must carry; empty when there is none."""
    return {Channel.EMAIL: material.company.email_opt_out_line, Channel.SMS: material.company.sms_opt_out_line}.get(material.channel, "")

"""What are the judging models told? The material of a draft as text; what the lead wrote stays data. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zrg_app.services.autosend.facts import Rules
from zrg_app.services.booking import OfferedTimeView
from zrg_app.services.drafting.material import Material
from zrg_app.services.llm.transcript import marked, one_line, transcript

# Characters; four of them are about a token (FACTS section 8.2).
HISTORY, OFFER, GOALS, KNOWLEDGE, PASSAGE, MEMORY = 18_000, 4_800, 3_600, 32_000, 6_400, 4_800


def about(material: Material, rules: Rules, body: str, *, received_at: datetime, extraction: dict[str, Any] | None = None,
          more: dict[str, str] | None = None) -> str:
    """Everything a judge may hold the draft against, the draft last but for what the lead wrote."""
    company, persona = material.company, material.persona
    lines = {
        "channel": material.channel, "subject": one_line(material.subject), "label": material.sentiment,
        "reply_received_at": received_at.isoformat(timespec="minutes"), "first_name": one_line(material.lead.get("first_name", "")),
        "lead company": one_line(material.lead.get("company", "")), "sender_name": persona.sender_name or company.name,
        "lead_phone_on_file": _yes(rules.lead.has_phone),
        "what we offer": (persona.service_description or company.service_description)[:OFFER],
        "goals": (persona.goals or company.goals)[:GOALS], "booking link": company.booking_link, "website": material.website,
        "our hours": f"{rules.schedule.mode} {rules.schedule.start}-{rules.schedule.end}", "zone": material.zone,
        "instructions for booking": material.booking_instructions, **(more or {})}
    told = "\n".join(f"{name}: {' '.join(value.split())}" for name, value in lines.items() if value)
    parts = [told, _list("Free times", [time.label for time in material.times]),
             _list("Times offered before", _numbered(material.offered)), _list("Knowledge", knowledge(material)),
             _list("Remembered of the lead", remembered(material)), _list("What the lead wants of a meeting", _wants(extraction))]
    conversation = transcript(material.history)[-HISTORY:]
    return "\n\n".join([*filter(None, parts), f"Conversation:\n{conversation}", f"Draft:\n<draft>\n{body}\n</draft>",
                        marked(material.newest)])


def for_extraction(material: Material) -> str:
    """What the reader of a lead's wishes about a meeting is told."""
    questions = [f"{question}{' (must be met)' if required else ''}" for question, required in material.company.questions]
    parts = [f"zone: {material.zone}", _list("Offered times", _numbered(material.offered)), _list("Qualification questions", questions)]
    return "\n\n".join([*filter(None, parts), f"Conversation:\n{transcript(material.history)[-HISTORY:]}", marked(material.newest)])


def our_words(material: Material) -> str:
    """All our own text that a link may stand in: the lead's words are not among it, so that no reply can plant one."""
    persona, company = material.persona, material.company
    ours = [message["body"] for message in material.history if message["direction"] == "outbound"]
    return "\n".join([
        company.booking_link, company.service_description, company.goals, company.target_result, company.name,
        company.email_opt_out_line, company.sms_opt_out_line, persona.signature, persona.goals, persona.service_description,
        persona.greeting, persona.sms_greeting, persona.linkedin_greeting, material.website, material.booking_instructions,
        material.instruction, *(passage.text for passage in material.passages), *ours])


def knowledge(material: Material) -> list[str]:
    """The passages of knowledge, each and all within a budget."""
    kept, spent = [], 0
    for passage in material.passages:
        text = " ".join(passage.text.split())[:PASSAGE]
        spent += len(text)
        if spent > KNOWLEDGE:
            break
        kept.append(f"{one_line(passage.asset)}: {text}")
    return kept


def remembered(material: Material) -> list[str]:
    """What is remembered of the lead, a line each, within a budget."""
    kept, spent = [], 0
    for memory in material.memory:
        line = f"{one_line(memory.category)}: {' '.join(memory.content.split())}"
        spent += len(line)
        if spent > MEMORY:
            break
        kept.append(line)
    return kept


def _wants(extraction: dict[str, Any] | None) -> list[str]:
    return [f"{name}: {value}" for name, value in (extraction or {}).items() if value not in ("", None, [], False)]


def _numbered(times: Sequence[OfferedTimeView]) -> list[str]:
    return [f"{place}. {time.label}" for place, time in enumerate(times, 1)]


def _list(title: str, lines: Sequence[str]) -> str:
    return f"{title}:\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"

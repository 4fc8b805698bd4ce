"""How do the tokens in a persona's words become names? `{firstName}` and its kin (FACTS section 6.1). Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from zrg_app.services.knowledge.views import PersonaView

ALIASES = {"{FIRST_NAME}": "{firstName}", "{{contact.first_name}}": "{firstName}", "{name}": "{senderName}", "{company}": "{companyName}"}
_TOKEN = re.compile(r"\{[^{}\n]{1,60}\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every token that has a value replaced by it; other tokens stay as they are."""
    for alias, token in ALIASES.items():
        text = text.replace(alias, token)
    for token, value in values.items():
        text = text.replace("{" + token + "}", value or "{" + token + "}")
    return text


def spoken(persona: PersonaView, *, company: str, lead: Mapping[str, str]) -> PersonaView:
    """The persona as it speaks to a lead (`first_name`, `last_name`, `company`, `email`, `phone`).

    A greeting that lacks a value greets nobody, and of a signature the lines that lack one are left out: nothing is ever sent
    with an empty token.
    """
    values = {"firstName": lead.get("first_name", ""), "lastName": lead.get("last_name", ""), "email": lead.get("email", ""),
              "phone": lead.get("phone", ""), "leadCompanyName": lead.get("company", ""), "companyName": company,
              "senderName": persona.sender_name or persona.name or company}
    greetings = {name: _whole(filled(getattr(persona, name), values)) for name in ("greeting", "sms_greeting", "linkedin_greeting")}
    lines = (filled(line, values) for line in persona.signature.splitlines())
    return replace(persona, signature="\n".join(line for line in lines if not _TOKEN.search(line)), **greetings)


def _whole(text: str) -> str:
    return "" if _TOKEN.search(text) else text

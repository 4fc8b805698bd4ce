"""How does a message of a persona begin and end on each channel? For a look before anything is saved. Pure."""

from collections.abc import Mapping

from zrg_app.services.knowledge.filling import filled
from zrg_app.services.knowledge.views import PersonaView, PreviewView

SAMPLE = {"firstName": "Dana", "lastName": "Kessler", "leadCompanyName": "Northwind Freight"}
_USUAL = {"email": "Hi {firstName},", "sms": "Hi {firstName},", "linkedin": "Hi {firstName},"}


def greeting_of(persona: PersonaView, channel: str) -> str:
    """The greeting of a channel: its own, else the one of e-mail; empty when none is set."""
    own = {"sms": persona.sms_greeting, "linkedin": persona.linkedin_greeting}.get(channel, "")
    return own or persona.greeting


def preview(persona: PersonaView, *, company: str, opt_out: Mapping[str, str] | None = None) -> tuple[PreviewView, ...]:
    """The opening and the end per channel for a sample lead. `opt_out` are the lines that must stand below, by channel."""
    found = []
    for channel in _USUAL:
        greeting = greeting_of(persona, channel) or _USUAL[channel]
        # A text message carries no signature: it would cost a part of its own.
        below = [persona.signature if channel == "email" else "", (opt_out or {}).get(channel, "")]
        found.append(PreviewView(channel=channel, opening=_filled(greeting, persona, company),
                                 closing=_filled("\n\n".join(part for part in below if part), persona, company)))
    return tuple(found)


def _filled(text: str, persona: PersonaView, company: str) -> str:
    return filled(text, SAMPLE | {"senderName": persona.sender_name or persona.name, "companyName": company})

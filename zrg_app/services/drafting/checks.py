"""What must a draft never say? Pure code that no model can talk its way past (FACTS section 10.3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

LIMITS = {"email": 4_000, "sms": 480, "linkedin": 1_500}
_PLACEHOLDER = re.compile(r"\{[^{}\n]{1,60}\}|"
                          r"\[(?:your|first|last|name|company|insert|link|date|time)[^\]\n]{0,60}\]|<(?:name|company|link)>",
                          re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"']+", re.IGNORECASE)
_SELF = re.compile(r"\b(?:as an ai|as a language model|i am an ai|i'm an ai|ai language model|large language model)\b", re.IGNORECASE)
_PRICE = re.compile(r"(?:[$€£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:usd|eur|gbp|dollars|euros|pounds)\b)", re.IGNORECASE)
_MARKER = re.compile(r"</?lead_message>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft and everything the writer was given, so that what it says can be held against it."""

    channel: str
    body: str
    known_text: str
    other_names: tuple[str, ...] = ()


def _unknown(pattern: re.Pattern, proposal: Proposal) -> bool:
    known = _squeezed(proposal.known_text)
    return any(_squeezed(found.rstrip(".,;:!?)")) not in known for found in pattern.findall(proposal.body))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


CHECKS: dict[str, Callable[[Proposal], bool]] = {
    "It is empty": lambda proposal: not proposal.body.strip(),
    "It is too long for the channel": lambda proposal: len(proposal.body) > LIMITS[proposal.channel],
    "It has a blank to be filled in": lambda proposal: bool(_PLACEHOLDER.search(proposal.body)),
    "It names a link nobody gave": lambda proposal: _unknown(_LINK, proposal),
    "It names a price nobody gave": lambda proposal: _unknown(_PRICE, proposal),
    "It calls itself a machine": lambda proposal: bool(_SELF.search(proposal.body)),
    "It repeats our markers": lambda proposal: bool(_MARKER.search(proposal.body)),
    "It calls the lead by another's name": lambda proposal: _greets_another(proposal),
}


def failed_checks(proposal: Proposal) -> tuple[str, ...]:
    """The sentences of the checks that `proposal` fails; empty means it may be shown as ready."""
    return tuple(sentence for sentence, fails in CHECKS.items() if fails(proposal))


def _greets_another(proposal: Proposal) -> bool:
    opening = proposal.body.strip().split("\n", 1)[0][:80].lower()
    return any(re.search(rf"\b(?:hi|hello|hey|dear|hallo|bonjour|hola)\s+{re.escape(name.lower())}\b", opening)
               for name in proposal.other_names if name)

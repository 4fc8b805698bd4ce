"""What does a lead want, judged by plain rules, and which of the given labels says so?"""

import re
from dataclasses import dataclass

from sandbox.model.intent_words import ELSEWHERE, WORDS

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b|\bsystem prompt\b"
    r"|\b(?:label|classify|mark|categori[sz]e|tag|score)\b.{0,20}\b(?:this|it|me)\b.{0,30}\b(?:as|meeting|interested|positive)\b"
    r"|\byou are (?:now )?an? (?:ai|assistant|language model|bot)\b|\bconfidence\W{1,4}(?:of )?[01]\b", re.I)
_QUOTED = re.compile(r"(?im)^(?:on|am|le|el|il|op|em|den) .{5,160}(?:wrote|schrieb.*|a [ée]crit|escribi[óo]|ha scritto|schreef.*"
                     r"|escreveu|skrev.*)\s*:\s*$"
                     r"|^-{2,} ?(?:original message|forwarded message|urspr\w+ nachricht).*$|^_{10,}$|^(?:from|von|de|da) ?: .{3,}$")


@dataclass(frozen=True)
class Reading:
    """One intent with how sure the rules are (0 to 1) and a sentence that says why."""

    intent: str
    confidence: float
    reason: str


_LABELS: dict[str, tuple[str, ...]] = {
    "opt_out": ("blacklist", "optout", "unsubscribe", "notinterested"),
    "threat": ("blacklist", "notinterested"),
    "away": ("outofoffice", "ooo", "automatedreply"),
    "automatic": ("automatedreply", "autoreply", "outofoffice"),
    "refusal": ("notinterested", "negative"),
    "call": ("callrequested", "meetingrequested", "interested"),
    "meeting": ("meetingrequested", "interested", "positive"),
    "later": ("followup", "neutral"),
    "objection": ("objection", "notinterested"),
    "information": ("informationrequested", "interested"),
    "interest": ("interested", "positive", "informationrequested", "followup"),
    "unclear": ("neutral", "new", "followup"),
}
_RULES = tuple((intent, confidence, re.compile(f"{pattern}|{ELSEWHERE[intent]}" if intent in ELSEWHERE else pattern, re.I | re.M), words)
               for intent, confidence, pattern, words in WORDS)


def own_words(text: str) -> str:
    """What the lead wrote: without quoted lines, what follows a line that opens a quotation, and the signature."""
    return re.split(r"(?m)^-- ?$", signed_words(text))[0].strip()


def signed_words(text: str) -> str:
    """What the lead wrote with the signature under it."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    return _QUOTED.split(kept.replace("\u2019", "'"))[0].strip()


def gives_orders(text: str) -> bool:
    """Whether a text speaks to the machine that reads it."""
    return bool(_ORDERS.search(own_words(text)))


def read_intent(text: str) -> Reading:
    """Return the first rule that fits the words the lead wrote; quotations and orders to the reader do not count."""
    own = own_words(text)
    own = " ".join(part for part in re.split(r"(?<=[.!?\n])", own) if not _ORDERS.search(part)) if _ORDERS.search(own) else own
    for intent, confidence, pattern, words in _RULES:
        if pattern.search(own):
            return Reading(intent, confidence, f"The lead {words}.")
    return Reading("unclear", 0.55, "No rule fits these words.")


def label_for(intent: str, labels: list[str]) -> str:
    """Return the label of the list that says this intent; a list without any gives its neutral one, else its last."""
    plain = {re.sub(r"[^a-z]", "", label.lower()): label for label in labels}
    wishes = (*_LABELS[intent], *_LABELS["unclear"])
    return next((plain[wish] for wish in wishes if wish in plain), labels[-1])

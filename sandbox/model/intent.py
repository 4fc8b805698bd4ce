"""What does a lead want, judged by plain rules, and which of the given labels says so?"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """One intent with how sure the rules are (0 to 1) and a sentence that says why."""

    intent: str
    confidence: float
    reason: str


_RULES: tuple[tuple[str, float, str, str], ...] = (
    ("opt_out", 0.98, r"\b(unsubscribe|stop (?:emailing|texting|messaging|contacting)|remove me|take me off|opt[ -]?out"
     r"|do not (?:contact|email|text)|don'?t (?:contact|email|text))\b|^\W*stop\W*$", "asks not to be contacted again"),
    ("away", 0.96, r"\b(out of (?:the )?office|ooo|on (?:annual |parental |maternity )?leave|on vacation|on holiday"
     r"|limited access to (?:my )?e?-?mail)\b", "is away"),
    ("automatic", 0.93, r"\b(automatic reply|auto-?reply|this mailbox is not monitored|ticket (?:number|#)"
     r"|no longer (?:with|works? (?:at|for)))\b", "was written by a machine"),
    ("refusal", 0.95, r"\b(not interested|no,? thanks?(?: you)?|not a (?:good )?fit|not for (?:me|us)|no need"
     r"|we'?ll pass|not (?:right now|at this time))\b", "declines"),
    ("call", 0.92, r"\b(call me|give me a (?:call|ring)|ring me|phone me|my (?:cell|mobile|number) is|by phone)\b",
     "asks for a phone call"),
    ("meeting", 0.92, r"\b(meet(?:ing)?|book(?: a| some)? (?:time|slot|call)|calendar|schedule|zoom|demo"
     r"|set up (?:a )?(?:time|call)|(?:are you|i'?m|i am) (?:free|available)|(?:mon|tues|wednes|thurs|fri)day|tomorrow"
     r"|next week)\b",
     "wants to meet"),
    ("later", 0.88, r"\b(reach out (?:again )?(?:in|next|later)|circle back|follow up|next (?:quarter|month|year)"
     r"|later this|in (?:a few|two|three|\d+) (?:weeks|months)|busy)\b", "asks to be written to later"),
    ("objection", 0.82, r"\b(too expensive|no budget|already (?:have|use|work with)|under contract|happy with)\b",
     "raises an objection"),
    ("information", 0.9, r"\b(price|pricing|cost|how much|more (?:info|information|details)|send (?:me|over|us)"
     r"|case stud|how does|what (?:is|are|do)|who (?:is|are)|tell me more|example)|\?", "asks for information"),
    ("interest", 0.87, r"\b(interested|sounds (?:good|great|interesting)|keen|love to|let'?s (?:talk|do|chat)|yes|sure"
     r"|happy to)\b", "shows interest"),
)
_LABELS: dict[str, tuple[str, ...]] = {
    "opt_out": ("blacklist", "optout", "unsubscribe", "notinterested"),
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


def read_intent(text: str) -> Reading:
    """Return the first rule that fits the words the lead wrote; quoted lines do not count."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    own = re.split(r"(?im)^on .{5,120} wrote:\s*$", own.replace("\u2019", "'"))[0]
    for intent, confidence, pattern, words in _RULES:
        if re.search(pattern, own, re.I | re.M):
            return Reading(intent, confidence, f"The lead {words}.")
    return Reading("unclear", 0.55, "No rule fits these words.")


def label_for(intent: str, labels: list[str]) -> str:
    """Return the label of the list that says this intent; a list without any gives its neutral one, else its last."""
    plain = {re.sub(r"[^a-z]", "", label.lower()): label for label in labels}
    wishes = (*_LABELS[intent], *_LABELS["unclear"])
    return next((plain[wish] for wish in wishes if wish in plain), labels[-1])

"""How sure may one be that a draft can be sent unseen, and how good is it, by plain rules?"""

import re
from typing import Any

from sandbox.model.intent import Reading, gives_orders, own_words
from sandbox.model.prompt import Prompt, own_facts

_PRICE = re.compile(r"\b(?:pric\w+|cost\w*|fees?|how much|rates?|quote|kostet|preis\w*|combien|tarifs?|precios?|quanto costa"
                    r"|prezz[oi])\b", re.I)
_AMOUNT = re.compile(r"[$\u20ac\u00a3]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$\u20ac\u00a3]|usd|eur|gbp|dollars?|euros?)\b", re.I)
_LEGAL = re.compile(r"\b(?:legal|lawyer|attorney|solicitor|contract terms|liability|gdpr|lawsuit|cease and desist|anwalt|avocat"
                    r"|abogado)\b", re.I)
_ANGER = re.compile(r"\b(?:angry|furious|ridiculous|unacceptable|scam|spam|annoy\w+|disgust\w+|worst"
                    r"|kidding me|ashamed|do you people)\b|!{3,}", re.I)
_IRONY = re.compile(r"\boh,? (?:wonderful|great|joy|sure)\b|\byet another\b|\bholding my breath\b|\beiffel tower\b|\bwhen (?:hell|pigs)\b"
                    r"|\bmy own kind\b", re.I)
_ASKED = re.compile(r"\b(?:what|which|how|why|when|who|where)\b", re.I)
_PLACEHOLDER = re.compile(r"\[[^\]\n]{2,40}\]|\{\{?[^}\n]{1,40}\}?\}|\bTBD\b|\bXX+\b")
_NEVER = {"opt_out": "They ask not to be written to.", "threat": "They are angry or threaten consequences.",
          "automatic": "A machine wrote it.", "away": "They are away."}
_SURE = {"meeting": 0.95, "interest": 0.92, "call": 0.85, "later": 0.8, "refusal": 0.75, "objection": 0.6, "unclear": 0.5}
_COMMON = set("what when where which does that this with have your from about there would could should they them their will into "
              "more than some".split())


def evaluation(prompt: Prompt, reading: Reading) -> dict[str, Any]:
    """Return whether the draft may leave without a person."""
    own = own_words(prompt.lead_text)
    hold = _never(own, reading)
    if hold:
        return _told(False, 0.05, hold)
    if not prompt.draft and "draft" not in prompt.ours.lower():
        return _told(False, 0.05, "There is no draft.")
    if _PLACEHOLDER.search(prompt.draft):
        return _told(False, 0.1, "The draft has a gap to be filled in.")
    facts = own_facts(prompt)
    if _PRICE.search(own) and not _AMOUNT.search(facts):
        return _told(False, 0.4, "They ask about the price and the facts name none.")
    if own.count("?") > 1 or len(_ASKED.findall(own)) > 2:
        return _told(False, 0.55, "They ask several questions at once.")
    if reading.intent == "information":
        known = _is_known(own, facts)
        return _told(known, 0.93 if known else 0.6, "The facts answer the question." if known else "The facts do not answer the question.")
    sure = _SURE.get(reading.intent, 0.5)
    return _told(sure >= 0.7, sure, reading.reason)


def revision(prompt: Prompt) -> dict[str, Any]:
    """Return the draft without the sentences that name what was found fault with: amounts and gaps."""
    kept = [line for line in prompt.draft.split("\n") if not _PLACEHOLDER.search(line)]
    body = "\n".join(_without_unknown_amounts(line, own_facts(prompt)) for line in kept)
    changed = body != prompt.draft
    return {"body": body.strip(), "reason": "Left out what the facts do not say." if changed else "Nothing had to change."}


def judged_reply(prompt: Prompt, facts: str) -> dict[str, Any]:
    """Return a score (0 to 1) of a draft with what lowers it."""
    draft = prompt.draft or prompt.value("reply", "body")
    problems = [words for words, wrong in (
        ("It is empty.", not draft), ("It has a gap to be filled in.", bool(_PLACEHOLDER.search(draft))),
        ("It asks more than two questions.", draft.count("?") > 2), ("It is too long.", len(draft) > 1500),
        ("It names an amount the facts do not.", bool(_AMOUNT.search(draft)) and not _AMOUNT.search(facts)),
        ("It says that a machine wrote it.", bool(re.search(r"\bas an ai\b|\blanguage model\b", draft, re.I))),
    ) if wrong]
    return {"score": max(0.0, round(0.95 - 0.25 * len(problems), 2)), "problems": problems,
            "reason": "Judged by the sandbox's rules, not by a model."}


def _never(own: str, reading: Reading) -> str:
    if reading.intent in _NEVER:
        return _NEVER[reading.intent]
    if gives_orders(own):
        return "The text gives orders to its reader."
    if _LEGAL.search(own):
        return "They speak of law."
    if _IRONY.search(own):
        return "They do not mean what they say, or mean it badly."
    return "They are angry." if _ANGER.search(own) else ""


def _is_known(own: str, facts: str) -> bool:
    """Whether the facts speak of what the question asks: half of its longer words, and at least one."""
    words = set(re.findall(r"[a-z\u00e0-\u017f]{4,}", own.lower())) - _COMMON
    found = {word for word in words if word[:5] in facts.lower()}
    return bool(found) and len(found) * 2 >= len(words)


def _without_unknown_amounts(line: str, facts: str) -> str:
    sentences = re.split(r"(?<=[.!?]) ", line)
    return " ".join(one for one in sentences if all(amount in facts for amount in _AMOUNT.findall(one)))


def _told(safe: bool, confidence: float, reason: str) -> dict[str, Any]:
    return {"safe_to_send": safe, "requires_human_review": not safe, "confidence": confidence, "reason": reason}

"""What short, polite reply fits what the lead wrote, and what is the plan for it?"""

import re
from typing import Any

from sandbox.model.intent import Reading, own_words
from sandbox.model.prompt import Prompt

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SAYINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "meeting": (
        ("Glad you would like to talk.", "Which half hour suits you best this week or next?"),
        ("Happy to find a time.", "Would a half hour in the morning or the afternoon be easier for you?"),
        ("That works for me.", "Tell me a day and a time and I will send the invitation."),
    ),
    "call": (
        ("Happy to call you.", "When is a good time, and is this the best number?"),
        ("A call sounds right.", "Shall I ring you today or would tomorrow be better?"),
    ),
    "information": (
        ("Good question.", "I will put the details together for your case. Would a quick call to be exact help?"),
        ("Thanks for asking.", "It depends a little on your set-up, so may I ask two short questions first?"),
    ),
    "interest": (
        ("Great to hear.", "Shall we take fifteen minutes to see whether it fits?"),
        ("Thank you, good to know.", "Would a short call this week make sense to look at it together?"),
    ),
    "later": (
        ("Thank you for telling me.", "I will come back to you then."),
        ("Understood.", "I will write again at the time you named."),
    ),
    "objection": (
        ("That is fair.", "Would a short comparison with what you have today be useful?"),
        ("Thank you for being open about it.", "May I ask what would have to be different for it to be worth a look?"),
    ),
    "refusal": (
        ("Thank you for letting me know.", "I will not take more of your time; all the best."),
        ("Understood, and thanks for the clear answer.", "Wishing you a good rest of the week."),
    ),
    "opt_out": (("Understood.", "You will not hear from us again."),),
    "threat": (("I am sorry for the trouble.", "You will not hear from us again."),),
    "away": (("Thank you for the note.", "I will write again when you are back."),),
    "automatic": (("Thank you.", "I will follow up with the right person."),),
    "unclear": (
        ("Thank you for your reply.", "How can I help you best from here?"),
        ("Thanks for getting back to me.", "Would it help if I sent a short summary?"),
    ),
}


# Names under which the product hands over what a draft may use; the first that says something counts.
TIMES = ("times_to_offer", "free_times", "available_times", "times", "availability", "free_time")
LINKS = ("booking_link", "calendar_link", "scheduling_link")
KNOWN = ("knowledge", "passages", "facts", "what_we_know", "what_we_offer", "service_description")
_MEETS = ("meeting", "call", "interest")
_ARCHETYPES = {"meeting": "A4", "information": "A1", "interest": "A2", "objection": "A5", "later": "A6", "call": "A4", "unclear": "A2"}


def write_reply(prompt: Prompt, reading: Reading, round_number: int) -> str:
    """Write the reply; the same question asked again (a higher round) is worded differently."""
    sayings = _SAYINGS[reading.intent]
    opening, closing = sayings[round_number % len(sayings)]
    known = _answer(prompt, reading)
    if known:
        opening, closing = known, _offer(prompt, ("meeting",), "") or "Is that what you were looking for?"
    instruction, tone = prompt.value("instruction"), prompt.value("tone").lower()
    day = _named_day(instruction)
    closing = f"Would {day} suit you?" if day else _offer(prompt, (reading.intent,), closing)
    wish = f"{instruction.lower()} {tone}"
    sentences = [closing] if re.search(r"\b(short|shorter|brief|concise)\b", instruction.lower()) else [opening, closing]
    if re.search(r"\b(apolog|sorry)", instruction.lower()):
        sentences.insert(0, "Sorry for the trouble.")
    formal = bool(re.search(r"\bformal", wish)) and "informal" not in wish
    if prompt.value("channel").lower() == "sms":
        return f"{_greeting(prompt, formal)} {' '.join(sentences)}"
    return f"{_greeting(prompt, formal)}\n\n{' '.join(sentences)}{_signature(prompt, formal)}"


def strategy_of(prompt: Prompt, reading: Reading, archetypes: list[str]) -> dict[str, Any]:
    """Return the plan of a draft: what they want, what to draw on, which times, in which order, in which shape."""
    times = prompt.listed(*TIMES) if reading.intent in _MEETS else ()
    known = [name for name in ("lead_company", "lead_job_title", "campaign") if prompt.value(name)]
    about = [f"{name.replace('_', ' ')}: {prompt.value(name)}" for name in known]
    wanted = prompt.value("archetype", "recommended_archetype") or _ARCHETYPES.get(reading.intent, "A6")
    return {
        "intent_summary": reading.reason, "personalization_points": about[:4], "should_offer_times": bool(times),
        "times_to_offer": list(times[:2]), "outline": ["Answer what they wrote.", "Name one next step."],
        "must_avoid": ["Amounts, links and promises that are not in the facts."],
        "archetype": wanted if wanted in archetypes or not archetypes else archetypes[0]}


def _offer(prompt: Prompt, intents: tuple[str, ...], otherwise: str) -> str:
    """The question for a time, with two free times when they are given, else the link, else the saying."""
    if not set(intents) & set(_MEETS):
        return otherwise
    times, link = prompt.listed(*TIMES)[:2], prompt.value(*LINKS)
    if times:
        return f"Would {' or '.join(times)} work for you?"
    return f"You can pick a time that suits you here: {link}" if link.startswith("http") else otherwise


def _answer(prompt: Prompt, reading: Reading) -> str:
    """The sentence of the given facts that shares most longer words with the question; empty when none does."""
    if reading.intent != "information":
        return ""
    asked = {word[:5] for word in re.findall(r"\w{4,}", own_words(prompt.lead_text).lower())}
    told = [sentence.strip() for name in KNOWN for text in (*prompt.items.get(name, ()), prompt.value(name))
            for sentence in re.split(r"(?<=[.!?])\s+", re.sub(r"\s*\(from [^)]*\)$", "", text)) if sentence.strip().endswith((".", "!"))]
    scored = [(len(asked & {word[:5] for word in re.findall(r"\w{4,}", one.lower())}), one) for one in told if len(one) < 240]
    best = max(scored, key=lambda pair: pair[0], default=(0, ""))
    # A heading that runs into its first sentence says the same word twice.
    return re.sub(r"^(\w+) (?=\1\b)", "", best[1]) if best[0] else ""


def _greeting(prompt: Prompt, formal: bool) -> str:
    name, wanted = prompt.value("first_name"), prompt.value("greeting")
    if formal:
        return f"Dear {name or 'Sir or Madam'},"
    if wanted and name:
        begun = re.sub(r"\{+ ?first_?name ?\}+", name, wanted, flags=re.I)
        return begun if name in begun else f"{begun.rstrip(' ,')} {name},"
    return f"Hi {name}," if name else "Hello,"


def _signature(prompt: Prompt, formal: bool) -> str:
    sender = prompt.value("sender_name")
    return f"\n\n{'Kind regards' if formal else 'Best'},\n{sender}" if sender else ""


def _named_day(instruction: str) -> str:
    return next((day for day in _DAYS if day.lower() in instruction.lower()), "")

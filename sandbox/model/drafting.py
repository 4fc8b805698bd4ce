"""What short, polite reply fits what the lead wrote?"""

import re

from sandbox.model.intent import Reading
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
    "away": (("Thank you for the note.", "I will write again when you are back."),),
    "automatic": (("Thank you.", "I will follow up with the right person."),),
    "unclear": (
        ("Thank you for your reply.", "How can I help you best from here?"),
        ("Thanks for getting back to me.", "Would it help if I sent a short summary?"),
    ),
}


def write_reply(prompt: Prompt, reading: Reading, round_number: int) -> str:
    """Write the reply; the same question asked again (a higher round) is worded differently."""
    sayings = _SAYINGS[reading.intent]
    opening, closing = sayings[round_number % len(sayings)]
    day = _named_day(prompt.instruction)
    if day:
        closing = f"Would {day} suit you?"
    wish = prompt.instruction.lower()
    sentences = [closing] if re.search(r"\b(short|shorter|brief|concise)\b", wish) else [opening, closing]
    if re.search(r"\b(apolog|sorry)", wish):
        sentences.insert(0, "Sorry for the trouble.")
    greeting = f"Hi {prompt.first_name}," if prompt.first_name else "Hello,"
    if re.search(r"\bformal", wish) and "informal" not in wish:
        greeting = f"Dear {prompt.first_name or 'Sir or Madam'},"
    if prompt.channel == "sms":
        return f"{greeting} {' '.join(sentences)}"
    signature = f"\n\nBest,\n{prompt.sender_name}" if prompt.sender_name else ""
    return f"{greeting}\n\n{' '.join(sentences)}{signature}"


def _named_day(instruction: str) -> str:
    return next((day for day in _DAYS if day.lower() in instruction.lower()), "")

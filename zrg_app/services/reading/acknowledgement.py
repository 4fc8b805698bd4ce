"""Does this message only acknowledge, so that nothing is left to do?"""

import re

from zrg_app.services.reading.acknowledgement_words import ENGLISH, OTHER_LANGUAGES, UNSPACED
from zrg_app.services.reading.characters import folded
from zrg_app.services.reading.refusal import is_plain_refusal
from zrg_app.services.reading.reply import extract_reply
from zrg_app.services.reading.signature_block import is_name
from zrg_app.services.reading.tapback import is_tapback
from zrg_app.services.reading.words import any_of, listed

MAX_WORDS = 25
"""A message with more words than this says something."""

_ENGLISH = frozenset(word for phrase in listed(ENGLISH) for word in phrase.split())
_OTHER = frozenset(word for phrase in listed(OTHER_LANGUAGES) for word in phrase.split())
_NOTHING_WRONG = re.compile(
    r"(?<!\w)(?:no|not a)\s(?:problem|prob|worries|worry|stress|rush|trouble|biggie|"
    r"issue)s?(?!\w)|(?<!\w)all good(?!\w)"
)
_CORE = re.compile(
    r"(?<!\w)"
    + any_of("""
thanks|thank|thankyou|thx|thnx|thanx|tnx|ty|tysm|tyvm|tks|cheers|ta|appreciate|appreciated|ok|okay|okey|k|kk|alright|roger|copy|ack|acknowledged
understood|understand|noted|received|got|gotcha|great|awesome|cool|nice|perfect|excellent|wonderful|fantastic|brilliant|lovely|super|amazing|sweet
good|see|welcome|np|will do|anytime|pleasure|helpful|helps|helped|haha|lol|right|fair enough|makes sense|rock
lifesaver|bye|well done
best|bless|legend|splendid|superb|terrific|wow|yay|that's all|that is all|that will be all|that'll be all
""")
    + r"(?!\w)"
)
_UNSPACED = re.compile(r"(?:" + any_of(UNSPACED) + r"|[\s。！!，,、.~～ー^ㅎㅋ:;()])+")
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_ASKS = re.compile(r"[?？¿]|\d{3,}|\d\s?(?:am|pm|h\b|:\d)|https?://|@")
_FILLER_ONLY = re.compile(r"^(?:yes|no|yep|yup|nope|yeah|nah|sure)\b")
_SMILEYS = re.compile(r"(?<!\w)[:;=8x]-?[)(dpo3/|*]+(?!\w)|<3|\^\^|\\o/")
_NAME_AFTER = re.compile(r"^(?P<said>.{2,60}?)[\s,]+(?P<name>[A-ZÀ-Þ][a-zà-ÿ'-]{1,15})[\s.!,:)]*$", re.DOTALL)


def is_ack_only(text: str | None) -> bool:
    """Return whether the new text is only thanks, ok, noted, received, an emoji or a reaction, in any language.

    False for yes and no, times, questions, opt-outs, declines and anything a person must act on; signature and quoted
    history do not matter. A possible acceptance ("sounds good") is no mere acknowledgement.
    """
    if is_tapback(text):
        return True
    reply = extract_reply(text)
    if not reply or is_tapback(reply):
        return bool(reply)
    low = _NOTHING_WRONG.sub("np", _SMILEYS.sub(" ", folded(reply, 1_000))).strip()
    if not _LETTERS.search(low):
        return not any(character.isdigit() for character in low) and "?" not in low and _has_symbol(reply)
    if _ASKS.search(low) or _FILLER_ONLY.match(low):
        return False
    if _UNSPACED.fullmatch(low):
        return True
    return (_all_acknowledge(low) or _all_but_name(reply)) and not is_plain_refusal(text)


def _all_acknowledge(low: str) -> bool:
    words = _WORDS.findall(low)
    if not words or len(words) > MAX_WORDS or any(word not in _ENGLISH and word not in _OTHER for word in words):
        return False
    # "the follow up" holds only words that go with thanks; one word must itself acknowledge.
    return _CORE.search(low) is not None or any(word in _OTHER and word not in _ENGLISH for word in words)


def _all_but_name(reply: str) -> bool:
    """Return whether leaving out one greeting or name at either end leaves an acknowledgement."""
    ending = _NAME_AFTER.match(reply.strip())
    if ending and is_name(ending["name"]) and _all_acknowledge(folded(ending["said"])):
        return True
    first, _, rest = reply.strip().partition(",")
    named = len(first.split()) <= 2 and first.istitle() and rest.strip()
    return bool(named) and _all_acknowledge(folded(rest))


def _has_symbol(text: str) -> bool:
    return any(ord(character) > 0x2000 for character in text) or bool(_SMILEYS.search(text.lower())) or "+1" in text

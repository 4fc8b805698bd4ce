"""Does the writer ask that messages to them stop?"""

import re

from zrg_app.services.reading.characters import MAX_FIELD, folded
from zrg_app.services.reading.opt_out_english import ENGLISH
from zrg_app.services.reading.opt_out_phrases import OTHERS
from zrg_app.services.reading.opt_out_words import KEYWORDS, POLITE, WHOLE_MESSAGE_ONLY
from zrg_app.services.reading.reply import extract_reply
from zrg_app.services.reading.tapback import is_tapback
from zrg_app.services.reading.words import any_of, listed, pattern

MAX_READ = 4_000
"""Characters of new text that are searched; a request to stop stands near the top."""

_KEYWORDS = frozenset(listed(KEYWORDS))
_LONE_ONLY = frozenset(listed(WHOLE_MESSAGE_ONLY))
_POLITE = re.compile(r"(?<!\w)" + any_of(POLITE) + r"(?!\w)")
_MARKS = re.compile(r"[^\w\s'-]+")
_SPACES = re.compile(r"\s+")
_SENTENCES = re.compile(r"[.!?;\n。！？]+|\s-\s|,\s")
_ANSWERED = re.compile(
    r"^\s*(?:re|aw|sv|vs|antw|odp|ynt|rif|res|fwd?|wg|tr|rv|enc|vb|vá|回复|答复|回覆|转发)\s*(?:\[\d+\]"
    r")?\s*[:：]"
)
_DENIED = re.compile(
    r"(?:\b(?:don't|do not|dont|never|won't|will not|can't|cannot|didn't|did not|didnt|"
    r"doesn't|not asking you to|no need to|"
    r"not|if you|before you|instead of|unless you|rather than|helps? (?:us|you|them|people)|"
    r"how (?:do|can|would) you|"
    r"nicht|kein|ne|no|não|nao|non|niet|inte|ikke)\s+(?:ever |want to |want you to |have "
    r"to |please |just )?)$"
)
_THEIR_OWN = re.compile(
    r"\b(?:we|they|i|customers?|users?|clients?|people|team|you guys|software|tool|"
    r"platform)(?:'ll|'re|'ve|'d)?\s+"
    r"(?:(?:also|really|just|only|still|had|have|need|needed|want|wanted|should|must|"
    r"will|would|can|could|to|did|recently|"
    r"already|finally|often|usually|plan|are|is|were|going|trying|try)\s+){0,4}$"
)
_OF_OTHERS = re.compile(
    r"\b(?:customers?|users?|clients?|people|recipients?|subscribers?|members?|they)\s+"
    r"(?:(?:to|still|also|easily|just) )?$"
)
_MATERIAL = re.compile(
    r"^\W*(?:an? |the |your |another |more |any |further )*(?:documents?|files?|slides?|decks?|details|paperwork|pdfs?|"
    r"brochures?|invoices?|proposals?|presentations?|invit\w+|links?|attachments?|quotes?|price lists?|contracts?|samples?)\b"
)
_ASKING_ABOUT = re.compile(
    r"(?:until|till|before|during|instead|rather|better|while|this week|next week|"
    r"on (?:an? |any )?(?:mon|tues|wednes|thurs|fri|week)\w*|"
    r"for (?:a|the next|another|two|three|\d+) |except|unless)"
)
# "Not before January" and "not today" ask for another time; with a "never" in them they do not.
_ANOTHER_TIME = pattern(
    r"\b(?:vor|bis|heute|avant|jusqu|aujourd'hui|hoy|antes|hasta|ahora|prima|fino|oggi|adesso|voor|tot|vandaag|"
    r"op (?:maan|dins|woens|donder|vrij)dag|innan|före|idag|przed|dziś|dzisiaj)\b"
)
_NEVER = pattern(r"\b(?:nie wieder|nie mehr|jamais|nunca|mai|nooit|aldrig|nigdy)\b")
# "Do not call, e-mail is better" prefers a way; it does not ask for silence.
_PREFERS = re.compile(
    r"^\s*(?:[,;-]|but)\s*(?:but |just |please |rather |instead |an? |quick |short ){0,4}"
    r"(?:e-?mail|text|sms|call|phone|ring|whatsapp|linkedin|let's)\b"
)
_PRODUCT = re.compile(
    r"\bun-?subscribe\w* (?:link|button|rate|request|page|feature|handling|header|flow|"
    r"process|anytime|at any time|option)"
)


def is_opt_out(text: str | None, subject: str | None = "", html: str | None = None) -> bool:
    """Return whether the new text (or a subject of its own, not an answer's) asks that messages to the writer stop.

    A plain decline is not an opt-out. Unsubscribe lines in quoted history, footers, signatures or in the quotation of a
    reaction do not count. Carrier keywords standing alone count in many languages (spec section 8, CTIA keywords).
    """
    reply = extract_reply(text, html)[:MAX_READ]
    low = folded(reply)
    if low.strip() and not is_tapback(reply) and _asks_to_stop(low):
        return True
    title = folded(subject, MAX_FIELD)
    return bool(title.strip()) and not _ANSWERED.match(title) and _title_asks(title)


def _asks_to_stop(low: str) -> bool:
    if _bare(low) in _KEYWORDS:
        return True
    begin = 0
    for mark in (*_SENTENCES.finditer(low), None):
        sentence, rest = low[begin : mark.start() if mark else None], low[mark.start() :][:60] if mark else ""
        if len(sentence) < 60 and (bare := _bare(sentence)) in _KEYWORDS and bare not in _LONE_ONLY and not (
            bare.startswith(("do not", "don't")) and _PREFERS.match(rest)
        ):
            return True
        begin = mark.end() if mark else begin
    if any(_is_request(low, match) for match in ENGLISH.finditer(low)):
        return True
    return any(_is_request_elsewhere(low, match) for match in OTHERS.finditer(low))


def _is_request_elsewhere(low: str, match: re.Match[str]) -> bool:
    clause = match.group() + re.split(r"[.!?,\n]", low[match.end() : match.end() + 40])[0]
    if _DENIED.search(low[max(0, match.start() - 30) : match.start()]):
        return False
    return not _ANOTHER_TIME.search(clause) or _NEVER.search(clause) is not None


def _title_asks(title: str) -> bool:
    bare = _bare(title)
    return (
        bare in _KEYWORDS
        and bare not in _LONE_ONLY
        or any(_is_request(title, match) for match in ENGLISH.finditer(title))
    )


def _is_request(low: str, match: re.Match[str]) -> bool:
    ahead, behind = low[max(0, match.start() - 60) : match.start()], low[match.end() : match.end() + 60]
    sentence_ahead = re.split(r"[.!?\n]", ahead)[-1]
    if _PREFERS.match(behind) and not match.group().startswith(("remov", "delete", "take", "un", "opt")):
        return False
    if _PRODUCT.search(match.group() + behind[:20]):
        return False
    if _DENIED.search(sentence_ahead):
        return False
    if match.group().lstrip(".!?\n ").startswith("un") and _OF_OTHERS.search(sentence_ahead):
        return False
    if match.group().endswith((" more", " any", " further", " me", " us")) and " send" in match.group() and _MATERIAL.match(behind):
        return False
    verb_first = match.group().startswith(("stop", "remov", "delete", "take", "quit", "end", "opt"))
    if verb_first and _THEIR_OWN.search(sentence_ahead):
        return False
    forbids = match.group().startswith(("do not", "don't", "dont", "never", "stop"))
    clause = re.split(r"[.!?\n]", behind)[0]
    return not (forbids and _ASKING_ABOUT.search(clause))


def _bare(low: str) -> str:
    """Return text without marks, polite words and repetitions: what is left of "STOP!!! please stop"."""
    words = _SPACES.sub(" ", _MARKS.sub(" ", low[:200])).strip(" -'_")
    if words in _KEYWORDS:
        return words
    words = _SPACES.sub(" ", _POLITE.sub(" ", words)).strip(" -'_")
    parts = words.split(" ")
    return parts[0] if len(set(parts)) == 1 else words

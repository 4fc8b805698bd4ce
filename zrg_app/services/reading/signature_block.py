"""Where in the new text of a mail does the signature begin?"""

import re
from dataclasses import dataclass

from zrg_app.services.reading.signature_words import CLOSINGS, COMPANY_SUFFIXES, CONTACT_LABELS, TITLES
from zrg_app.services.reading.words import any_of, whole

MAX_SIGNATURE_LINES = 16
"""Signatures longer than this are prose."""

_DELIMITER = re.compile(r"^\s*(?:--|—|–|---|-- |__+|\*{3,}|={3,}|~{3,}|-{3,}|——+)\s*$")
_CLOSING = re.compile(
    r"^\W{0,3}" + any_of(CLOSINGS) + r"(?:\s+(?:and|und|et|y|e|&)\s+[\w ]{2,25}|\s+to (?:you|all)|\s+(?:so|very) much)?"
    r"\s*[,.!;:~)\-–]{0,3}\s*(?::-?\)|☺|😊|🙂)?\s*$"
)
_CLOSING_WITH_NAME = re.compile(
    r"^\W{0,3}"
    + any_of(CLOSINGS)
    + r"\s*[,.!]?\s*[-–—/]{0,2}\s*(?P<name>[^\W\d_][\w.'-]{0,20}(?:\s[^\W\d_][\w.'-]{0,20}){0,2})\s*$"
)
_DASHED_NAME = re.compile(
    r"^\s*(?:[-–—~]{1,2}|/{1,2})\s?(?P<name>[A-ZÀ-ÞĀ-ŽА-Я][\w.'’-]{0,20}(?:\s[A-ZÀ-ÞĀ-ŽА-Я][\w.'’-]"
    r"{0,20}){0,2})\s*$"
)
_NAME = re.compile(
    r"^[\s*_]*(?:(?:Dr|Mr|Mrs|Ms|Prof|Ing|Dipl|Mag|Sir|Dott|Sra?|Mme|Mlle)\.?(?:-Ing\.)?\s+){0,2}"
    r"[A-ZÀ-ÞĀ-ŽА-ЯΑ-Ω][\w.'’-]{0,20}(?:\s+(?:(?:van|von|de|der|den|da|do|dos|del|della|"
    r"di|la|le|el|al|bin|ter|ten|zu|y|e)\s+){0,2}"
    r"(?:\"[^\"]{1,15}\"\s+)?[A-ZÀ-ÞĀ-ŽА-ЯΑ-Ω][\w.'’-]{0,20}){0,4}[\s*_]*(?=$|,|\(|\||\s-\s|/)"
)
_CONTACT = re.compile(
    r"https?://|www\.|[^\s@]+@[^\s@]+\.[a-z]{2,}|(?:\+|\(|\b)\d[\d\s().\-/]{6,}\d|\b[a-z0-9-]+\."
    r"(?:com|io|org|net|co|ai|de|fr|nl|app|dev|me|us|uk|eu)(?:/|\b)"
)
_LABEL = re.compile(r"^[\s*_|]*" + whole(CONTACT_LABELS) + r"[\s.]*[:：]")
_TITLE = re.compile(whole(TITLES))
_COMPANY = re.compile(whole(COMPANY_SUFFIXES) + r"\.?\s*(?:$|[,|])")
_ADDRESS = re.compile(
    r"\b\d{4,6}\b|\b(?:street|st\.|avenue|ave|road|rd\.|suite|floor|blvd|straße|strasse|"
    r"str\.|rue|calle|via|platz|laan|straat)(?!\w)"
)
_SENTENCE = re.compile(r"[.?!…]\s*$")
_NOT_NAMES = re.compile(
    r"^(?:yes|no|ok|okay|sure|thanks?|thank you|hi|hello|hey|dear|great|perfect|cool|"
    r"nice|sorry|please|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|today|tomorrow|january|february|april|"
    r"june|july|august|september|october|november|december|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi|vendredi|"
    r"lunes|martes|miercoles|jueves|viernes|interesse|"
    r"unsubscribe|stop|remove|fyi|approved|done|agreed|"
    r"received|noted|interested|what|when|why|how|who|where|pricing|never|maybe|not|"
    r"call|test|bar|foo|ja|nein|nee|oui|non|"
    r"si|sim|nao|hallo|bonjour|hola|ciao|hej|danke|merci|gracias|obrigado|grazie|bedankt|"
    r"tack|reply|lorem|blah)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureStart:
    """`line` is the first line of the signature, `content` the first after its delimiter, `closing` says how it
    opens."""

    line: int
    content: int
    closing: bool


def find_signature(lines: list[str], low: list[str], sender: str = "") -> SignatureStart | None:
    """Return where the signature begins in new text, or None. `low` is `lines` folded, one for one.

    `sender` is the display name or address of the writer, if known; it settles doubtful last lines.
    """
    last = _last_filled(low)
    if last < 0:
        return None
    return (
        _after_delimiter(lines, low, last)
        or _after_closing(lines, low, last)
        or _dashed_name(lines, low, last)
        or _contact_block(lines, low, last)
        or _bare_name(lines, low, last, sender)
    )


def is_closing(low: str) -> bool:
    """Return whether a folded line is a letter's closing phrase and nothing more."""
    return len(low) < 60 and _CLOSING.match(low) is not None


def is_name(line: str) -> bool:
    """Return whether a line looks like a person's name, perhaps followed by a post or a firm."""
    stripped = line.strip(" *_\t")
    if not stripped or len(stripped) > 70 or any(character.isdigit() for character in stripped.split("|")[0]):
        return False
    return _NAME.match(stripped) is not None and not _NOT_NAMES.match(stripped.lower())


def has_contact(low: str) -> bool:
    """Return whether a folded line holds a number, an address, a link or a label for one."""
    return _CONTACT.search(low) is not None or _LABEL.match(low) is not None


def has_title(low: str) -> bool:
    """Return whether a folded line names a post."""
    return len(low) < 90 and _TITLE.search(low) is not None


def has_company(low: str) -> bool:
    """Return whether a folded line ends like the name of a firm."""
    return len(low) < 80 and _COMPANY.search(low) is not None


def _after_delimiter(lines: list[str], low: list[str], last: int) -> SignatureStart | None:
    for index in range(last, max(-1, last - MAX_SIGNATURE_LINES - 8), -1):
        if not _DELIMITER.match(low[index]) or index == 0 and last == 0:
            continue
        tail = [number for number in range(index + 1, last + 1) if low[number].strip()]
        strict = low[index].strip() == "--"
        looks_right = strict or any(is_name(lines[number]) or has_contact(low[number]) for number in tail[:4])
        prose = sum(len(low[number]) > 90 for number in tail)
        if tail and len(tail) <= MAX_SIGNATURE_LINES and looks_right and prose <= (3 if strict else 1):
            earlier = _after_closing(lines[:index], low[:index], _last_filled(low[:index]))
            if earlier is not None:
                return earlier
            return SignatureStart(line=index, content=index + 1, closing=False)
    return None


def _after_closing(lines: list[str], low: list[str], last: int) -> SignatureStart | None:
    for index in range(last, max(-1, last - MAX_SIGNATURE_LINES), -1):
        if is_closing(low[index]) and _all_signature(lines, low, index + 1, last):
            earlier = index
            while earlier > 0 and is_closing(low[earlier - 1]):
                earlier -= 1
            return SignatureStart(line=earlier, content=earlier, closing=True)
        with_name = index == last and len(low[index]) < 50 and _CLOSING_WITH_NAME.match(low[index])
        if with_name and index > 0 and _is_named(lines[index], with_name["name"]):
            return SignatureStart(line=index, content=index, closing=True)
    return None


def _is_named(line: str, low_name: str) -> bool:
    written = line.strip()[-len(low_name) :] if low_name else ""
    return bool(written[:1].isupper()) and is_name(written)


def _all_signature(lines: list[str], low: list[str], start: int, last: int) -> bool:
    doubtful = 0
    for index in range(start, last + 1):
        line = low[index].strip()
        if not line:
            continue
        if len(line) > 160 or (len(line) > 70 and _SENTENCE.search(line) and not has_contact(line)):
            return False
        known = (
            is_name(lines[index]) or has_contact(line) or has_title(line) or has_company(line) or _ADDRESS.search(line)
        )
        if not known and line.endswith("?"):
            return False
        doubtful += not known and len(line.split()) > 3
    return doubtful <= 3


def _dashed_name(lines: list[str], low: list[str], last: int) -> SignatureStart | None:
    match = _DASHED_NAME.match(lines[last])
    if not match or last == 0 or not is_name(match["name"]):
        return None
    above = low[last - 1].strip()
    if above.startswith(("-", "*", "•")):
        return None
    return SignatureStart(line=last, content=last, closing=False)


def _contact_block(lines: list[str], low: list[str], last: int) -> SignatureStart | None:
    """A name followed by posts, firms and numbers, without any closing phrase."""
    for index in range(max(0, last - MAX_SIGNATURE_LINES), last + 1):
        if not low[index].strip() or not is_name(lines[index]) or (index > 0 and low[index - 1].strip().endswith(",")):
            continue
        tail = [number for number in range(index + 1, last + 1) if low[number].strip()]
        proofs = sum(has_contact(low[number]) for number in tail)
        posts = sum(has_title(low[number]) or has_company(low[number]) for number in tail[:3])
        one_line = not tail and has_contact(low[index]) and "|" in low[index]
        if (one_line or proofs or posts) and _all_signature(lines, low, index, last) and _not_prose(low, tail):
            return SignatureStart(line=index, content=index, closing=False)
    return None


def _not_prose(low: list[str], tail: list[int]) -> bool:
    return all(
        len(low[number]) < 100 and not (_SENTENCE.search(low[number]) and len(low[number].split()) > 6)
        for number in tail
    )


def _bare_name(lines: list[str], low: list[str], last: int, sender: str) -> SignatureStart | None:
    if last < 1 or not is_name(lines[last]) or _SENTENCE.search(low[last]) or len(lines[last].split()) > 3:
        return None
    alone = not low[last - 1].strip()
    known = bool(sender) and low[last].split()[0] in sender.lower()
    finished = _SENTENCE.search(low[last - 1].strip() or "x") is not None
    if alone or known or (finished and len(lines[last].split()) <= 2):
        return SignatureStart(line=last, content=last, closing=False)
    return None


def _last_filled(low: list[str]) -> int:
    return next((index for index in range(len(low) - 1, -1, -1) if low[index].strip()), -1)

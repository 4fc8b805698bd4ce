"""Does a draft call the lead by another's name, sign as somebody else, or tell what belongs to somebody else?"""

import re

from zrg_app.services.drafting.checks.links import addresses_in
from zrg_app.services.drafting.checks.proposal import Proposal
from zrg_app.services.reading.characters import folded
from zrg_app.services.reading.signature_block import is_closing

_HELLO = (r"hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|lieber?|liebes|sehr geehrter?|moin|"
          r"servus|bonjour|bonsoir|salut|ch[eè]re?|hola|buenos d[ií]as|buenas tardes|estimad[oa]|ciao|buongiorno|gentile|ol[aá]|prezad[oa]|"
          r"hei|hej|beste|dag|goedemorgen")
_GREETING = re.compile(rf"^\W{{0,3}}(?:{_HELLO})\s+(?P<who>[^,!.:;\n–—-]{{1,60}})(?P<end>[,!.:;\n–—-]|$)", re.IGNORECASE)
_NOBODY = set("there all team everyone everybody both folks again sir madam sirs friends friend zusammen alle tous todos mr mrs ms miss dr "
              "prof herr frau monsieur madame señor señora sr sra signor signora or and und et y e oder ou o van von de der den la le "
              "el da di du".split())
_TITLE_DOT = re.compile(r"\b(mrs?|ms|dr|prof|sra?)\.", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w/.@=$€£-])\+?\(?\d[\d\s().\-/]{6,20}\d(?![\w@])")
_DATE = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?:[ T]\d{1,2}:\d{2})?")
_TAIL = 8
_TELLING_WORD = 6


def greets_another(proposal: Proposal) -> tuple[str, ...]:
    """The name in the greeting, when it is not the lead's."""
    opening = _TITLE_DOT.sub(r"\1", proposal.body.strip()[:120])
    low = opening.split("\n", 1)[0][:80].lower()
    other = [name for name in proposal.other_names
             if name and re.search(rf"\b(?:{_HELLO})\s+{re.escape(name.lower())}\b", low)]
    found = _GREETING.match(opening)
    if other or not found or not proposal.own_names:
        return tuple(other)
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", found["who"]) if word.lower() not in _NOBODY]
    if not words or not all(word[:1].isupper() for word in words):
        return ()
    return () if _shares_a_word(words, proposal.own_names) else (found["who"].strip(),)


def signs_as_another(proposal: Proposal) -> tuple[str, ...]:
    """The name under the closing line, when it is not the sender's."""
    lines = [line.strip() for line in proposal.body.splitlines() if line.strip()]
    closing = next((place for place in range(len(lines) - 1, max(-1, len(lines) - 9), -1) if is_closing(folded(lines[place]))), None)
    if closing is None or closing + 1 >= len(lines) or not any(proposal.senders):
        return ()
    under = lines[closing + 1]
    words = re.findall(r"[^\W\d_][\w'’-]*", under)
    # A line of prose or the opt-out line is no signature.
    if not words or len(words) > 4 or not all(word[:1].isupper() for word in words) or _squeezed(under) in _squeezed(proposal.opt_out_line):
        return ()
    return () if _shares_a_word(words, proposal.senders) else (under,)


def foreign_data(proposal: Proposal) -> tuple[str, ...]:
    """Addresses, numbers, names and companies in a draft that are of nobody we speak of here."""
    known = f"{proposal.known_text}\n{proposal.lead_words}\n{proposal.lead_data}"
    low, digits = known.lower(), re.sub(r"\D", "", known)
    addresses = [one for one in _EMAIL.findall(proposal.body) if one.rstrip(".").lower() not in low]
    numbers = [one for one in _numbers(proposal.body) if re.sub(r"\D", "", one)[-_TAIL:] not in digits]
    return tuple(addresses + numbers + [name for name in proposal.strangers if _names(proposal.body, name) and name.lower() not in low])


def _numbers(body: str) -> list[str]:
    bare = _DATE.sub(" ", body)
    for link in addresses_in(bare):
        bare = bare.replace(link, " ")
    found = (match.group().strip() for match in _PHONE.finditer(bare))
    return [one for one in found if _TAIL <= sum(letter.isdigit() for letter in one) <= 15]


def _names(body: str, name: str) -> bool:
    """Whether a text speaks of this person or firm; a short single word may be any word."""
    if " " not in name and len(name) < _TELLING_WORD:
        return False
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", body)
    begins = found is not None and (found.start() == 0 or body[:found.start()].rstrip(" ")[-1:] in (".", "!", "?", "\n", ":"))
    return found is not None and (" " in name or not begins)


def _shares_a_word(words: list[str], names: tuple[str, ...]) -> bool:
    known = [part for name in names for part in re.findall(r"[^\W\d_]{2,}", folded(name))]
    return any(_alike(folded(word), part) for word in words for part in known)


def _alike(one: str, other: str) -> bool:
    """The same name, or a short form of it."""
    return one == other or (min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)))


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())

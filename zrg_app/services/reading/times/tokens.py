"""Which pieces of a text speak of days, hours, ranges and zones?"""

import re
from dataclasses import dataclass

from zrg_app.services.reading.times.words import (
    MONTHS,
    ORDINALS,
    PARTS,
    PLACES,
    RELATIVE_DAYS,
    SMALL_NUMBERS,
    WEEKDAYS,
    ZONES,
)
from zrg_app.services.reading.words import pattern, whole

MAX_TOKENS = 60
"""Pieces read of one text; nobody offers more times in one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of text: what it speaks of, its parts, and where it stands."""

    kind: str
    parts: dict[str, str]
    start: int
    end: int


def _one_of(words: dict[str, object]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_MONTH = _one_of(MONTHS) + r"\b\.?"
_WEEKDAY = _one_of(WEEKDAYS)
_LATIN_WEEKDAY = "(?:" + whole(tuple(WEEKDAYS)) + r"\.?(?!'))"
_NUM = r"(?:\d{1,2}|" + _one_of(SMALL_NUMBERS) + ")"
_CLOCK = (
    r"\d{1,2}(?::\d{2}|\.\d{2}(?=\s?(?:[ap]\.?m|uhr|h\b)))?\s?(?:[ap]\.?\s?m\b\.?|[ap]\b(?=$|[\s,.?!-])|"
    r"o'?clock|uhr(?:\s?\d{2})?|h(?:rs?)?\d{0,2}\b|hs\b|heures?|horas?|klo\b)"
    r"|\d{1,2}:\d{2}(?!\d)|[01]\d[0-5]\d(?=\s?(?:hrs|hours|h\b))|2[0-3][0-5]\d(?=\s?(?:hrs|hours|"
    r"h\b))|noon|midday|midnight|mittag|midi|mediodia|meio-dia|mezzogiorno|\d{1,2}点半?|\d{1,2}時半?|"
    r"\d{1,2}시"
)
_SPOKEN = (
    r"(?:(?:a )?(?:half|quarter) (?:past|after|to|before|till)|\d{1,2} past|(?<=at )(?:five|ten|"
    r"twenty) (?:past|to)) "
    + _NUM
    + r"(?:\s?[ap]\.?m\b\.?)?|half (?:"
    + _one_of(SMALL_NUMBERS)
    + r"|\d{1,2})(?:\s?[ap]\.?m\b\.?)?(?! an? hour)"
    r"|halb (?:" + _one_of(SMALL_NUMBERS) + r"|\d{1,2})|viertel (?:nach|vor) " + _NUM
)
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th|\.|er|º|ª)?"
_YEAR = r"(?:,?\s?(?:of |de )?(?:20\d\d)(?!\d))?"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)\b|" + _one_of(ORDINALS) + r"\b)"

_FORMS = (
    (
        "skip",
        r"\b(?:good|guten|goeden|buenas|buenos|boa|bom|buona|buon|happy|gute[nr]?) (?:morning|afternoon|"
        r"evening|day|morgen|abend|tag|tardes?|noches?|noite|dias?|sera|giorno|friday|monday|weekend)\b|"
        r"\bgoedemorgen\b"
        r"|\b24/7\b|\b(?:every|each|weekly on|jeden|chaque|cada|ogni|elke|last|past|previous|letzten|"
        r"dernier|on most|most)\s+(?:other )?(?:" + _WEEKDAY + r"|week|day|morning|month|year|night|quarter)\w*"
        r"|\b(?:yesterday|gestern|hier|ayer|ontem|ieri|gisteren|mondays|tuesdays|wednesdays|thursdays|"
        r"fridays|saturdays|sundays|lundi dernier|ago)\b"
        r"|\b(?:\d{1,3}|an?|one|two|three|four|five|six|few|couple of|several)(?:\s?-\s?\d{1,3})?[\s-]?(?:min"
        r"utes?|mins?|hours?|hrs|days?|weeks?|months?|years?|minuten|stunden?|wochen|minuti|minutos)\s+(?:ago"
        r"|before|earlier)\b",
    ),
    ("iso", r"\b(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:t(?=\d)|\b)"),
    ("zoneoffset", r"(?<!\w)(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<mi>\d{2}))?"),
    (
        "shift",
        r"\bin (?:about |around )?(?P<n>\d{1,3}|an?|"
        + _one_of(SMALL_NUMBERS)
        + r"|a couple of)\s?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b|\b(?P<n2>\d{1,2}|"
        r"an?|one|two|three) (?P<unit2>minutes?|hours?|days?|weeks?) from (?:now|today)\b",
    ),
    (
        "duration",
        r"(?<![\d:])\b(?:\d{1,3}(?:\s?(?:-|to|or)\s?\d{1,3})?|an?|one|two|three|half an?|few|"
        r"couple of|quick)[\s-]?(?:minutes?|mins?|min|hours?|hrs?|days?|weeks?|months?|years?|"
        r"seconds?|minuten|stunden?|minuti|minutos?|heure)\b(?!\s*past)",
    ),
    (
        "nth",
        r"\b(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) (?P<wd>"
        + _WEEKDAY
        + r") (?:of|in) (?P<mon>"
        + _MONTH
        + ")"
        + _YEAR,
    ),
    (
        "monthrange",
        r"\b(?P<mon>"
        + _MONTH
        + r")\s(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:-|to|through|until)\s?(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![:\d])(?!"
        r"\s?[ap]m)|\b(?P<da>\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:-|to|bis)\s?(?P<db>\d{1,2})(?:st|nd|rd|th|"
        r"\.)?\s(?:of )?(?P<monb>" + _MONTH + ")",
    ),
    (
        "monthday",
        r"\b(?P<mon>"
        + _MONTH
        + r")\s?(?:the )?(?P<d>"
        + _ORDINAL
        + r"|\d{1,2}(?!\d)(?!:\d)(?!\s?(?:[ap]\.?m|h\b|uhr)))(?P<y>"
        + _YEAR
        + r")|\b(?P<d2>"
        + _DAY_NUMBER
        + r"|"
        + _one_of(ORDINALS)
        + r")\s?-?(?:of |de |d')?(?P<mon2>"
        + _MONTH
        + r")(?P<y2>"
        + _YEAR
        + ")",
    ),
    ("asianday", r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    ("weekof", r"\b(?:the )?week (?:of|starting|beginning|commencing)\b"),
    (
        "week",
        r"\b(?:(?P<edge>early|earlier|later|late|beginning of|start of|end of|middle of|mid)[\s-])?(?:the "
        r")?(?:(?P<which>next|this|following|coming|week after next|"
        r"nächste|kommende|diese|diesen|volgende|nästa|næste|neste|próxima|esta|prossima|questa|deze|"
        r"cette) (?P<unit>week|weekend|month|woche|wochenende|monat|semana|settimana|semaine|"
        r"maand|vecka|uge|uke)|(?P<later>week after next|semaine prochaine|semana que viene|settimana "
        r"prossima|semana que vem))\b|(?:来週|下周|下週|下个星期|다음\s?주)(?:の|的)?",
    ),
    (
        "relday",
        r"(?<!\w)(?<!\bla )(?<!guten )(?P<word>"
        + _one_of(RELATIVE_DAYS)
        + r")(?!\w)|\b(?P<night>tonight|heute abend|ce soir|esta noche|hoje à noite|stasera|vanavond|ikväll)\b",
    ),
    (
        "weekday",
        r"(?:\b(?P<mod>next|this|coming|upcoming|following|nächsten|kommenden|diesen|prochain|"
        r"próximo|prossimo|volgende|nästa)\s)?(?P<wd>"
        + _LATIN_WEEKDAY
        + r")(?P<after>\s(?:prochain|que viene|que vem|prossimo|week(?! of)|after next)\b)?",
    ),
    (
        "numdate",
        r"(?<![\d/.,$€£:-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>20\d\d|\d\d)|"
        r"(?P<dot>\.)(?!\d))?(?![\d/%])(?!\s?(?:[ap]\.?m\b|uhr|h\b))",
    ),
    (
        "ordinal",
        r"\b(?:the |der |den |dem |el |il |le |o dia |dia )(?P<d>"
        + _ORDINAL
        + r"|\d{1,2}\.?(?=$|[\s,.?!;)]))(?! (?:one|option|slot|time|choice|floor|quarter|party|place|step|"
        r"thing|half|person|meeting|call|message|email|week|month|year|suggestion|of these|of those|uhr|"
        r"h\b))|\b(?P<d2>\d{1,2}(?:st|nd|rd|th))\b(?! (?:one|option|slot|time|floor|quarter|week|street|"
        r"st|ave|gen))",
    ),
    ("spoken", r"\b(?P<spoken>" + _SPOKEN + r")\b"),
    ("clock", r"(?<![a-z0-9_.,$€£:/])(?<!\d\d\d-)(?P<clock>" + _CLOCK + ")"),
    (
        "part",
        r"(?<!\w)(?:this |the |in the |am |in der |im |dans la |le |l'|nella |nel |'s )?(?P<part>"
        + _one_of(PARTS)
        + r")(?!\w)",
    ),
    (
        "place",
        r"\b(?P<place>"
        + _one_of(PLACES)
        + r")(?:'s)? (?:standard |daylight |local )?time\b|\b(?:in )?(?P<country>uk|us|cet|est|pst) time\b",
    ),
    ("zone", r"(?<![\w/])(?P<zone>" + _one_of(ZONES) + r")(?![\w'/])"),
    (
        "number",
        r"(?<![\w.,$€£:/#])(?<![a-ln-z\-]-)(?<!\d\d\d-)(?P<n>\d{1,2})(?:-?ish\b)?(?![\w%:/€$£]|"
        r"[.,]\d|\s?(?:%|percent|people|users|employees|reps|seats|options|times|of|x\b|k\b|pages|"
        r"slides|questions|years|points|things|others|different|other|more|or so people|locations|"
        r"offices|sites|teams|clients|customers))",
    ),
)
_COMPILED = tuple((kind, pattern(form)) for kind, form in _FORMS)
_HINT = re.compile(
    r"\d|noon|midday|midnight|"
    + "|".join(sorted({re.escape(word[:3]) for word in (*WEEKDAYS, *RELATIVE_DAYS, *MONTHS, *PARTS)}))
    + "|week|half|quarter|halb|mid|ce soir|stasera|tonight|hour|minute"
)


def tokens_of(low: str) -> list[Token]:
    """Return the pieces of folded text that speak of time, in order, none overlapping; earlier kinds win over later."""
    if not _HINT.search(low):
        return []
    taken = bytearray(len(low))
    found: list[Token] = []
    for kind, form in _COMPILED:
        for match in form.finditer(low):
            if match.end() == match.start() or any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            parts = {name: value for name, value in match.groupdict().items() if value}
            found.append(Token(kind=kind, parts=parts, start=match.start(), end=match.end()))
            if len(found) > MAX_TOKENS:
                return []
    return sorted(found, key=lambda token: token.start)

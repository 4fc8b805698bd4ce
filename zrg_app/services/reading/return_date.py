"""On which day does an absence notice say that its writer is back?"""

import re
from datetime import date, datetime, timedelta

from zrg_app.services.reading.words import pattern

MONTHS = {}
for _number, _names in enumerate(
    (
        "january jan januar janvier enero janeiro gennaio januari tammikuuta stycznia ledna januára января januar ocak",
        "february feb februar fevrier febrero fevereiro febbraio februari helmikuuta lutego unora февраля "
        "fev febr subat",
        "march mar marz mars marzo marco maart maaliskuuta marca brezna марта mrt marts mart",
        "april apr avril abril aprile huhtikuuta kwietnia dubna апреля avr abr nisan",
        "may mai mayo maio maggio mei maj toukokuuta maja kvetna мая mayis",
        "june jun juni juin junio junho giugno kesakuuta czerwca cervna июня haziran",
        "july jul juli juillet julio julho luglio heinakuuta lipca cervence июля temmuz",
        "august aug aout agosto augustus elokuuta sierpnia srpna августа ago augusti agustos",
        "september sep sept septembre septiembre setembro settembre syyskuuta wrzesnia zari сентября set eylul",
        "october oct oktober octobre octubre outubro ottobre lokakuuta pazdziernika rijna октября okt out ott ekim",
        "november nov novembre noviembre novembro marraskuuta listopada listopadu ноября kasim",
        "december dec dezember decembre diciembre dezembro dicembre joulukuuta grudnia prosince декабря dez dic aralik",
    ),
    start=1,
):
    for _name in _names.split():
        MONTHS[_name] = _number

_BACK = pattern(
    r"\b(?:return\w*|be back|back|available again|reachable again)\b(?: \w+){0,4}?(?= (?:on|by|from|in|at|to)?\b)",
    r"\b(?:wieder (?:erreichbar|im büro|da|für sie da|im hause|zurück)|zurück|rückkehr|ab dem|ab)\b",
    r"\b(?:de retour|retour|reprends|rentre)\b",
    r"\b(?:regres\w+|vuelv\w+|vuelta|de vuelta|reincorpor\w+)\b",
    r"\b(?:retorn\w+|regress\w+|volt\w+|de volta)\b",
    r"\b(?:rientr\w+|ritorn\w+|di ritorno|torn\w+)\b",
    r"\b(?:terug|weer (?:bereikbaar|aanwezig|op kantoor))\b",
    r"\b(?:tillbaka|tilbage|tilbake|åter|igen)\b",
    r"\bpala\w+\b",
    r"\b(?:wróc\w*|wrac\w+|powr\w+|powrót)\b",
    r"\b(?:vrát\w*|zpět|návrat\w*|späť)\b",
    r"вернусь|возвращ\w+|буду (?:на месте|в офисе|доступ\w+)",
    r"dön\w+",
)
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|e|º|ª|\.)?"
_YEAR = r"(?:[\s,./'-]{1,3}(?:de |del )?(?P<year>20\d\d|\d\d(?![\d:])))?"
_DATES = (
    re.compile(r"(?P<year>20\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(_DAY + r"[\s-]{1,2}(?:of |de |d')?" + _MONTH + r"\b\.?" + _YEAR),
    re.compile(r"\b" + _MONTH + r"\b\.?[\s-]{0,2}(?:the )?" + _DAY + r"(?!\d)(?!:)" + _YEAR),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[./-](?P<number>\d{1,2})(?:[./-](?P<year>20\d\d|\d\d)|\.(?!\d)|(?!\d))"),
    re.compile(r"(?P<number>\d{1,2})月(?P<day>\d{1,2})日"),
)
_ASIAN_BACK = re.compile(r"(?:より|から|に)?(?:出社|復帰|戻り|回来|返回|复귀|복귀|出勤)")
_ON = re.compile(r"\b(?:on|op|am|den|vanaf|from|le|el|il|em|dnia)\s+(?:\w+,? )?(?=\d|[a-z]+ \d)")
_WINDOW = 60
_BEFORE = 40


def return_date(low: str, reference_time: str | None) -> str | None:
    """Return the ISO date on which the writer is back, or None when the folded text names no such day.

    Without a year the next such day after `reference_time` is meant; without both there is no answer.
    Ambiguous numbers are read month first only when the text is English and the first number can be a month.
    """
    today = _day(reference_time)
    for match in _BACK.finditer(low):
        found = _first_date(low[match.end() : match.end() + _WINDOW], today, low)
        found = found or _date_ahead(low[: match.start()], today, low)
        if found:
            return found.isoformat()
    asian = _ASIAN_BACK.search(low)
    if asian:
        found = _first_date(low[max(0, asian.start() - _BEFORE) : asian.start()], today, low)
        return found.isoformat() if found else None
    return None


def _date_ahead(text: str, today: date | None, low: str) -> date | None:
    """Return the day named just before the words, as in "op 16 maart ben ik weer bereikbaar"."""
    near = re.split(r"[!?\n]|\.\s(?=[a-z])", text)[-1][-_BEFORE:]
    opened = _ON.search(near)
    return _first_date(near[opened.end() :], today, low) if opened else None


def _first_date(text: str, today: date | None, low: str) -> date | None:
    text = re.split(r"[!?\n]|\.\s(?=[a-z])", text)[0]
    matches = [match for form in _DATES if (match := form.search(text))]
    for match in sorted(matches, key=lambda found: found.start()):
        parts = match.groupdict()
        month = MONTHS[parts["month"]] if parts.get("month") else int(parts["number"])
        day = int(parts["day"])
        american = parts.get("number") and "/" in match.group() and re.search(r"\b(?:i|the|will|return|back)\b", low)
        if american and month <= 31 and day <= 12 and parts.get("year", "") != match.group()[:4]:
            month, day = day, month
        found = _placed(parts.get("year"), month, day, today)
        if found:
            return found
    return None


def _placed(year: str | None, month: int, day: int, today: date | None) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        if today is None:
            return None
        this_year = date(today.year, month, day)
        return this_year if this_year >= today - timedelta(days=7) else date(today.year + 1, month, day)
    except ValueError:
        return None


def _day(reference_time: str | None) -> date | None:
    if not isinstance(reference_time, str):
        return None
    try:
        return datetime.fromisoformat(reference_time.replace("Z", "+00:00")).date()
    except ValueError:
        return None

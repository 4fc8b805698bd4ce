"""Does a draft name a price nobody gave, or by another period than ours? (FACTS section 10.5)"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zrg_app.services.drafting.checks.proposal import Proposal

_N = r"\d(?:[\d.,'’]*\d)?(?:\s?(?:k|m|thousand|million|tsd|tausend|mille|mil)\b)?"
_SIGN = r"(?:US|CA|AU)?\$|€|£|¥|\b(?:USD|EUR|GBP|CHF|AUD|CAD)"
_WORD = r"(?:\$|€|£|usd|eur|gbp|chf|dollars?|euros?|pounds?|bucks|quid|dólares|dolares|libras)(?!\w)"
_PER = (r"(?:\s?/\s?|\s(?:an?|per|every|each|pro|im|je|par|al|por|a la)\s)"
        r"(?:mo|month|monat|mois|mes|yr|year|jahr|an|année|año|quarter|quartal|trimestre|week|woche|semaine|semana|day|tag|jour|día|"
        r"hour|stunde|heure|hora|seat|user|site|lead|meeting|head)\b")
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_N})(?:\s?(?:-|–|to|bis|and|und)\s?(?P<b>{_N}))?|(?P<c>{_N})\s?(?P<word>{_WORD})|"
    rf"(?P<d>{_N})(?={_PER})|"
    rf"(?P<e>\d{{1,3}}(?:[.,]\d+)?)\s?%\s?(?=off\b|discount|rabatt|nachlass|cheaper|de réduction|de descuento|less\b)|"
    rf"(?:discount|rabatt|nachlass) (?:of|von|up to) (?P<f>\d{{1,3}}(?:[.,]\d+)?)\s?%", re.IGNORECASE)
_PERIODS = {
    "month": r"month|\bmo\b|monat|mois\b|mensuel|mensual|\bmes\b|\bp\.?\s?m\b", "quarter": r"quarter|quartal|trimest",
    "year": r"\byear|\byr\b|annual|annum|jahr|jährlich|\bpar an\b|\bannée|annuel|\baño|anual|\bp\.?\s?a\b",
    "week": r"week|woche|semaine|semana",
    "day": r"\b(?:a|per|/)\s?day|daily|\btag\b|täglich", "hour": r"hour|stunde|heure|\bhora",
    "once": r"one[- ]?(?:time|off)|einmalig|once\b"}
_PERIOD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PERIODS.items()), re.IGNORECASE)
_THRESHOLD = re.compile(r"revenue|\barr\b|\bmrr\b|turnover|funding|raised|valuation|budget|umsatz|chiffre d'affaires|facturaci",
                        re.IGNORECASE)
_STOP = re.compile(r"[.!?;\n](?!\d)")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "dollar": "USD", "euro": "EUR", "pound": "GBP", "buck": "USD", "quid": "GBP",
          "dólar": "USD", "dolar": "USD", "libra": "GBP"}
_THOUSANDS = {"k": 1_000, "thousand": 1_000, "tsd": 1_000, "tausend": 1_000, "mille": 1_000, "mil": 1_000, "m": 1_000_000,
              "million": 1_000_000}
# Without a currency, a small number by a period counts something else: two a week.
_LEAST_BARE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money as written, with its currency and period as far as they are said. `kind` is money, bare or percent."""

    written: str
    value: Decimal
    currency: str
    period: str
    kind: str
    is_threshold: bool


def amounts_in(text: str) -> tuple[Amount, ...]:
    """The sums of money in a text, thresholds such as a revenue marked."""
    found: list[Amount] = []
    matches = list(_MONEY.finditer(text))
    for place, match in enumerate(matches):
        before = matches[place - 1].end() if place else 0
        after = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        kind = "percent" if match["e"] or match["f"] else "bare" if match["d"] else "money"
        for number in (match["a"], match["b"], match["c"], match["d"], match["e"], match["f"]):
            value = _value(number) if number else None
            if value is not None and not (kind == "bare" and value < _LEAST_BARE):
                found.append(Amount(
                    written=match.group().strip(), value=value, currency=_currency(match["sign"] or match["word"] or ""), kind=kind,
                    period=_period(text, match, before, after), is_threshold=_THRESHOLD.search(_sentence(text, match)) is not None))
    return tuple(found)


def unknown_amounts(proposal: Proposal) -> tuple[str, ...]:
    """The sums of a draft that stand in nothing we said; a threshold may also be what the lead said of themselves."""
    known, theirs = amounts_in(proposal.known_text), amounts_in(proposal.lead_words)
    return tuple(one.written for one in amounts_in(proposal.body)
                 if not any(_fits(one, other) for other in (known + theirs if one.is_threshold and not one.period else known)))


def wrong_periods(proposal: Proposal) -> tuple[str, ...]:
    """The sums that we know, but by another period than the draft says; a period we never said supports none."""
    known = amounts_in(proposal.known_text)
    stated = [one for one in amounts_in(proposal.body) if one.period and not one.is_threshold]
    sources = [(one, [other.period for other in known if _fits(one, other)]) for one in stated]
    return tuple(f"{one.written} by the {one.period}" for one, periods in sources if periods and one.period not in periods)


def _fits(one: Amount, other: Amount) -> bool:
    same_kind = (one.kind == "percent") == (other.kind == "percent")
    return one.value == other.value and same_kind and (one.currency == other.currency or not one.currency or not other.currency)


def _value(written: str) -> Decimal | None:
    number = re.match(r"[\d.,'’]+", written)[0].replace("'", "").replace("’", "")
    unit = written[len(re.match(r"[\d.,'’]+", written)[0]):].strip().lower()
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        number = re.sub(r"[.,]", "", number)
    else:
        whole, mark, part = re.match(r"(.*?)(?:([.,])(\d{1,2}))?$", number).groups()
        number = re.sub(r"[.,]", "", whole) + (f".{part}" if mark else "")
    try:
        return (Decimal(number) * _THOUSANDS.get(unit, 1)).normalize()
    except InvalidOperation:
        return None


def _currency(written: str) -> str:
    low = written.lower().removeprefix("us").strip()
    return next((name for sign, name in _SIGNS.items() if low.startswith(sign) or low.endswith(sign)), written.upper()[:3])


def _period(text: str, match: re.Match, before: int, after: int) -> str:
    behind = _STOP.split(text[match.end():min(after, match.end() + 45)])[0]
    ahead = _STOP.split(text[max(before, match.start() - 30):match.start()])[-1]
    found = _PERIOD.search(behind) or _last(_PERIOD, ahead)
    return found.lastgroup if found else ""


def _last(pattern: re.Pattern, text: str) -> re.Match | None:
    return next(iter([*pattern.finditer(text)][::-1]), None)


def _sentence(text: str, match: re.Match) -> str:
    ahead, behind = text[max(0, match.start() - 80):match.start()], text[match.end():match.end() + 60]
    return _STOP.split(ahead)[-1] + match.group() + _STOP.split(behind)[0]

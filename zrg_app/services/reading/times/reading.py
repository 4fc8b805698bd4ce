"""Which days and hours belong together in a text, and which of them does the writer offer?"""

from datetime import date, timedelta

from zrg_app.services.reading.times import phrases
from zrg_app.services.reading.times.days import DAY_KINDS, Days, in_week, merged, read_days
from zrg_app.services.reading.times.hours import HourReader
from zrg_app.services.reading.times.offers import Hour, Offer, carried, kind_of
from zrg_app.services.reading.times.tokens import Token, tokens_of
from zrg_app.services.reading.times.zones import zone_of


class OfferReader(HourReader):
    """Reads one folded text; `original` is the text before lower-casing, for zones that are words elsewhere."""

    def __init__(self, low: str, original: str, today: date, *, month_first: bool) -> None:
        super().__init__(low)
        self._original = original
        self._today = today
        self._month_first = month_first
        self._monday: date | None = None

    def offers(self) -> list[Offer]:
        """Return the offers of the text in order, refused ones marked."""
        found: list[Offer] = []
        for start, end, tokens in self._clauses():
            clause = self._clause_offers(tokens, start)
            self._judge(clause, start, end)
            found += clause
        return carried(found)

    def _clauses(self) -> list[tuple[int, int, list[Token]]]:
        tokens = tokens_of(self._low)
        if not tokens:
            return []
        ends = [
            match.start()
            for match in phrases.CLAUSE_END.finditer(self._low)
            if not any(token.start <= match.start() < token.end for token in tokens)
        ]
        clauses, start = [], 0
        for end in [*ends, len(self._low)]:
            inside = [token for token in tokens if start <= token.start < end]
            if inside:
                clauses.append((start, end, inside))
            start = end
        return clauses

    def _clause_offers(self, tokens: list[Token], start: int) -> list[Offer]:
        offers: list[Offer] = []
        self._monday = None
        self._dated = any(kind_of(token) in DAY_KINDS for token in tokens)
        previous: Token | None = None
        for index, token in enumerate(tokens):
            gap = self._low[previous.end : token.start] if previous else ""
            kind = kind_of(token)
            if kind in DAY_KINDS:
                if not self._add_day(offers, token, kind, gap, previous):
                    continue
            elif kind in ("clock", "spoken", "number", "part", "shiftinstant"):
                following = tokens[index + 1] if index + 1 < len(tokens) else None
                if not self._add_hour(offers, token, gap, previous, following, start):
                    continue
            elif kind in ("zone", "zoneoffset", "place"):
                self._add_zone(offers, token, gap, previous)
                continue
            else:
                continue
            previous = token
        if any(
            token.kind == "skip" and not phrases.GREETING.match(self._low[token.start : token.end]) for token in tokens
        ):
            return [offer for offer in offers if offer.days]
        return offers

    def _add_day(self, offers: list[Offer], token: Token, kind: str, gap: str, previous: Token | None) -> bool:
        if kind == "numdate" and not self._is_date(token, previous):
            return False
        typed = Token(kind=kind, parts=token.parts, start=token.start, end=token.end)
        days = read_days(typed, self._today, month_first=self._month_first)
        if days is None:
            return False
        days = self._in_named_week(self._week_around(days, token), token)
        last = offers[-1] if offers else None
        if (
            last
            and last.days
            and last.days[-1].kind == "week"
            and not last.hours
            and last.days[-1].first <= days.first < last.days[-1].after
        ):
            last.days[-1], last.end = days, token.end
            return True
        if last and not last.days and last.hours:
            last.days, last.end = [days], token.end
            return True
        if last and last.days and self._joins(last, days, gap, token):
            last.end = token.end
        else:
            offers.append(Offer(start=token.start, end=token.end, days=[days]))
        if "night" in token.parts:
            offers[-1].hours.append(Hour(part=(18, 22)))
        return True

    def _week_around(self, days: Days, token: Token) -> Days:
        """Widen "week of 30 November" to that week and move "a week from Tuesday" by one."""
        ahead = self._low[max(0, token.start - 25) : token.start]
        if phrases.WEEK_OF.search(ahead):
            monday = days.first - timedelta(days=days.first.weekday())
            return Days(first=monday, after=monday + timedelta(days=7), kind="range")
        if phrases.WEEK_FROM.search(ahead):
            return Days(first=days.first + timedelta(days=7), after=days.after + timedelta(days=7), kind="date")
        return days

    def _in_named_week(self, days: Days, token: Token) -> Days:
        """After "next week", a bare weekday of the same clause is that week's."""
        if days.kind == "week":
            self._monday = days.first - timedelta(days=days.first.weekday())
        elif (
            days.kind == "weekday"
            and self._monday is not None
            and "mod" not in token.parts
            and days.weekday is not None
        ):
            day = self._monday + timedelta(days=days.weekday)
            if day >= self._today:
                return Days(first=day, after=day + timedelta(days=1), kind="weekday", weekday=days.weekday)
        return days

    def _joins(self, last: Offer, days: Days, gap: str, token: Token) -> bool:
        """Add days to the offer before when they stand next to it; return whether they belong there."""
        if len(last.days) == 1 and phrases.JOINED.match(gap) and last.end + len(gap) == token.start:
            both = merged(last.days[-1], days, self._today)
            if both is not None:
                last.days[-1] = both
                return True
        if (
            days.kind == "week"
            and len(gap) <= 6
            and all(day.kind in ("weekday", "nextweekday", "range") for day in last.days)
        ):
            last.days = [in_week(day, days) for day in last.days]
            return True
        if last.hours:
            return False
        if phrases.RANGE_GAP.match(gap) and days.first > last.days[-1].first:
            last.days[-1] = Days(first=last.days[-1].first, after=days.after, kind="range")
            return True
        comma_only = gap.strip() == ","
        if phrases.LISTED.match(gap) and not (comma_only and self._refused_before(last, 0)):
            last.days.append(days)
            return True
        return False

    def _is_date(self, token: Token, previous: Token | None) -> bool:
        if token.parts["sep"] == "/" or token.parts.get("y") or token.parts.get("dot"):
            return True
        ahead = self._low[max(0, token.start - 8) : token.start]
        near_day = previous is not None and previous.kind == "weekday" and token.start - previous.end < 8
        return near_day or ahead.rstrip().endswith((" am", " den", " vom", " dem")) or ahead.startswith("am ")

    def _add_hour(
        self, offers: list[Offer], token: Token, gap: str, previous: Token | None, following: Token | None, start: int
    ) -> bool:
        hour = self._hour(token, offers, gap, previous, following)
        if hour is None:
            return False
        last = offers[-1] if offers else None
        ahead = self._low[start : token.start]
        if last and last.hours and previous is not None and self._continues(last.hours[-1], hour, gap, previous):
            last.end = token.end
            return True
        self._open_end(hour, ahead, token)
        if last is None or (last.hours_first and last.days):
            offers.append(Offer(start=token.start, end=token.end, hours=[hour], hours_first=True))
        else:
            last.hours.append(hour)
            last.end = token.end
        return True

    def _add_zone(self, offers: list[Offer], token: Token, gap: str, previous: Token | None) -> None:
        last = offers[-1] if offers else None
        if last is None or not last.hours or (token.kind == "zone" and len(gap) > 3):
            return
        written = self._original[token.start : token.end] if len(self._original) == len(self._low) else ""
        zone = zone_of(token, written)
        if not zone:
            return
        for offer in offers:
            for hour in offer.hours:
                hour.zone = hour.zone or zone
        last.end = max(last.end, token.end)

    def _refused_before(self, offer: Offer, start: int) -> bool:
        ahead = self._low[start : offer.start][-80:]
        return phrases.REFUSED_BEFORE.search(ahead) is not None or phrases.PAST_BEFORE.search(ahead) is not None

    def _judge(self, offers: list[Offer], start: int, end: int) -> None:
        for index, offer in enumerate(offers):
            before = offers[index - 1].end if index else start
            after = offers[index + 1].start if index + 1 < len(offers) else end
            refused = self._refused_before(offer, before)
            opened = any(hour.open == "after" for hour in offer.hours) and "not before" in self._low[before : offer.end]
            waiting = (
                not offer.hours
                and offer.days
                and phrases.UNTIL_BEFORE.search(self._low[before : offer.start]) is not None
            )
            offer.refused = (
                bool(waiting)
                or (refused and not opened)
                or phrases.REFUSED_AFTER.search(self._low[offer.end : after]) is not None
            )

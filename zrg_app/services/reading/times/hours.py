"""Which hours does a piece of text name, seen in its neighbourhood?"""

from datetime import timedelta

from zrg_app.services.reading.times import phrases
from zrg_app.services.reading.times.clock import read_clock, read_spoken
from zrg_app.services.reading.times.days import DAY_KINDS, shift_count
from zrg_app.services.reading.times.offers import Hour, Offer, kind_of
from zrg_app.services.reading.times.tokens import Token
from zrg_app.services.reading.times.words import PARTS


class HourReader:
    """Reads hours of one folded text; whether a bare number is an hour depends on what stands around it."""

    def __init__(self, low: str) -> None:
        self._low = low
        self._dated = False

    def _hour(
        self, token: Token, offers: list[Offer], gap: str, previous: Token | None, following: Token | None
    ) -> Hour | None:
        if token.kind == "part":
            return Hour(part=PARTS[token.parts["part"]])
        if token.kind == "shift":
            from_now = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}[
                (token.parts.get("unit") or token.parts["unit2"])[0]
            ]
            return Hour(shift=from_now * shift_count(token))
        if token.kind == "number" and not self._number_is_hour(token, offers, gap, previous, following):
            return None
        clock = (
            read_spoken(token.parts["spoken"])
            if token.kind == "spoken"
            else read_clock(token.parts.get("clock") or token.parts["n"])
        )
        return Hour(start=clock) if clock else None

    def _number_is_hour(
        self, token: Token, offers: list[Offer], gap: str, previous: Token | None, following: Token | None
    ) -> bool:
        number = int(token.parts["n"])
        ahead = self._low[max(0, token.start - 25) : token.start]
        if not 1 <= number <= 24:
            return False
        if phrases.AT_BEFORE.search(ahead):
            return True
        timed = previous is not None and (
            previous.kind in ("clock", "spoken", "number") or kind_of(previous) in DAY_KINDS or previous.kind == "part"
        )
        near = (
            timed
            and len(gap) <= 12
            and (
                not gap.strip(" ,")
                or phrases.RANGE_GAP.match(gap)
                or phrases.LISTED.match(gap)
                or phrases.BETWEEN_GAP.match(gap)
                or phrases.AFTER_BEFORE.search(gap)
                or phrases.BEFORE_BEFORE.search(gap)
                or phrases.LOOSELY_BEFORE.search(gap)
            )
        )
        if near:
            return previous is not None and (previous.kind != "number" or bool(offers and offers[-1].hours))
        return self._announced(token, following)

    def _announced(self, token: Token, following: Token | None) -> bool:
        """Whether what follows a bare number, or a loose word before it, makes it an hour."""
        ahead = self._low[max(0, token.start - 25) : token.start]
        if following is not None and following.kind in ("clock", "number"):
            between = self._low[token.end : following.start]
            ranged = phrases.RANGE_GAP.match(between) or (
                phrases.BETWEEN_GAP.match(between) and phrases.BETWEEN_BEFORE.search(ahead)
            )
            listed = phrases.LISTED.match(between)
            return bool(ranged or listed) and (following.kind == "clock" or self._dated)
        written_so = self._low[token.start : token.end].endswith("ish")
        return self._dated and (written_so or phrases.LOOSELY_BEFORE.search(ahead) is not None)

    def _continues(self, last: Hour, hour: Hour, gap: str, previous: Token) -> bool:
        """Make the hour before a range or settle its half of the day; return whether this hour was used up."""
        if hour.part is not None and last.start is not None and len(gap) <= 6 and not phrases.LISTED.match(gap):
            last.part = hour.part
            return True
        if hour.start is None:
            return False
        if last.part is not None and last.start is None and len(gap) <= 12 and not phrases.LISTED.match(gap):
            last.start = hour.start
            return True
        if last.start is None or last.end is not None:
            return False
        ahead = self._low[max(0, previous.start - 20) : previous.start]
        if phrases.RANGE_GAP.match(gap) or (phrases.BETWEEN_GAP.match(gap) and phrases.BETWEEN_BEFORE.search(ahead)):
            last.start, last.end, last.open = last.start.with_half_of(hour.start), hour.start, ""
            return True
        if phrases.LISTED.match(gap) and not last.start.half:
            last.start = last.start.with_half_of(hour.start)
        return False

    def _open_end(self, hour: Hour, ahead: str, token: Token) -> None:
        if hour.start is None:
            return
        if phrases.AFTER_BEFORE.search(ahead) or phrases.ONWARDS.match(self._low[token.end : token.end + 20]):
            hour.open = "after"
        elif phrases.BEFORE_BEFORE.search(ahead):
            hour.open = "before"

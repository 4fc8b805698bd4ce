"""Which one of the offered times does this answer accept?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from zrg_app.services.reading.characters import folded
from zrg_app.services.reading.reply import extract_reply
from zrg_app.services.reading.slot_words import ALL_BUT, ANY, BARE_NUMBER, LETTERED, NUMBERED, POSITIONS, REFUSING, TAKING
from zrg_app.services.reading.times import Moment, moments
from zrg_app.services.reading.times.zones import zone_info

MAX_SLOTS = 50
"""Offered times looked at."""

_MAX_READ = 1_500
_CLAUSES = re.compile(r"[.!;\n]+(?!\d)|,?\s\b(?:but|however|though|aber|mais|pero|mas|però|maar|men|ale|но)\b|(?<=\?)")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SAME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    index: int
    start: datetime


def accept_slot(
    text: str | None, offered_slots: Sequence[Mapping[str, Any]] | None, tz: str | None, reference_time: str | None
) -> int | None:
    """Return the 0-based index of the one offered slot the text takes, or None.

    None for a decline, another time, a question, or an answer that does not say which; where any is fine, the
    first that
    was not refused. `offered_slots` are mappings with an ISO 8601 `start`; `tz` is the zone in which the reader
    was shown
    them. "Yes" takes a slot only when it was the only one (spec section 12).
    """
    low = folded(extract_reply(text))[:_MAX_READ].strip()
    slots = _slots(offered_slots)
    reference = _instant(reference_time)
    if not low or not slots or reference is None:
        return None
    zone = zone_info(tz) if isinstance(tz, str) and tz else UTC
    return _choice(low, slots, zone, reference, tz if isinstance(tz, str) else "UTC")


def _choice(low: str, slots: list[_Slot], zone: tzinfo, reference: datetime, tz: str) -> int | None:
    taken: list[int] = []
    refused: set[int] = set()
    elsewhere = declined = agreed = False
    open_to_any = ALL_BUT.search(low) is not None
    for clause in _clauses(ALL_BUT.sub(" not", low)):
        negative = REFUSING.search(clause) is not None
        if not negative and ANY.search(clause):
            open_to_any = True
            continue
        named, other = _named(clause, slots, zone, reference, tz)
        if negative:
            refused.update(named)
            declined = declined or not named
        elif named:
            taken += (
                [index for index in named if index not in taken]
                if len(named) == 1
                else [-1]
                if len(named) > 1 and not taken
                else []
            )
        else:
            elsewhere = elsewhere or other
            agreed = agreed or (TAKING.search(clause) is not None and "?" not in clause)
    return _decided(
        slots, taken, refused, elsewhere=elsewhere, declined=declined, agreed=agreed, open_to_any=open_to_any
    )


def _decided(
    slots: list[_Slot],
    taken: list[int],
    refused: set[int],
    *,
    elsewhere: bool,
    declined: bool,
    agreed: bool,
    open_to_any: bool,
) -> int | None:
    """Weigh what the clauses said; a time we did not offer is another offer, not an acceptance."""
    chosen = [index for index in taken if index not in refused]
    if chosen and not elsewhere:
        return chosen[0] if len(chosen) == 1 and chosen[0] >= 0 else None
    left = [slot.index for slot in slots if slot.index not in refused]
    if open_to_any and left and not declined and not elsewhere:
        return left[0]
    if elsewhere or declined:
        return None
    if refused and len(left) == 1 and agreed:
        return left[0]
    return slots[0].index if agreed and len(slots) == 1 and not refused else None


def _clauses(low: str) -> list[str]:
    """Return the parts that say one thing each; a comma parts them only around a refusal."""
    clauses: list[str] = []
    for sentence in _CLAUSES.split(low):
        parts = [part.strip() for part in (sentence or "").split(",") if part.strip()]
        for number, part in enumerate(parts):
            if number and not (REFUSING.search(clauses[-1]) or REFUSING.search(part)):
                clauses[-1] += ", " + part
            else:
                clauses.append(part)
    return clauses


def _named(clause: str, slots: list[_Slot], zone: tzinfo, reference: datetime, tz: str) -> tuple[list[int], bool]:
    """Return the slots a clause names, and whether it names a time that was not offered."""
    numbered = _numbered(clause, slots)
    if numbered is not None:
        return numbered, not numbered
    found = [moment for moment in moments(clause, reference, tz) if moment.dated or moment.timed]
    if found:
        matching = [index for moment in found for index in _matching(moment, slots, zone)]
        if matching:
            return _nearer(clause, sorted(set(matching)), slots), False
        position = _position(clause, slots)
        return (position, False) if position else ([], True)
    position = _position(clause, slots)
    if position:
        return position, False
    return _bare_number(clause, slots, zone), False


def _nearer(clause: str, named: list[int], slots: list[_Slot]) -> list[int]:
    """Return which of several named slots is meant: "the later one on Thursday"."""
    among = [slot for slot in slots if slot.index in named]
    position = _position(clause, among) if len(among) > 1 else []
    return [among[position[0]].index] if len(position) == 1 else named


def _numbered(clause: str, slots: list[_Slot]) -> list[int] | None:
    match = NUMBERED.search(clause)
    if match:
        word = match["n"] or match["n2"]
        number = int(word) if word.isdigit() else _NUMBERS[word]
        return [number - 1] if 1 <= number <= len(slots) else []
    letter = LETTERED.search(clause)
    if letter:
        index = "abcde".index(letter["l"] or letter["l2"])
        return [index] if index < len(slots) else []
    return None


def _position(clause: str, slots: list[_Slot]) -> list[int]:
    found = []
    for position, words in POSITIONS:
        if words.search(clause):
            index = len(slots) - 1 if position == -1 else position
            if index < len(slots) and index not in found:
                found.append(index)
    return found


def _bare_number(clause: str, slots: list[_Slot], zone: tzinfo) -> list[int]:
    """A number alone is an hour when exactly one slot starts then, else a place in the list; both at odds mean
    neither."""
    match = BARE_NUMBER.match(clause)
    if not match:
        return []
    number = int(match["n"])
    hours = [
        slot.index
        for slot in slots
        if slot.start.astimezone(zone).hour in {number, number + 12 if 1 <= number <= 6 else number}
    ]
    place = [number - 1] if 1 <= number <= len(slots) else []
    if len(hours) == 1:
        return hours if not place or place == hours else []
    return place


def _matching(moment: Moment, slots: list[_Slot], zone: tzinfo) -> list[int]:
    if moment.end is None and (moment.dated or moment.zoned):
        exact = [slot.index for slot in slots if abs(slot.start - moment.start) < _SAME]
        if exact or moment.dated:
            return exact
    if moment.end is not None and moment.dated:
        return [slot.index for slot in slots if moment.start <= slot.start < moment.end]
    local = moment.start.astimezone(zone)
    if moment.end is not None:
        last = moment.end.astimezone(zone)
        return [slot.index for slot in slots if local.time() <= slot.start.astimezone(zone).time() < last.time()]
    return [slot.index for slot in slots if _clock(slot.start, zone) == (local.hour, local.minute)]


def _clock(moment: datetime, zone: tzinfo) -> tuple[int, int]:
    local = moment.astimezone(zone)
    return local.hour, local.minute


def _slots(offered: Sequence[Mapping[str, Any]] | None) -> list[_Slot]:
    found = []
    for index, slot in enumerate(list(offered or [])[:MAX_SLOTS]):
        start = _instant(slot.get("start")) if isinstance(slot, Mapping) else None
        if start is not None:
            found.append(_Slot(index=index, start=start))
    return found


def _instant(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        moment = value
    else:
        try:
            moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
        except ValueError:
            return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1990 <= moment.year <= 9000 else None

"""What of a history is known already, what heals a row without an id, and what is new, in which order? Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zrg_app.integrations.base import Event
from zrg_app.integrations.outgoing_html import same_words
from zrg_app.models.vocabulary import Direction
from zrg_app.services.inbox.ingest import body_of
from zrg_app.services.inbox.pairing import Telling, pair

Name = tuple[str | None, str]
MESSAGES = frozenset({"reply", "interested", "outbound"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A message of the lead as we have it; `external_id` None when its provider named none, `is_empty` without words or writer."""

    id: str
    external_id: str | None
    dedupe_key: str
    direction: str
    text: str
    at: datetime
    is_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: events that complete a row (by its id), and new ones in the order to tell them in."""

    heal: Mapping[str, Event]
    new: tuple[Event, ...]


def plan(rows: Sequence[Row], events: Sequence[Event], *, shares_ids: bool = False, told: Collection[Name] = ()) -> Plan:
    """Compare a lead's messages of one provider with what its history tells.

    Answers come before the replies they answer, and of replies the newest first: so nothing that was dealt with looks new
    for a moment. An event that would fill an empty row is told again. With `shares_ids` the webhooks of this provider may
    have named a row after another mail: a row whose name the history does not confirm (in `events` or `told`) is recognised
    by its words.
    """
    whole = {key for row in rows if not row.is_empty for key in (row.external_id, row.dedupe_key) if key}
    empty = {key for row in rows if row.is_empty for key in (row.external_id, row.dedupe_key) if key}
    once = {event.dedupe_key: event for event in events if event.kind in MESSAGES}
    fresh = [event for event in once.values() if event.external_id not in whole and event.dedupe_key not in whole]
    nameless = [row for row in rows if row.external_id is None]
    worded = [event for event in fresh if event.external_id not in empty and event.dedupe_key not in empty]
    pairs = pair([_heard(row) for row in nameless], [_exact(event, nameless) for event in worded])
    heal = {pairs[event.dedupe_key]: event for event in worded if event.dedupe_key in pairs}
    doubtful = _unconfirmed(rows, {*map(name_of, events), *told}) if shares_ids else []
    known = pair([_heard(row) for row in doubtful], [_exact(event, ()) for event in worded if event.dedupe_key not in pairs])
    new = [event for event in fresh if event.dedupe_key not in pairs and event.dedupe_key not in known]
    ours = sorted((event for event in new if event.kind == "outbound"), key=_moment)
    theirs = sorted((event for event in new if event.kind != "outbound"), key=_moment, reverse=True)
    return Plan(heal=heal, new=(*ours, *theirs))


def name_of(event: Event) -> Name:
    """What the provider calls a message, and its direction: a name given to both directions is two names."""
    return (event.external_id, Direction.OUTBOUND if event.kind == "outbound" else Direction.INBOUND)


def _unconfirmed(rows: Sequence[Row], names: Collection[Name]) -> list[Row]:
    return [row for row in rows if row.external_id is not None and (row.external_id, row.direction) not in names]


def _heard(row: Row) -> Telling:
    return Telling(key=row.id, direction=row.direction, text=row.text, at=row.at)


def _exact(event: Event, nameless: Sequence[Row]) -> Telling:
    _, direction = name_of(event)
    return Telling(key=event.dedupe_key, direction=direction, text=_without_signature(body_of(event), direction, nameless),
                   at=_moment(event))


def _without_signature(text: str, direction: str, nameless: Sequence[Row]) -> str:
    # Mail providers put a signature under what we sent; a mail of ours without an id is recognised in front of it.
    if direction == Direction.INBOUND:
        return text
    words = same_words(text)
    ours = [row.text for row in nameless if row.direction == direction and (sent := same_words(row.text))
            and words.startswith(sent + " ")]
    return max(ours, key=len, default=text)


def _moment(event: Event) -> datetime:
    if event.sent_at is None:
        raise ValueError("A history tells when each message was sent.")
    return event.sent_at

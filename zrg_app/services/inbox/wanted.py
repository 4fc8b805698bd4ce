"""What should the list show? As people choose it, which links and saved views keep, and as the database is asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zrg_app.kit.ids import parse_id
from zrg_app.models.vocabulary import Channel, Sentiment

VIEWS = ("reply", "drafts", "ai_review", "mine", "unread", "snoozed", "ai_sent", "repair", "done", "open", "all")
"""The views people choose from; programs know more."""
SORTS = ("newest", "oldest", "waiting")
PERIODS = {"today": 0, "7": 6, "30": 29}
"""The usual periods, and how many days before today each begins."""
NOBODY = "nobody"
LONGEST_QUERY = 200
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What the list shows. `view` is one of `listing.VIEWS`; the rest narrows it: `assignee_id` may be `nobody`, `since` and `until`
    bound the last message, `updated_since` names conversations changed at or after an instant."""

    view: str = "reply"
    channels: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    assignee_id: str = ""
    campaign_id: str = ""
    label_id: str = ""
    unread: bool = False
    with_draft: bool = False
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""
    sort: str = "newest"
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What a filter asks of a conversation that its row in the list does not say."""

    campaign_id: str = ""
    label_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose. `period` is one of `PERIODS`, or `own` with `since` and `until` as ISO dates, the last day included."""

    view: str = "reply"
    channels: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    assignee: str = ""
    campaign: str = ""
    label: str = ""
    unread: bool = False
    draft: bool = False
    period: str = ""
    since: str = ""
    until: str = ""
    query: str = ""
    sort: str = "newest"


_CALLED = {"channels": "channel", "sentiments": "sentiment", "since": "from", "until": "to", "query": "q"}
_EMPTY = Choice()
PARAMETERS = tuple(_CALLED.get(field.name, field.name) for field in fields(Choice))
"""What a choice is called in a link."""


def read(given: Mapping[str, object]) -> Choice:
    """The choice in a link or a saved document; whatever it holds that nobody could have chosen is left out."""
    told = {name: value.replace("\x00", "").strip() for name, value in given.items() if isinstance(value, str)}
    period = told.get("period", "")
    since, until = (_day(told.get(name, "")) if period == "own" else "" for name in ("from", "to"))
    return Choice(
        view=_among(told.get("view", ""), VIEWS, "reply"), channels=_several(told.get("channel", ""), list(Channel)),
        sentiments=_several(told.get("sentiment", ""), list(Sentiment)),
        assignee=NOBODY if told.get("assignee") == NOBODY else _id(told.get("assignee", "")), campaign=_id(told.get("campaign", "")),
        label=_id(told.get("label", "")), unread=told.get("unread") == "1", draft=told.get("draft") == "1",
        period=period if period in PERIODS or since or until else "", since=since, until=until,
        query=told.get("q", "")[:LONGEST_QUERY], sort=_among(told.get("sort", ""), SORTS, "newest"))


def written(choice: Choice) -> dict[str, str]:
    """The choice as a link or a document keeps it: what differs from the usual. The view is always named."""
    found = {"view": choice.view}
    for field in fields(choice):
        value = getattr(choice, field.name)
        if value != getattr(_EMPTY, field.name):
            plain = ",".join(value) if isinstance(value, tuple) else "1" if value is True else value
            found[_CALLED.get(field.name, field.name)] = plain
    return found


def filter_of(choice: Choice, *, now: datetime, zone: ZoneInfo) -> ListFilter:
    """What the database is asked for a choice; days are those of `zone`. A search looks into all conversations."""
    since, until = _bounds(choice, now.astimezone(zone).date(), zone)
    return ListFilter(
        view="all" if choice.query else choice.view, channels=choice.channels, sentiments=choice.sentiments,
        assignee_id=choice.assignee, campaign_id=choice.campaign, label_id=choice.label, unread=choice.unread,
        with_draft=choice.draft, since=since, until=until, search=choice.query, sort=choice.sort)


def _bounds(choice: Choice, today: date, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if choice.period in PERIODS:
        return _midnight(today - timedelta(days=PERIODS[choice.period]), zone), None
    first = date.fromisoformat(choice.since) if choice.since else None
    last = date.fromisoformat(choice.until) if choice.until else None
    if first and last and first > last:
        first, last = last, first
    return _midnight(first, zone) if first else None, _midnight(last + timedelta(days=1), zone) if last else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _among(value: str, known: tuple[str, ...], usual: str) -> str:
    return value if value in known else usual


def _several(value: str, known: list[str]) -> tuple[str, ...]:
    chosen = value.split(",")[:_MOST]
    return tuple(str(one) for one in known if one in chosen)


def _id(value: str) -> str:
    found = parse_id(value)
    return str(found) if found else ""


def _day(value: str) -> str:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return ""
    # Days at the edges of the calendar have no midnight in every zone.
    return found.isoformat() if 1970 <= found.year <= 2200 else ""

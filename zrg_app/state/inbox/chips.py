"""What is said of the filters that hold, in words of a person? Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zrg_app.services.inbox.wanted import NOBODY, Choice

CHANNELS = {"email": "Email", "sms": "SMS", "linkedin": "LinkedIn"}
SORTS = {"newest": "Newest first", "oldest": "Oldest first", "waiting": "Waiting longest"}
PERIODS = {"today": "Today", "7": "Last 7 days", "30": "Last 30 days", "own": "Own dates"}
GONE = "something that is gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that can be taken off: `key` says which, `words` what it does."""

    key: str
    words: str


def chips(choice: Choice, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """The filters that hold, but for the channels, whose own chips show it. `names` gives people, campaigns and labels their names."""
    shown = [Chip(key=f"sentiment:{word}", words=word) for word in choice.sentiments] if choice.view != "open" or len(
        choice.sentiments) > 1 else []
    if choice.assignee:
        shown.append(Chip(key="assignee", words="Nobody’s" if choice.assignee == NOBODY else f"Of {names.get(choice.assignee, GONE)}"))
    if choice.campaign:
        shown.append(Chip(key="campaign", words=f"Campaign {names.get(choice.campaign, GONE)}"))
    if choice.label:
        shown.append(Chip(key="label", words=f"Label {names.get(choice.label, GONE)}"))
    if choice.unread:
        shown.append(Chip(key="unread", words="Unread"))
    if choice.draft:
        shown.append(Chip(key="draft", words="With a draft"))
    if choice.period:
        shown.append(Chip(key="period", words=_days(choice)))
    return tuple(shown)


def _days(choice: Choice) -> str:
    if choice.period != "own":
        return PERIODS[choice.period]
    if choice.since and choice.until:
        return f"{_day(choice.since)} to {_day(choice.until)}"
    return f"Since {_day(choice.since)}" if choice.since else f"Until {_day(choice.until)}"


def _day(told: str) -> str:
    day = date.fromisoformat(told)
    return f"{day.day} {day:%b %Y}"

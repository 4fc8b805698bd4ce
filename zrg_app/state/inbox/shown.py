"""What do the panels of the inbox hold beyond the views of the services?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from zrg_app.services.inbox.views import InboxCounts, ThreadItem
from zrg_app.services.sending.presets import presets

EVENING, MORNING = 17, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """A thread item, and whether it is the first of its day (a divider stands before it).

    Of a message only `body_html` is here, of an activity line only `body`: what is shown is sent once.
    """

    item: ThreadItem
    starts_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChoice:
    """Somebody a conversation can be given to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeChoice:
    """A time to come back; `until` is an ISO instant."""

    key: str
    label: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterChoice:
    """A moment to send later: `aside` is when that is for whoever's day it is, `until` an ISO instant."""

    key: str
    label: str
    aside: str
    until: str


NO_COUNTS = InboxCounts(needs_reply=0, drafts=0, assigned_to_me=0, snoozed=0, done=0, unread=0, needs_repair=0, ai_sent=0,
                        ai_review=0, everything=0, by_sentiment={})


def sparing(items: tuple[ThreadItem, ...]) -> tuple[ThreadItem, ...]:
    """The items without the words that their kind does not show."""
    unseen = {"message": "body", "outbox": "body", "activity": "body_html"}
    return tuple(replace(item, **{unseen[item.kind]: ""}) if item.kind in unseen else item for item in items)


def with_days(items: tuple[ThreadItem, ...]) -> tuple[ShownItem, ...]:
    """Mark the first item of each day; items come oldest first."""
    days = ("", *(item.day for item in items))
    return tuple(ShownItem(item=item, starts_day=item.day != day) for day, item in zip(days, items, strict=False))


def later_choices(now: datetime, zone: ZoneInfo) -> tuple[LaterChoice, ...]:
    """The usual moments to send later. Pure."""
    return tuple(LaterChoice(key=each.key, label=each.label, aside=each.at.astimezone(zone).strftime("%a %H:%M"),
                             until=each.at.isoformat()) for each in presets(now, zone))


def snooze_choices(now: datetime, zone: ZoneInfo) -> tuple[SnoozeChoice, ...]:
    """The usual times to come back to a conversation, in the workspace's own day. Pure."""
    local = now.astimezone(zone)
    tomorrow, monday = local + timedelta(days=1), local + timedelta(days=7 - local.weekday())
    found = [("hours", "In three hours", local + timedelta(hours=3))]
    if local.hour < EVENING - 1:
        found.append(("evening", "This evening", _at(local, EVENING)))
    found.append(("tomorrow", "Tomorrow morning", _at(tomorrow, MORNING)))
    if monday.date() != tomorrow.date():
        found.append(("monday", "Monday morning", _at(monday, MORNING)))
    found.append(("month", "In a month", _at(local + timedelta(days=30), MORNING)))
    return tuple(SnoozeChoice(key=key, label=label, until=at.isoformat()) for key, label, at in found)


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)

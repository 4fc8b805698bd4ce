"""What do the panels of the inbox hold beyond the views of the services?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from zrg_app.kit.errors import Invalid
from zrg_app.services.inbox.label_views import LabelMark
from zrg_app.services.inbox.views import ConversationRow, InboxCounts, ThreadItem
from zrg_app.services.sending.presets import FARTHEST, instant, presets

EVENING, MORNING = 17, 9
# As many signs as a line of the list can show.
LINE = 90


# A few quiet lines are read faster than opened; from this many on they fold into one.
FOLDED_FROM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """A thread item, and whether it is the first of its day (a divider stands before it).

    Of a message only `body_html` is here, of an activity line only `body`: what is shown is sent once.
    Quiet lines without anything between them on one day are a run, which folds but for its last line: `run` names it by its first
    line, so that one which arrives does not rename the others; `run_size` is set on that first line only, which carries the words
    that open it.
    """

    item: ThreadItem
    starts_day: bool
    run: str = ""
    run_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """What a line of the list shows of a ConversationRow; the browser is sent nothing else of it."""

    lead_id: str
    name: str
    initials: str
    hue: int
    company: str
    channel: str
    subject: str
    snippet: str
    sentiment: str
    last_message_at: str
    unread_count: int
    has_draft: bool
    needs_repair: bool
    assignee_name: str
    assignee_initials: str
    labels: tuple[LabelMark, ...]
    woke: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChoice:
    """Somebody a conversation can be given to, the visitor first; `handle` names them in a note after an @, `role` is what they are."""

    id: str
    name: str
    handle: str = ""
    role: str = ""
    is_me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeChoice:
    """A time to come back: `until` is an ISO instant, `aside` is when that is in the workspace's own day."""

    key: str
    label: str
    until: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterChoice:
    """A moment to send later: `aside` is when that is for whoever's day it is, `until` an ISO instant."""

    key: str
    label: str
    aside: str
    until: str


NO_COUNTS = InboxCounts(needs_reply=0, drafts=0, assigned_to_me=0, snoozed=0, done=0, unread=0, needs_repair=0, ai_sent=0,
                        ai_review=0, everything=0, by_sentiment={})


def shown_row(row: ConversationRow) -> ShownRow:
    """What the list shows of a conversation: words no longer than a line."""
    shown = {name: getattr(row, name) for name in ShownRow.__slots__}
    return ShownRow(**{**shown, "snippet": row.snippet[:LINE], "subject": row.subject[:LINE]})


def sparing(items: tuple[ThreadItem, ...]) -> tuple[ThreadItem, ...]:
    """The items without the words that their kind does not show."""
    unseen = {"message": "body", "outbox": "body", "activity": "body_html"}
    return tuple(replace(item, **{unseen[item.kind]: ""}) if item.kind in unseen else item for item in items)


def with_days(items: tuple[ThreadItem, ...]) -> tuple[ShownItem, ...]:
    """Mark the first item of each day, and the runs of quiet lines; items come oldest first."""
    days = ("", *(item.day for item in items))
    firsts = [item.day != day for day, item in zip(days, items, strict=False)]
    names, sizes = _runs(items)
    return tuple(ShownItem(item=item, starts_day=first, run=names.get(item.id, ""), run_size=sizes.get(item.id, 0))
                 for first, item in zip(firsts, items, strict=True))


def _runs(items: tuple[ThreadItem, ...]) -> tuple[dict[str, str], dict[str, int]]:
    """The name of the run of each folded line, and the number of lines by the first one of each run.

    The last line of a run stays in sight: it is how things stood when somebody wrote, or what was done just now.
    """
    names, sizes = {}, {}
    for (quiet, _), grouped in groupby(items, key=lambda item: (item.is_quiet, item.day)):
        ids = [item.id for item in grouped][:-1]
        if quiet and len(ids) >= FOLDED_FROM:
            names |= dict.fromkeys(ids, ids[0])
            sizes[ids[0]] = len(ids)
    return names, sizes


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
    return tuple(SnoozeChoice(key=key, label=label, until=at.isoformat(), aside=f"{at:%a} {at.day} {at:%b, %H:%M}")
                 for key, label, at in found)


def snooze_moment(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a date and time of `zone` that somebody typed. Raises Invalid for what is none, has passed, or is too far."""
    try:
        wall = datetime.fromisoformat(typed.strip())
        at = instant(wall.date(), wall.time(), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid("Choose a date and a time.") from error
    if wall.tzinfo is not None or not now < at <= now + FARTHEST:
        raise Invalid("Choose a time in the future, a year away at most.")
    return at


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)

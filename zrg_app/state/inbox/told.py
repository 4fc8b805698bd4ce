"""What is said after a step with conversations, in the words of a person? Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from zrg_app.services.undo import TakenBack, Undoable

SAME = "Nothing to change; it was so already."
_SAID = {
    "done": "{are} done.", "reopen": "{are} open again.", "snooze": "{are} snoozed until {detail}.",
    "back": "{are} snoozed until they are back.", "wake": "{are} back from snooze.", "read": "{are} marked as read.",
    "unread": "{are} marked as unread.", "assign": "{are} {detail}.", "sentiment": "{are} “{detail}” now.",
    "label": "“{detail}” is {put} {whom}.", "blacklist": "Nobody writes to {whom} any more.{stopped}",
    "allow": "{whom} can be written to again.", "discard": "The draft for {whom} is discarded.",
    "dismiss": "The message to {whom} is put aside.", "settle": "Seen to.",
}


def people(names: Sequence[str], number: int) -> str:
    """Whom a step was done with: a name, or how many."""
    return names[0] if number == 1 and names else f"{number} conversations" if number != 1 else "one conversation"


def told(done: Undoable, names: Sequence[str], detail: str = "") -> str:
    """What was done, for the toast that offers to undo it."""
    number = len(done.changed)
    if not number:
        return SAME
    whom = people(names, number)
    off = done.act == "label" and all(change.after is None for change in done.changes)
    said = _SAID[done.act].format(whom=whom, are=f"{whom} {'is' if number == 1 else 'are'}", detail=detail, stopped=_stopped(done),
                                  put="off" if off else "on")
    said = said[0].upper() + said[1:]
    return said if not done.skipped else f"{said} {done.skipped} could not be changed."


def taken_back(done: Undoable, taken: TakenBack, names: Sequence[str]) -> str:
    """What undoing did, and what it left alone and why."""
    number, since = len(taken.leads), taken.changed_since
    if not number:
        return "It has changed since, so it was left as it is."
    left = f" But {', and '.join(taken.left)}." if taken.left else ""
    if done.act == "discard":
        return f"Not undone: {taken.left[0]}." if taken.left else "The draft is back."
    whom = people(names, number)
    said = f"{whom[0].upper()}{whom[1:]} {'is' if number == 1 else 'are'} as before."
    return f"{said}{f' {since} changed since and stayed.' if since else ''}{left}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people of the workspace say it."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


def _stopped(done: Undoable) -> str:
    drafts = sum(change.table == "draft" for change in done.changes)
    sends = sum(change.table == "outbound_message" for change in done.changes)
    parts = [f"{number} {word}{'s' if number > 1 else ''}" for number, word in ((drafts, "draft"), (sends, "planned message")) if number]
    return f" That stopped {' and '.join(parts)}." if parts else ""

"""How is a recorded fact told in the thread, in the words of a person? Pure. Why the system did it stands in `reasons.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

Words = Callable[[dict, str], str]
SYSTEM = "ZRG Inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How one kind of fact is told: its icon, its sentence, and whether it must be seen (`loud`) and so is never folded away."""

    icon: str
    words: Words
    loud: bool = False


def _sentiment(data: dict, who: str) -> str:
    source = str(data.get("source"))
    by = who if source == "person" else {
        "rule": "by rule", "model": "by AI", "fallback": "without a model", "provider": "by the calendar"}.get(source, "")
    label = {"Blacklist": "Do not contact"}.get(str(data.get("sentiment")), data.get("sentiment", ""))
    return f"Understood as “{label}”" + (f" · {by}" if by else "")


def _changed(data: dict, who: str) -> str:
    detail, reason = str(data.get("detail") or ""), str(data.get("reason") or "")
    if data.get("change") == "snoozed" and reason:
        until = _when({"starts_at": detail, "zone": data.get("zone")}, "until")
        return (f"Snoozed {until}{_cause(reason)}" if who == SYSTEM else f"{who} snoozed this {until}: {reason}").replace("  ", " ")
    return {
        "done": f"{who} marked this done", "reopened": f"{who} reopened this", "woke": "Back from snooze",
        "snoozed": f"{who} snoozed this", "assigned": f"{who} assigned this to {detail}",
        "released": f"{who} took the assignee off", "labelled": f"{who} put the label “{detail}” on this",
        "returned": "Open again, because they wrote" if detail == "done" else "Back from snooze, because they wrote",
        "unlabelled": f"{who} took the label “{detail}” off",
    }.get(str(data.get("change")), f"{who} changed this")


def _cause(reason: str) -> str:
    return f" because their absence note says {reason}" if reason.startswith("they are back") else f", {reason}"


def _said(words: str, data: dict) -> str:
    return f"{words}: {reason}" if (reason := str(data.get("reason") or "").strip()) else words


def _rejected(data: dict, who: str) -> str:
    reason = str(data.get("reason") or "").strip()
    if who != SYSTEM:
        return f"{who} discarded the draft" + ("" if reason in ("", "discarded") else f": {reason}")
    known = {"The lead wrote again.": "because the lead wrote again"}
    return f"Draft dropped {known.get(reason) or (': ' + reason if reason else '')}".replace(" :", ":").strip()


def _decided(data: dict, who: str) -> str:
    first = str(data.get("reason") or "").partition(". ")[0].rstrip(".")
    action = str(data.get("action"))
    if action.startswith("send"):
        return "AI may send the draft by itself"
    said = {"needs_review": "AI did not send the draft", "skip": "AI left the draft to people"}.get(
        action, "AI could not decide about the draft")
    return f"{said}: {first}" if first else said


def _undone(data: dict, who: str) -> str:
    if data.get("reason") == "dismissed":
        return f"{who} put aside a message that did not leave"
    return f"{who} took a message back before it left" if who != SYSTEM else "An answer of the AI was not needed any more and did not leave"


def _booked(data: dict, who: str) -> str:
    moved = bool(data.get("moved"))
    return " ".join(part for part in ("Meeting moved" if moved else "Meeting booked", _when(data, "to" if moved else "for"),
                                      f"· {data['title']}" if data.get("title") else "") if part)


def _cancelled(data: dict, who: str) -> str:
    by = f" by {data['by']}" if data.get("by") else ""
    return f"Meeting {_when(data, 'on')} cancelled{by}".replace("  ", " ") + (f": {data['reason']}" if data.get("reason") else "")


def _outcome(data: dict, who: str) -> str:
    return {"showed": "They came to the meeting", "no_show": "They did not come to the meeting"}.get(
        str(data.get("outcome")), "The meeting stands again")


def _when(data: dict, word: str = "for") -> str:
    try:
        at = datetime.fromisoformat(str(data.get("starts_at") or "")).astimezone(ZoneInfo(str(data.get("zone") or "UTC")))
    except ValueError:
        return ""
    return f"{word} {at:%a} {at.day} {at:%b %Y, %H:%M %Z}"


_UNDONE = {"done": "“done”", "reopen": "the reopening", "snooze": "the snooze", "back": "the snooze", "wake": "the waking",
           "assign": "the assignment", "label": "a label", "sentiment": "the sentiment", "blacklist": "the blacklisting",
           "allow": "the leave to write", "discard": "the discarding of a draft", "dismiss": "the dismissal of a message",
           "settle": "“I have seen to it”"}


def _act_undone(data: dict, who: str) -> str:
    return f"{who} took {_UNDONE.get(str(data.get('act')), 'that')} back"


def _blacklisted(data: dict, who: str) -> str:
    reason = str(data.get("reason") or "")
    said = {"bounce": "mail to them comes back", "unsubscribed": "they asked the provider for no more mail"}.get(reason, reason)
    return f"Not to be contacted any more: {said}" if said else "Not to be contacted any more"


ACTIVITY: dict[str, Line] = {
    "sentiment.decided": Line(icon="tag", words=_sentiment),
    "leads.blacklisted": Line(icon="block", loud=True, words=_blacklisted),
    "leads.unblacklisted": Line(icon="check", words=lambda data, who: f"{who} allowed writing to this lead again"),
    "leads.sms_blocked": Line(icon="block", loud=True, words=lambda data, who: _said("SMS is blocked", data)),
    "leads.linkedin_connected": Line(icon="linkedin", words=lambda data, who: "Connected on LinkedIn"),
    "leads.merged": Line(icon="users", words=lambda data, who: _said(f"{who} merged another lead into this one", data)),
    "leads.parted": Line(icon="users", words=lambda data, who: f"{who} took the merge with another lead back"),
    "leads.email_promoted": Line(icon="mail", words=lambda data, who: f"{who} made another address the primary one"),
    "leads.address_retired": Line(
        icon="alert", words=lambda data, who: f"Mail to {data.get('address', '')} came back; it is not used any more"),
    "leads.sms_allowed": Line(icon="sms", words=lambda data, who: f"{who} allowed texts to this lead again"),
    "drafting.rejected": Line(icon="draft", words=_rejected),
    "autosend.decided": Line(icon="draft", words=_decided),
    "autosend.reviewed": Line(icon="draft", words=lambda data, who: {
        "approved": f"{who} approved the draft in Slack", "rewritten": f"{who} had the draft written anew from Slack",
        "snoozed": f"{who} snoozed this from Slack"}.get(str(data.get("how")), f"{who} answered in Slack")),
    "sending.undone": Line(icon="undo", words=_undone),
    "sending.failed": Line(icon="alert", loud=True, words=lambda data, who: _said("A message could not be sent", data)),
    "sending.settled": Line(icon="check", words=lambda data, who: {
        "arrived": f"{who} said that a message arrived", "again": f"{who} let a message be sent again",
        "seen": f"{who} has seen to a message that did not arrive"}.get(str(data.get("how")), f"{who} settled a message")),
    "inbox.delivery_failed": Line(icon="alert", loud=True, words=lambda data, who: _said("A message did not arrive", data)),
    "sending.uncertain": Line(icon="alert", loud=True,
                              words=lambda data, who: "It is not certain that a message left; checking with the provider"),
    "inbox.changed": Line(icon="check", words=_changed),
    "inbox.undone": Line(icon="undo", words=_act_undone),
    "inbox.owner_left": Line(icon="user", words=lambda data, who: f"{data.get('name') or 'Its owner'} left the team; this is nobody's now"),
    "inbox.owner_returned": Line(
        icon="user", words=lambda data, who: f"{data.get('name') or 'Its owner'} is back in the team, and this is theirs again"),
    "meetings.booked": Line(icon="calendar", loud=True, words=_booked),
    "meetings.cancelled": Line(icon="calendar", loud=True, words=_cancelled),
    "meetings.outcome": Line(icon="calendar", loud=True, words=_outcome),
}
SHOWN_KINDS = tuple(ACTIVITY)


def activity_words(kind: str, data: dict, actor_kind: str, actor_name: str) -> tuple[str, str]:
    """The icon name and the sentence for a fact of `SHOWN_KINDS`; `data["zone"]` is the zone its times are told in."""
    line = ACTIVITY[kind]
    return line.icon, line.words(data, actor_name if is_person(actor_kind) else SYSTEM)


def is_person(actor_kind: str) -> bool:
    """Whether somebody did it, and not the product by itself."""
    return actor_kind in ("user", "token")

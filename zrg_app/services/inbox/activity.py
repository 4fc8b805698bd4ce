"""How is a recorded fact told in the thread, in the words of a person? Pure."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Words = Callable[[dict, str], str]


def _sentiment(data: dict, who: str) -> str:
    by = who if data.get("source") == "person" else {"rule": "by rule", "model": "by AI"}.get(str(data.get("source")), "")
    return f"Understood as “{data.get('sentiment', '')}”" + (f" · {by}" if by else "")


def _changed(data: dict, who: str) -> str:
    detail, reason = str(data.get("detail") or ""), str(data.get("reason") or "")
    if data.get("change") == "snoozed" and reason:
        until = _when({"starts_at": detail, "zone": data.get("zone")}, "until")
        return f"{who} snoozed this {until}: {reason}".replace("  ", " ")
    return {
        "done": f"{who} marked this done", "reopened": f"{who} reopened this", "woke": "Back from snooze",
        "snoozed": f"{who} snoozed this", "assigned": f"{who} assigned this to {detail}",
        "released": f"{who} took the assignee off",
    }.get(str(data.get("change")), f"{who} changed this")


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


ACTIVITY: dict[str, tuple[str, Words]] = {
    "sentiment.decided": ("tag", _sentiment),
    "leads.blacklisted": ("ban", lambda data, who: f"Not to be contacted any more: {data.get('reason', '')}"),
    "leads.unblacklisted": ("state", lambda data, who: f"{who} allowed writing to this lead again"),
    "leads.sms_blocked": ("ban", lambda data, who: f"SMS is blocked: {data.get('reason', '')}"),
    "leads.linkedin_connected": ("linkedin", lambda data, who: "Connected on LinkedIn"),
    "leads.merged": ("users", lambda data, who: f"{who} merged another lead into this one: {data.get('reason', '')}"),
    "leads.parted": ("users", lambda data, who: f"{who} took the merge with another lead back"),
    "leads.email_promoted": ("mail", lambda data, who: f"{who} made another address the primary one"),
    "leads.address_retired": ("alert", lambda data, who: f"Mail to {data.get('address', '')} came back; it is not used any more"),
    "leads.sms_allowed": ("state", lambda data, who: f"{who} allowed texts to this lead again"),
    "drafting.rejected": ("draft", lambda data, who: f"Draft discarded by {who}: {data.get('reason', '')}"),
    "autosend.reviewed": ("draft", lambda data, who: {
        "approved": f"{who} approved the draft in Slack", "rewritten": f"{who} had the draft written anew from Slack",
        "snoozed": f"{who} snoozed this from Slack"}.get(str(data.get("how")), "")),
    "sending.undone": ("undo", lambda data, who: f"{who} took a message back before it left"),
    "sending.failed": ("alert", lambda data, who: f"A message could not be sent: {data.get('reason', '')}"),
    "sending.settled": ("state", lambda data, who: {
        "arrived": f"{who} said that a message arrived", "again": f"{who} let a message be sent again",
        "seen": f"{who} has seen to a message that did not arrive"}.get(str(data.get("how")), "")),
    "inbox.delivery_failed": ("alert", lambda data, who: f"A message did not arrive: {data.get('reason', '')}"),
    "sending.uncertain": ("alert", lambda data, who: "It is not certain that a message left; checking with the provider"),
    "inbox.changed": ("state", _changed),
    "meetings.booked": ("calendar", _booked),
    "meetings.cancelled": ("calendar", _cancelled),
    "meetings.outcome": ("calendar", _outcome),
}
SHOWN_KINDS = tuple(ACTIVITY)


def activity_words(kind: str, data: dict, actor_kind: str, actor_name: str) -> tuple[str, str]:
    """The icon name and the sentence for a fact of `SHOWN_KINDS`; `data["zone"]` is the zone its times are told in."""
    icon, words = ACTIVITY[kind]
    return icon, words(data, actor_name if actor_kind in ("user", "token") else "ZRG Inbox")

"""How is a recorded fact told in the thread, in the words of a person? Pure."""

from collections.abc import Callable

Words = Callable[[dict, str], str]


def _sentiment(data: dict, who: str) -> str:
    by = who if data.get("source") == "person" else {"rule": "by rule", "model": "by AI"}.get(str(data.get("source")), "")
    return f"Understood as “{data.get('sentiment', '')}”" + (f" · {by}" if by else "")


def _changed(data: dict, who: str) -> str:
    detail = str(data.get("detail") or "")
    return {
        "done": f"{who} marked this done", "reopened": f"{who} reopened this", "woke": "Back from snooze",
        "snoozed": f"{who} snoozed this", "assigned": f"{who} assigned this to {detail}",
        "released": f"{who} took the assignee off",
    }.get(str(data.get("change")), f"{who} changed this")


ACTIVITY: dict[str, tuple[str, Words]] = {
    "sentiment.decided": ("tag", _sentiment),
    "leads.blacklisted": ("ban", lambda data, who: f"Not to be contacted any more: {data.get('reason', '')}"),
    "leads.unblacklisted": ("state", lambda data, who: f"{who} allowed writing to this lead again"),
    "leads.sms_blocked": ("ban", lambda data, who: f"SMS is blocked: {data.get('reason', '')}"),
    "leads.linkedin_connected": ("linkedin", lambda data, who: "Connected on LinkedIn"),
    "drafting.rejected": ("draft", lambda data, who: f"Draft discarded by {who}: {data.get('reason', '')}"),
    "sending.undone": ("undo", lambda data, who: f"{who} took a message back before it left"),
    "sending.failed": ("alert", lambda data, who: f"A message could not be sent: {data.get('reason', '')}"),
    "sending.uncertain": ("alert", lambda data, who: "It is not certain that a message left; checking with the provider"),
    "inbox.changed": ("state", _changed),
}
SHOWN_KINDS = tuple(ACTIVITY)


def activity_words(kind: str, data: dict, actor_kind: str, actor_name: str) -> tuple[str, str]:
    """The icon name and the sentence for a fact of `SHOWN_KINDS`."""
    icon, words = ACTIVITY[kind]
    return icon, words(data, actor_name if actor_kind in ("user", "token") else "ZRG Inbox")

"""Why did the product do that by itself? The rule or setting behind a line of the thread in plain words, and where it is changed. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from zrg_app.services.inbox.activity import is_person

BUILT_IN = "This rule is built in."
SAY_BETTER = "If that is wrong, say what it really means in the menu “More” of this conversation."


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The cause in a sentence or two; `where` is where it is changed, `href` leads there when that is another page."""

    words: str
    where: str = ""
    href: str = ""


Explains = Callable[[dict], Why]
_AUTO_SEND = {"where": "Rules, threshold and every decision: AI Personality, Auto-send", "href": "/ai/auto-send#decisions"}
_CONNECTIONS = {"where": "The account behind it: Settings, Integrations", "href": "/settings?settingsTab=integrations"}


def _sentiment(data: dict) -> Why:
    reason, source = str(data.get("reason") or ""), data.get("source")
    if source == "rule":
        return Why(words=f"Label by rule: {reason or 'the reply says so beyond doubt.'} {BUILT_IN}", where=SAY_BETTER)
    if source == "model":
        return Why(words=f"The model that reads replies says: {reason}" if reason else "The model that reads replies decided it.",
                   where="How replies are read: AI Personality, Prompts", href="/ai/prompts")
    if source == "provider":
        return Why(words=reason or "The calendar or the mail provider told it.", where=SAY_BETTER)
    return Why(words=reason or "No model was available, so a safe label was chosen.", where=SAY_BETTER)


def _blacklisted(data: dict) -> Why:
    reason = str(data.get("reason") or "")
    words = {
        "bounce": "A mail to their address came back as undeliverable, so nothing more is sent there.",
        "unsubscribed": "They used the unsubscribe link of the campaign, and the provider told us.",
    }.get(reason, f"Rule: who asks not to be written to is not written to again. {reason}".strip())
    return Why(words=f"{words} {BUILT_IN}", where="A person can allow it again: “Allow writing again” in the menu “More”.")


def _sms_blocked(data: dict) -> Why:
    return Why(words="The carrier or the CRM refused a text to this number (do not disturb), so texts stop until somebody knows better.",
               where="“Allow texts again” in the menu “More”.")


def _changed(data: dict) -> Why | None:
    reason = str(data.get("reason") or "")
    if data.get("change") == "snoozed":
        away = "Rule: while somebody is away, their conversation is out of sight until the working day after they are back, unless" \
               " something else is due."
        back = "Their own absence note had woken it; what a person had chosen holds. "
        return Why(words=back + BUILT_IN if reason.startswith("as it was") else f"{away} {BUILT_IN}",
                   where="“Wake” at the top has it back now.")
    if data.get("change") == "woke":
        return Why(words="The time until which it was snoozed has come.")
    if data.get("change") in ("reopened", "returned"):
        return Why(words="A person wrote again, so it is in sight again. " + BUILT_IN)
    return Why(words=reason) if reason else None


def _rejected(data: dict) -> Why:
    reason = str(data.get("reason") or "")
    if reason == "The lead wrote again.":
        return Why(words=f"A draft answers one reply. A newer reply came before it left, so a new one is written for that. {BUILT_IN}")
    if "is not answered by a draft" in reason:
        return Why(words=f"Rule: {reason[0].lower()}{reason[1:]} " + BUILT_IN, where=SAY_BETTER)
    return Why(words=reason or "It no longer fitted the conversation.")


def _decided(data: dict) -> Why:
    reason = str(data.get("reason") or "")
    if str(data.get("action")).startswith("send"):
        return Why(words=f"Nothing speaks against it. {reason}".strip(), **_AUTO_SEND)
    return Why(words=reason or "The record of auto-send says more.", **_AUTO_SEND)


def _undone(data: dict) -> Why:
    codes = {"newer_reply": "The lead wrote again after the answer was written.", "overtaken": "The lead wrote again before it left.",
             "blacklisted": "The lead must not be written to any more.", "opted_out": "The lead asked not to be written to any more."}
    return Why(words=codes.get(str(data.get("reason")), "What it answered was settled before its moment came."), **_AUTO_SEND)


def _provider_says(data: dict) -> Why:
    said = str(data.get("reason") or "")
    return Why(words=f"The provider told us: {said}" if said else "The provider told us.", **_CONNECTIONS)


REASONS: dict[str, Callable[[dict], Why | None]] = {
    "sentiment.decided": _sentiment,
    "leads.blacklisted": _blacklisted,
    "leads.sms_blocked": _sms_blocked,
    "leads.sms_allowed": lambda data: Why(words="The carrier or the CRM takes texts to this number again, and told us."),
    "leads.unblacklisted": lambda data: Why(words="They gave their consent again through the provider."),
    "leads.linkedin_connected": lambda data: Why(
        words="They accepted the invitation, or are connected with our account already; messages need no invitation now.", **_CONNECTIONS),
    "leads.merged": lambda data: Why(words=f"Two leads were found to be one person: {data.get('reason', '')}",
                                     where="“Take the merge back” in the panel about the lead."),
    "leads.parted": lambda data: Why(words="A merge was taken back."),
    "leads.email_promoted": lambda data: Why(words="They answer from that address."),
    "leads.address_retired": lambda data: Why(
        words=f"A mail to it was given back by their server: {data.get('reason') or 'it takes no mail'}. {BUILT_IN}",
        where="Their addresses stand in the panel about the lead."),
    "drafting.rejected": _rejected,
    "autosend.decided": _decided,
    "autosend.reviewed": lambda data: Why(words="A reviewer pressed a button in Slack.", **_AUTO_SEND),
    "sending.undone": _undone,
    "sending.failed": lambda data: Why(words=str(data.get("reason") or "It could not be sent."), **_CONNECTIONS),
    "sending.settled": lambda data: Why(words="The provider's history settled what became of it."),
    "sending.uncertain": lambda data: Why(
        words="The provider did not answer in time, so it may have left or not. Its history is read before anything is sent again, so"
              " that nothing leaves twice.", **_CONNECTIONS),
    "inbox.delivery_failed": _provider_says,
    "inbox.changed": _changed,
    "inbox.undone": lambda data: Why(words="Undo was pressed; everything is as it was before, where nobody had changed it since."),
    "inbox.owner_left": lambda data: Why(words="Who leaves the team owns nothing here any more."),
    "inbox.owner_returned": lambda data: Why(words="Their removal from the team was taken back."),
    "meetings.booked": lambda data: Why(words="The calendar told us of it.", **_CONNECTIONS),
    "meetings.cancelled": lambda data: Why(words="The calendar told us of it.", **_CONNECTIONS),
    "meetings.outcome": lambda data: Why(words="The calendar says so.", **_CONNECTIONS),
}


def why(kind: str, data: dict, actor_kind: str) -> Why | None:
    """What caused a line of the thread; None when a person did, who needs no explaining."""
    return None if is_person(actor_kind) or data.get("source") == "person" else REASONS[kind](data)

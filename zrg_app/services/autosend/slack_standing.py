"""How does a draft stand, in the words of its Slack message, and may a reviewer still do something? Pure (FACTS section 8.6)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from zrg_app.integrations.slack import escaped
from zrg_app.models.vocabulary import DraftStatus, OutboundStatus
from zrg_app.services.autosend.slack_case import Case
from zrg_app.services.sending.policy import REASONS

OPEN = "open"
_SENTENCES = {reason.code: reason.sentence for reason in REASONS}
_BLOCKED = frozenset({"blacklisted", "opted_out"})
_OVERTAKEN = ("newer_reply", "The lead wrote again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One word for programs, a sentence for people (escaped for Slack), and whether the buttons still do something."""

    state: str
    sentence: str
    asks: bool = False


def standing(case: Case, now: datetime) -> Standing:
    """How the draft of `case` stands."""
    if case.status == DraftStatus.WRITING:
        return Standing(state="writing", sentence="It is being written anew; the new text shows here when it is ready.")
    if case.status == DraftStatus.REJECTED:
        return _rejected(case)
    if case.status == DraftStatus.SENDING:
        return _leaving(case)
    if case.status == DraftStatus.APPROVED:
        edited = " with changes" if case.is_edited else ""
        return Standing(state="sent", sentence=f"Sent{_by(case)}{edited}{_at(case.sent_at)}.")
    if case.status == DraftStatus.FAILED:
        return Standing(state="failed", sentence=f"It could not be sent or written: {_told(case.error)}")
    return _waiting(case, now)


def _waiting(case: Case, now: datetime) -> Standing:
    if case.is_blacklisted:
        return Standing(state="blocked", sentence="This lead is blacklisted; nothing is sent to them.")
    if case.is_answered:
        return Standing(state="answered", sentence="The lead was answered otherwise meanwhile; look there before you send this.")
    notes = []
    if case.outbound == OutboundStatus.CANCELLED:
        notes.append(f"{_name(case.undone_by) or 'Somebody'} took it back before it left.")
    elif case.outbound == OutboundStatus.FAILED:
        notes.append(f"It could not be sent: {_told(case.outbound_error or case.error)}")
    if case.snoozed_until and case.snoozed_until > now:
        by = f" by {_name(case.snoozed_by)}" if case.snoozed_by else ""
        notes.append(f"Snoozed{by} until {moment(case.snoozed_until)}.")
    waits = f"Unless somebody decides, it leaves by itself {moment(case.due_at)}." if case.due_at else "It waits for a decision."
    return Standing(state=OPEN, sentence=" ".join([*notes, waits]), asks=True)


def _rejected(case: Case) -> Standing:
    reason = case.rejected_reason
    if reason in _BLOCKED or case.is_blacklisted:
        return Standing(state="blocked", sentence=_SENTENCES.get(reason, _SENTENCES["blacklisted"]))
    if reason in _OVERTAKEN:
        return Standing(state="overtaken", sentence="The lead wrote again, so this answer fits no more. A new draft is on its way.")
    if reason == "discarded":
        return Standing(state="rejected", sentence=f"Discarded by {_name(case.rejected_by) or 'a colleague'}.")
    return Standing(state="rejected", sentence=f"Discarded: {_told(_SENTENCES.get(reason, reason))}")


def _leaving(case: Case) -> Standing:
    if case.outbound == OutboundStatus.CHECKING:
        return Standing(state="checking", sentence=f"Let go{_by(case)}. Whether it arrived is being looked up at the provider.")
    edited = " with changes" if case.is_edited else ""
    verb = "Let go" if case.by_ai else "Approved"
    return Standing(state="approved", sentence=f"{verb}{_by(case)}{edited}; it leaves{_at(case.leaves_at)}.")


def moment(at: datetime) -> str:
    """An instant in the zone of whoever reads it, as Slack shows it; in UTC where it cannot."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC>"


def _by(case: Case) -> str:
    return f" by {_name(case.sender) or ('the AI' if case.by_ai else 'a colleague')}"


def _at(at: datetime | None) -> str:
    return f" {moment(at)}" if at else ""


def _name(name: str) -> str:
    return escaped(" ".join(name.split())[:80])


def _told(sentence: str) -> str:
    return escaped(" ".join(sentence.split())[:300]) or "no reason was given."

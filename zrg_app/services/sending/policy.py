"""May this be sent, and if not, why not? Pure: facts in, a decision with its reason out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from zrg_app.models.vocabulary import Disposition, SentBy
from zrg_app.services.reading import blanks
from zrg_app.services.sending.sms import MOST_PARTS, parts

# An e-mail longer than this is a mistake; what a text may hold is counted in parts.
LONGEST = {"email": 100_000, "linkedin": 8_000}
MOST_COPIES = 20
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides. `body` is None while nothing is written yet; `has_thread` is True too where no thread is needed.

    `is_scheduled` says that a person chose the moment; `newer_reply` then means one they had not seen. `files`, `copies` and
    `other_recipient` are what is asked for, `takes_*` whether the provider can do it.
    `several` says that more than one e-mail provider is connected and none was chosen.
    """

    channel: str
    by_ai: bool
    blacklisted: bool
    opted_out: bool
    sms_dnd: bool
    has_recipient: bool
    connected: bool
    locked: bool
    has_thread: bool
    newer_reply: bool
    body: str | None
    addresses: tuple[str, ...] = ()
    is_scheduled: bool = False
    files: int = 0
    files_kept: bool = True
    copies: int = 0
    other_recipient: bool = False
    takes_files: bool = True
    takes_copies: bool = True
    takes_other_recipient: bool = True
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a message is held: a stable code, a sentence for the setter, and when it holds. `said` is the sentence with the facts
    in it, where they help."""

    code: str
    sentence: str
    holds: Callable[[Facts], bool]
    said: Callable[[Facts], str] | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """It may not; `code` is one of REASONS."""

    code: str
    sentence: str


def _is_too_long(channel: str, body: str) -> bool:
    return parts(body) > MOST_PARTS if channel == "sms" else len(body) > LONGEST.get(channel, 100_000)


def _braced(body: str) -> str:
    return ", ".join(f"{{{name}}}" for name in blanks(body)[:5])


def _is_sms(facts: Facts) -> bool:
    return facts.channel == "sms"


def _is_linkedin(facts: Facts) -> bool:
    return facts.channel == "linkedin"


# In the order in which a person should hear of them: what is for good first, what can be mended after it.
REASONS: tuple[Reason, ...] = (
    Reason(code="blacklisted", sentence="This lead is blacklisted; nothing is sent to them.",
           holds=lambda facts: facts.blacklisted),
    Reason(code="opted_out", sentence="This lead asked not to be written to any more.",
           holds=lambda facts: facts.opted_out),
    Reason(code="sms_dnd", sentence="Do-not-disturb is on for SMS; choose another channel.",
           holds=lambda facts: _is_sms(facts) and facts.sms_dnd),
    Reason(code="missing_phone", sentence="This lead has no phone number.",
           holds=lambda facts: _is_sms(facts) and not facts.has_recipient),
    Reason(code="missing_email", sentence="This lead has no e-mail address.",
           holds=lambda facts: facts.channel == "email" and not facts.has_recipient),
    Reason(code="missing_linkedin", sentence="This lead has no LinkedIn profile.",
           holds=lambda facts: _is_linkedin(facts) and not facts.has_recipient),
    Reason(code="several_providers", sentence="Several e-mail providers are connected; choose one in Settings, Integrations.",
           holds=lambda facts: facts.several),
    Reason(code="not_connected", sentence="No account is connected for this channel; connect one in Settings, Integrations.",
           holds=lambda facts: not facts.connected),
    Reason(code="connection_locked", sentence="The provider does not accept our credentials; enter them again in Settings.",
           holds=lambda facts: facts.connected and facts.locked),
    Reason(code="no_thread", sentence="There is no e-mail from this lead to answer yet.",
           holds=lambda facts: facts.connected and not facts.has_thread),
    Reason(code="newer_reply", sentence="The lead wrote again after this answer was written.",
           holds=lambda facts: facts.by_ai and facts.newer_reply),
    Reason(code="overtaken", sentence="The lead wrote again after this was planned; read it, then send this anyway or write anew.",
           holds=lambda facts: facts.is_scheduled and not facts.by_ai and facts.newer_reply),
    Reason(code="empty", sentence="There is nothing to send; write a message first.",
           holds=lambda facts: facts.body is not None and not facts.body.strip()),
    Reason(code="unfilled", sentence="A blank in braces is still to be filled in or taken out.",
           holds=lambda facts: bool(blanks(facts.body or "")),
           said=lambda facts: f"Still to be filled in or taken out: {_braced(facts.body or '')}."),
    Reason(code="too_long", sentence="The message is too long for this channel.",
           holds=lambda facts: facts.body is not None and _is_too_long(facts.channel, facts.body)),
    Reason(code="files_not_taken", sentence="Files cannot be sent this way; send a link instead.",
           holds=lambda facts: facts.files > 0 and not facts.takes_files),
    Reason(code="files_gone", sentence="A file of this message is not kept any more; attach it again.",
           holds=lambda facts: facts.files > 0 and not facts.files_kept),
    Reason(code="copies_not_taken", sentence="Copies cannot be sent this way; take the addresses out.",
           holds=lambda facts: facts.copies > 0 and not facts.takes_copies),
    Reason(code="recipient_fixed", sentence="This can only go to whom it answers; take the other address out.",
           holds=lambda facts: facts.other_recipient and not facts.takes_other_recipient),
    Reason(code="bad_address", sentence="One of the addresses is not an e-mail address.",
           holds=lambda facts: not all(_ADDRESS.fullmatch(address) for address in facts.addresses)),
    Reason(code="too_many_copies", sentence="At most 20 people can get a copy.",
           holds=lambda facts: len(facts.addresses) > MOST_COPIES + 1),
)
# Nothing to mend: the lead does not want it, or the answer is no longer one.
SETTLED = frozenset({"blacklisted", "opted_out", "newer_reply"})
# The carrier's or the CRM's word that this person must not be texted.
SMS_BLOCKS = frozenset({"sms_dnd", "sms_unsubscribed"})


def decide(facts: Facts) -> Allowed | Refusal:
    """The first reason that holds, or Allowed when none does."""
    for reason in REASONS:
        if reason.holds(facts):
            return Refusal(code=reason.code, sentence=reason.said(facts) if reason.said else reason.sentence)
    return Allowed()


def disposition(sent_by: str, body: str, original: str) -> Disposition:
    """How what is sent relates to what was drafted (FACTS 13.3): any difference, even a blank, is an edit."""
    if sent_by == SentBy.AI:
        return Disposition.AUTO_SENT
    return Disposition.APPROVED if body == original else Disposition.EDITED

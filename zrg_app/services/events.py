"""Which facts exist, and how is one recorded?

A fact is written as an audit row in the transaction that made it true; the jobs it causes are rows of the same
transaction (`reactions.py` says which), and open screens hear of it after commit through `NOTIFY`.
"""
# fence: size because all facts of the product are read on one page

import dataclasses
import json
from collections.abc import Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Broken
from zrg_app.kit.scope import Scope

LIVE_CHANNEL = "zrg_live"
# The one panel that is a person's: "bell:<user id>" is told to the tabs of that person only.
BELL = "bell"
# Beyond so many leads at once a screen reads its list anew rather than each row.
MOST_TOLD = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that became true. `kind` is its stable dotted name; `panels` are the parts of a screen it concerns."""

    kind: ClassVar[str] = ""
    panels: ClassVar[tuple[str, ...]] = ("list", "thread")
    lead_id: UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadCreated(Fact):
    """A person was met for the first time."""

    kind = "leads.created"
    panels = ("lead",)
    matched_by: str = "new"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReceived(Fact):
    """A lead wrote to us."""

    kind = "inbox.reply_received"
    message_id: UUID
    channel: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCompleted(Fact):
    """The words of a reply came after it: a provider had told of it without them."""

    kind = "inbox.reply_completed"
    message_id: UUID
    channel: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MessageObserved(Fact):
    """A message we did not send through the product (campaign mail, another tool) is now in the thread."""

    kind = "inbox.message_observed"
    message_id: UUID
    channel: str
    direction: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SentimentDecided(Fact):
    """A reply was understood; `reason` is the sentence that says why."""

    kind = "sentiment.decided"
    message_id: UUID
    sentiment: str
    previous: str
    source: str
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoticed(Fact):
    """An absence note says when its writer is back; `returns_on` is an ISO day."""

    kind = "sentiment.absence"
    message_id: UUID
    returns_on: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadBlacklisted(Fact):
    """A lead must not be written to any more: opt-out, bounce, or a person's word."""

    kind = "leads.blacklisted"
    panels = ("list", "thread", "lead", "composer")
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadUnblacklisted(Fact):
    """A person decided that a lead may be written to again."""

    kind = "leads.unblacklisted"
    panels = ("list", "thread", "lead", "composer")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadEdited(Fact):
    """A person changed what is known of a lead; `fields` names what, never the values."""

    kind = "leads.edited"
    panels = ("list", "lead", "composer")
    fields: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadsMerged(Fact):
    """Two leads are one person; everything of the other is this lead's now."""

    kind = "leads.merged"
    panels = ("list", "thread", "lead", "composer")
    other_id: UUID
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadsParted(Fact):
    """A merge was taken back; `has_news` says that messages came meanwhile."""

    kind = "leads.parted"
    panels = ("list", "thread", "lead", "composer")
    other_id: UUID
    has_news: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MergeSuggested(Fact):
    """Two leads may be one person; somebody should look."""

    kind = "leads.merge_suggested"
    panels = ("lead",)
    merge_id: UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EmailPromoted(Fact):
    """A person made another address of the lead the primary one."""

    kind = "leads.email_promoted"
    panels = ("list", "thread", "lead", "composer")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AddressRetired(Fact):
    """An alternate address of a lead accepts no mail."""

    kind = "leads.address_retired"
    panels = ("thread", "lead", "composer")
    address: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadEnriched(Fact):
    """Something was looked up about a lead, or read from a signature: `fields` names what was filled, empty when nothing was."""

    kind = "enrichment.answered"
    panels = ("list", "lead", "composer")
    source: str
    outcome: str
    fields: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SmsAllowed(Fact):
    """The carrier or the CRM takes SMS to this lead again."""

    kind = "leads.sms_allowed"
    panels = ("thread", "lead", "composer")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SmsBlocked(Fact):
    """The carrier or the CRM refuses SMS to this lead (do not disturb)."""

    kind = "leads.sms_blocked"
    panels = ("thread", "lead", "composer")
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkedinConnected(Fact):
    """A lead and our LinkedIn account are connected now: messages need no invitation any more."""

    kind = "leads.linkedin_connected"
    panels = ("thread", "lead", "composer")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftReady(Fact):
    """A proposed answer waits for a person."""

    kind = "drafting.ready"
    panels = ("list", "composer")
    draft_id: UUID
    channel: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftFailed(Fact):
    """No answer could be proposed; the reason is shown."""

    kind = "drafting.failed"
    panels = ("composer",)
    draft_id: UUID
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftRejected(Fact):
    """A proposed answer was discarded, by a person or because it no longer fits."""

    kind = "drafting.rejected"
    panels = ("list", "composer")
    draft_id: UUID
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftReturned(Fact):
    """A discarded draft waits for a person again, because the discarding was undone."""

    kind = "drafting.returned"
    panels = ("list", "composer")
    draft_id: UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AutoSendDecided(Fact):
    """It was decided whether a draft may leave without a person; a shadow decision is told to nobody."""

    kind = "autosend.decided"
    panels = ("composer", "list")
    draft_id: UUID
    action: str
    reason: str
    is_shadow: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SendQueued(Fact):
    """A message entered the outbox; it leaves after the undo window."""

    kind = "sending.queued"
    panels = ("list", "thread", "composer")
    outbound_id: UUID
    channel: str
    disposition: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SendUndone(Fact):
    """A message was taken back before it left."""

    kind = "sending.undone"
    panels = ("list", "thread", "composer")
    outbound_id: UUID
    reason: str = "undone"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Fact):
    """The provider accepted a message."""

    kind = "sending.sent"
    panels = ("list", "thread", "composer")
    outbound_id: UUID
    message_id: UUID
    channel: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SendUncertain(Fact):
    """A message may have left; the provider's history is being read."""

    kind = "sending.uncertain"
    panels = ("list", "thread", "composer")
    outbound_id: UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SendFailed(Fact):
    """A message did not leave and will not be tried again; the reason is for people."""

    kind = "sending.failed"
    panels = ("list", "thread", "composer")
    outbound_id: UUID
    code: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Fact):
    """A message that left from here never arrived: it came back, or the carrier gave it up."""

    kind = "inbox.delivery_failed"
    message_id: UUID
    fate: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SendSettled(Fact):
    """A person said what became of a message: `how` is arrived, again, or seen."""

    kind = "sending.settled"
    panels = ("list", "thread", "composer")
    how: str
    outbound_id: UUID | None = None
    message_id: UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConversationChanged(Fact):
    """A person changed the state of a conversation: done, reopened, read, snoozed, assigned, labelled."""

    kind = "inbox.changed"
    panels = ("list", "thread", "lead")
    change: str
    detail: str = ""
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanged(Fact):
    """Somebody wrote a note, edited it, deleted it or put it back: `change` is written, edited, deleted or restored."""

    kind = "inbox.noted"
    panels = ("thread",)
    note_id: UUID
    change: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActUndone(Fact):
    """Somebody took back what was done with a conversation; `act` is the word it is undone by."""

    kind = "inbox.undone"
    panels = ("list", "thread", "lead", "composer")
    act: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LabelChanged(Fact):
    """A label of the workspace was made, renamed, recoloured, deleted or brought back; `detail` is its name."""

    kind = "inbox.label_changed"
    panels = ("labels",)
    change: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SlackButtonPressed(Fact):
    """Somebody pressed a button of ours in Slack; who they are and whether they may is not looked up yet."""

    kind = "slack.pressed"
    panels = ()
    action: str
    draft_id: UUID
    generation: int
    slack_user_id: str
    slack_user_name: str
    channel: str
    seen: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswered(Fact):
    """A reviewer dealt with a draft in Slack: `how` is approved, rewritten or snoozed."""

    kind = "autosend.reviewed"
    panels = ("thread",)
    draft_id: UUID
    how: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingBooked(Fact):
    """A lead has a meeting with us, or (`moved`) has it at another time; `starts_at` is ISO or empty."""

    kind = "meetings.booked"
    panels = ("list", "thread", "lead")
    appointment_id: UUID
    starts_at: str = ""
    title: str = ""
    moved: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled(Fact):
    """A meeting is off and no other takes its place; `by` is who called it off, in the calendar's words."""

    kind = "meetings.cancelled"
    panels = ("list", "thread", "lead")
    appointment_id: UUID
    starts_at: str = ""
    by: str = ""
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOutcome(Fact):
    """The calendar says whether the lead came; `outcome` is an AppointmentStatus word."""

    kind = "meetings.outcome"
    panels = ("thread", "lead")
    appointment_id: UUID
    outcome: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionChanged(Fact):
    """A provider's credentials were saved, checked, locked or removed."""

    kind = "connections.changed"
    panels = ("connections",)
    provider: str
    change: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AccessChanged(Fact):
    """Somebody was invited, joined, was removed, or a token was made or revoked."""

    kind = "access.changed"
    panels = ("team",)
    change: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Fact):
    """Somebody was taken out of the workspace or left; `roles` are those they had, `departure_id` is how it is taken back."""

    kind = "access.member_left"
    panels = ("team",)
    departure_id: UUID
    user_id: UUID
    name: str
    roles: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MemberReturned(Fact):
    """A departure was taken back; `left_at` is when it was, in ISO."""

    kind = "access.member_returned"
    panels = ("team",)
    departure_id: UUID
    user_id: UUID
    name: str
    left_at: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLeft(Fact):
    """The conversation is nobody's, because whose it was left the team."""

    kind = "inbox.owner_left"
    panels = ("list", "thread", "lead")
    name: str
    departure_id: UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnerReturned(Fact):
    """Whose conversation it was is back in the team, and it is theirs again."""

    kind = "inbox.owner_returned"
    panels = ("list", "thread", "lead")
    name: str
    departure_id: UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeChanged(Fact):
    """A person changed who speaks, what the company says, or what its documents are; `detail` names it, never its text."""

    kind = "knowledge.changed"
    panels = ("knowledge",)
    change: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MemoryChanged(Fact):
    """Something is remembered of a lead, waits to be, or is not any more; `change` is added, proposed, edited, approved,
    rejected or forgotten."""

    kind = "knowledge.memory"
    panels = ("lead",)
    change: str
    category: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromptChanged(Fact):
    """Somebody gave the workspace its own text of a prompt or snippet, or took it back; never the text itself."""

    kind = "llm.prompt_changed"
    panels = ("prompts",)
    key: str
    change: str


_INSERT = text(
    "insert into audit_event (id, workspace_id, kind, lead_id, actor_kind, actor_id, actor_name, data, created_at) "
    "values (:id, :workspace_id, :kind, :lead_id, :actor_kind, :actor_id, :actor_name, cast(:data as jsonb), :created_at)")
_NOTIFY = text("select pg_notify(:channel, :payload)")
_react: Callable[[Tx, Scope, Fact], None] | None = None


def install(react: Callable[[Tx, Scope, Fact], None]) -> None:
    """Say who turns facts into jobs; called once by `reactions.py` when it is imported."""
    global _react
    _react = react


def record(tx: Tx, scope: Scope, fact: Fact) -> UUID:
    """Write `fact`, start what it causes, tell open screens; all in the caller's transaction. Returns the audit row's id."""
    if _react is None:
        raise Broken("zrg_app.services.reactions must be imported before facts are recorded.")
    row = _row(scope, fact)
    tx.execute(_INSERT, row)
    _react(tx, scope, fact)
    tell_screens(tx, scope, fact.panels, fact.lead_id)
    return row["id"]


def record_all(tx: Tx, scope: Scope, facts: Sequence[Fact]) -> None:
    """Write facts of one kind about many leads, as `record` writes one, in as few statements as can be."""
    if len(facts) <= 1:
        for fact in facts:
            record(tx, scope, fact)
        return
    if _react is None:
        raise Broken("zrg_app.services.reactions must be imported before facts are recorded.")
    tx.execute(_INSERT, [_row(scope, fact) for fact in facts])
    for fact in facts:
        _react(tx, scope, fact)
    tell_of_leads(tx, scope, facts[0].panels, [fact.lead_id for fact in facts if fact.lead_id])


def tell_of_leads(tx: Tx, scope: Scope, panels: tuple[str, ...], lead_ids: Sequence[UUID]) -> None:
    """`tell_screens` for many leads; of very many the screens are only told that much has changed."""
    if len(lead_ids) > MOST_TOLD:
        tell_screens(tx, scope, panels)
    else:
        for lead_id in lead_ids:
            tell_screens(tx, scope, panels, lead_id)


def tell_screens(tx: Tx, scope: Scope, panels: tuple[str, ...], lead_id: UUID | None = None) -> None:
    """After commit, ask the open screens of this workspace to reload `panels` (of one lead)."""
    payload: dict[str, Any] = {"workspace": str(scope.workspace_id), "panels": list(panels)}
    if lead_id:
        payload["lead"] = str(lead_id)
    tx.execute(_NOTIFY, {"channel": LIVE_CHANNEL, "payload": json.dumps(payload)})


def _row(scope: Scope, fact: Fact) -> dict[str, Any]:
    data = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact) if field.name != "lead_id"}
    return {"id": ids.new_id(), "workspace_id": scope.workspace_id, "kind": fact.kind, "lead_id": fact.lead_id,
            "actor_kind": scope.actor.kind, "actor_id": scope.actor.id, "actor_name": scope.actor.name,
            "data": json.dumps(data, default=str), "created_at": clock.now()}

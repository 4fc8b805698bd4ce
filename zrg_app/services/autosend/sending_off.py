"""How does a decided draft leave? The last look at what is known now, then the one outbox; or it is held, with the reason."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import AutoSendDecision, Draft, OutboundMessage
from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.models.vocabulary import DraftStatus, SentBy
from zrg_app.services import jobs, sending
from zrg_app.services.autosend import deciding, policy
from zrg_app.services.autosend.facts import Rules
from zrg_app.services.autosend.lastlook import Look, obstacle
from zrg_app.services.autosend.records import facts_read
from zrg_app.services.autosend.rules import rules_for
from zrg_app.services.drafting import actions as drafts
from zrg_app.services.jobs.registry import REPLY_PRIORITY

SENT, HELD, FAILED = "sent", "held", "failed"
# What a person said of a draft is final; these are not.
OPEN_OUTCOMES = (HELD, FAILED)
TOLD_LATE = timedelta(hours=1)

# A message told after the decision counts even if it is a little older than the reply: it had not been read when we decided.
_SEEN = """
select t.id is not null as trigger_found, c.sentiment, c.done_at is not null or c.snoozed_until is not null as put_aside,
  exists (select from message m where m.lead_id = d.lead_id and m.direction = 'inbound' and m.id <> t.id
          and (m.sent_at > t.sent_at or m.created_at > d.created_at and m.sent_at > t.sent_at - %(late)s)) as newer_inbound,
  exists (select from message m where m.lead_id = d.lead_id and m.direction = 'outbound' and m.sent_at > t.sent_at) as outbound_after,
  exists (select from outbound_message o where o.lead_id = d.lead_id and (o.status in ('waiting', 'sending', 'checking')
          or o.status = 'sent' and o.sent_at > t.sent_at)) as outbound_waiting
from auto_send_decision d join draft f on f.id = d.draft_id left join message t on t.id = f.trigger_message_id and t.lead_id = d.lead_id
left join conversation c on c.lead_id = d.lead_id where d.id = %(decision)s
"""


def due(tx: Tx, scope: Scope, decision_id: UUID) -> AutoSendDecision | None:
    """The decision, when it is to be sent and its moment has come; asked for again when it has not come yet."""
    row = tx.scalars(select(AutoSendDecision).where(
        AutoSendDecision.id == decision_id, AutoSendDecision.workspace_id == scope.workspace_id)).first()
    if row is None or row.due_at is None or row.outcome is not None or row.is_shadow:
        return None
    if row.due_at > clock.now():
        _later(tx, scope, row, row.due_at)
        return None
    return row


def let_go(tx: Tx, scope: Scope, decision_id: UUID, *, history_read: bool, webhooks_live: bool) -> UUID | None:
    """Look once more and put the draft into the outbox; its id, or None when it is held or put off instead.

    Everything it looks at is locked or belongs to a locked lead. Raises Refused when sending refuses; nothing is written then.
    """
    row, draft = _locked(tx, scope, decision_id)
    if row is None:
        return None
    look = _look(tx, row, draft, history_read=history_read, webhooks_live=webhooks_live)
    found = obstacle(look)
    if found is not None:
        hold(tx, scope, row, found.code, found.sentence, asks=found.asks)
        return None
    rules = rules_for(tx, scope, row.lead_id)
    decision = _decided_again(row, rules, look.now)
    if not isinstance(decision, policy.Send):
        hold(tx, scope, row, decision.reasons[0], " ".join(policy.sentences(decision.reasons)))
        return None
    if decision.at > look.now:
        # Its hour went by, or the schedule was changed: the next open one.
        _later(tx, scope, row, decision.at)
        return None
    return _send(tx, scope, row, draft)


def hold(tx: Tx, scope: Scope, row: AutoSendDecision, code: str, sentence: str, *, asks: bool = True) -> None:
    """It does not leave by itself any more; with `asks` whoever reviews hears of it."""
    row.due_at, row.outcome, row.outcome_reason, row.settled_at = None, HELD, code, clock.now()
    tx.flush()
    drafts.show_waiting(tx, row.lead_id)
    if asks:
        deciding.tell(tx, scope, row.lead_id, row.draft_id,
                      deciding.Verdict(action=AutoSendAction.NEEDS_REVIEW, reason=sentence, reasons=(code,)))
    else:
        deciding.show(tx, scope, row.lead_id)


def hold_by_id(tx: Tx, scope: Scope, decision_id: UUID, code: str, sentence: str) -> None:
    """Hold a decision that is still to be sent, because sending it was refused."""
    row, _ = _locked(tx, scope, decision_id)
    if row is not None:
        hold(tx, scope, row, code, sentence)


def _locked(tx: Tx, scope: Scope, decision_id: UUID) -> tuple[AutoSendDecision | None, Draft | None]:
    """The decision while it is to be sent, locked after lead, conversation and draft."""
    row = due(tx, scope, decision_id)
    if row is None:
        return None, None
    try:
        draft = drafts.locked(tx, scope, row.draft_id)
    except NotFound:
        draft = None
    again = tx.get(AutoSendDecision, decision_id, with_for_update=True, populate_existing=True)
    return (again, draft) if again is not None and again.due_at is not None and again.outcome is None else (None, None)


def _look(tx: Tx, row: AutoSendDecision, draft: Draft | None, *, history_read: bool, webhooks_live: bool) -> Look:
    seen = fetch_one(tx, _SEEN, {"decision": row.id, "late": TOLD_LATE}) or {}
    return Look(
        now=clock.now(), due_at=row.due_at, draft_found=draft is not None, draft_status=draft.status if draft else "",
        same_generation=draft is not None and draft.generation == row.generation,
        same_body=draft is not None and draft.body == row.facts.get("body"), same_lead=draft is not None and draft.lead_id == row.lead_id,
        same_label=seen.get("sentiment") == row.sentiment, trigger_found=bool(seen.get("trigger_found")),
        newer_inbound=bool(seen.get("newer_inbound")), outbound_after=bool(seen.get("outbound_after")),
        outbound_waiting=bool(seen.get("outbound_waiting")), done_by_person=bool(seen.get("put_aside")),
        history_read=history_read, webhooks_live=webhooks_live)


def _decided_again(row: AutoSendDecision, rules: Rules, now: datetime) -> policy.Send | policy.Review | policy.Skip:
    """The same judgement under the rules and the standing of this moment; the delay is over, so it is not drawn again."""
    lead = rules.lead
    facts = replace(facts_read(row.facts), now=now, blacklisted=lead.blacklisted, opted_out=lead.opted_out, sms_dnd=lead.sms_dnd)
    return policy.decide(facts, rules.changed(delay=(0, 0)))


def _send(tx: Tx, scope: Scope, row: AutoSendDecision, draft: Draft) -> UUID:
    """The same way a person's approval takes, in the machine's name."""
    # Who waited some minutes could be stopped all that time; who leaves at once gets the usual seconds.
    pause = 0.0 if row.action == AutoSendAction.SEND_DELAYED else settings().undo_seconds
    draft.status, draft.decided_by, draft.decided_at = DraftStatus.SENDING, None, clock.now()
    tx.flush()
    drafts.show_waiting(tx, draft.lead_id)
    earlier = tx.scalar(select(func.count()).select_from(OutboundMessage).where(OutboundMessage.draft_id == draft.id))
    outbound_id = sending.queue(
        tx, scope, draft.lead_id, channel=draft.channel, body=draft.body, subject=draft.subject, draft_id=draft.id, sent_by=SentBy.AI,
        idempotency_key=f"draft:{draft.id}:{earlier}", not_before=clock.now() + timedelta(seconds=pause))
    row.outcome, row.outbound_id, row.settled_at, row.due_at = SENT, outbound_id, clock.now(), None
    tx.flush()
    return outbound_id


def _later(tx: Tx, scope: Scope, row: AutoSendDecision, at: datetime) -> None:
    row.due_at = at
    jobs.enqueue(tx, scope, "autosend.send", run_at=at, decision_id=row.id, priority=REPLY_PRIORITY)
    tx.flush()

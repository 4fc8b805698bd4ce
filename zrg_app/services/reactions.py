"""What happens when something becomes true? Each fact, and what it sets going: the whole list on one page.

Importing this module also registers every job, because it stands at the top of the ladder.
"""

from collections.abc import Callable
from datetime import date, datetime

import zrg_app.services.access
import zrg_app.services.inbound
import zrg_app.services.inbox.presence
import zrg_app.services.ops  # noqa: F401 because importing these registers their jobs
import zrg_app.services.trials  # noqa: F401 because of its jobs
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope, workspace_system
from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.models.vocabulary import Channel, ConnectionStatus, Direction, EnrichmentKind
from zrg_app.services import autosend, booking, drafting, enrichment, events, inbox, jobs, notifications, sending, sync
from zrg_app.services.inbox import ingest
from zrg_app.services.sentiment import DRAFTED


def react(tx: Tx, scope: Scope, fact: events.Fact) -> None:
    """Do what `fact` causes, in the caller's transaction: work that takes time becomes a job."""
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(tx, scope, fact)


def _overtake_drafts(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    # What a machine wrote overtakes nothing: the person's own question is still open, and its answer still right.
    if not inbox.is_automatic(tx, fact.message_id):
        drafting.discard_pending(tx, scope, fact.lead_id, reason="The lead wrote again.", but_for=fact.message_id)


def _hold_scheduled(tx: Tx, scope: Scope, fact: events.ReplyReceived | events.LeadBlacklisted | events.SmsBlocked) -> None:
    sending.hold_scheduled(tx, scope, fact.lead_id)


def _see_whether_it_needs_repair(tx: Tx, scope: Scope, fact: events.DeliveryFailed) -> None:
    sending.refresh(tx, fact.lead_id)


def _understand(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    if sync.lacks_words(tx, scope, fact.message_id):
        jobs.enqueue(tx, scope, "sync.fetch_words", lead_id=fact.lead_id, message_id=fact.message_id)
        return
    jobs.enqueue(tx, scope, "sentiment.understand_reply", lead_id=fact.lead_id, message_id=fact.message_id,
                 dedupe_key=f"{scope.workspace_id}:{fact.message_id}:sentiment")


def _read_late(tx: Tx, scope: Scope, fact: events.MessageObserved) -> None:
    # An old reply that we learn of late is understood too: it may ask not to be written to, or be the newest there is.
    if fact.direction == Direction.INBOUND:
        _overtake_drafts(tx, scope, fact)
        _hold_scheduled(tx, scope, fact)
        _understand(tx, scope, fact)


def _understand_again(tx: Tx, scope: Scope, fact: events.ReplyCompleted) -> None:
    jobs.enqueue(tx, scope, "sentiment.understand_reply", lead_id=fact.lead_id, message_id=fact.message_id,
                 dedupe_key=f"{scope.workspace_id}:{fact.message_id}:words")


def _draft(tx: Tx, scope: Scope, fact: events.SentimentDecided) -> None:
    if fact.sentiment in DRAFTED:
        if fact.sentiment != fact.previous:
            drafting.write_for_label(tx, scope, fact.message_id)
        jobs.enqueue(tx, scope, "drafting.draft_reply", lead_id=fact.lead_id, message_id=fact.message_id)
    else:
        drafting.discard_pending(tx, scope, fact.lead_id, reason=f"“{fact.sentiment}” is not answered by a draft.")


def _discard_drafts(tx: Tx, scope: Scope, fact: events.LeadBlacklisted) -> None:
    drafting.discard_pending(tx, scope, fact.lead_id, reason=fact.reason)


def _alert(tx: Tx, scope: Scope, fact: events.ConnectionChanged) -> None:
    if fact.change == ConnectionStatus.LOCKED:
        jobs.enqueue(tx, scope, "connections.alert_locked", provider=fact.provider)


def _hold_astray(tx: Tx, scope: Scope, fact: events.ConnectionChanged) -> None:
    if fact.change in ("saved", "removed", "chosen"):
        jobs.enqueue(tx, scope, "sending.hold_astray", provider=fact.provider)


def _read_calendar(tx: Tx, scope: Scope, fact: events.ConnectionChanged) -> None:
    if fact.change in ("saved", "removed"):
        booking.read_anew(tx, scope, fact.provider)


def _note_offers(tx: Tx, scope: Scope, fact: events.MessageSent) -> None:
    booking.note_offers(tx, scope, fact.lead_id, fact.message_id)


def _rejoin(tx: Tx, scope: Scope, fact: events.LeadsMerged) -> None:
    ingest.rejoin(tx, scope, fact.lead_id)
    sending.refresh(tx, fact.lead_id)


def _rejoin_news(tx: Tx, scope: Scope, fact: events.LeadsParted) -> None:
    if fact.has_news:
        ingest.rejoin(tx, scope, fact.lead_id)
    # A draft may have been decided about or discarded since, without a message.
    sending.refresh(tx, fact.lead_id)


def _read_signature(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    if fact.channel == Channel.EMAIL:
        jobs.enqueue(tx, scope, "enrichment.read_signature", lead_id=fact.lead_id, message_id=fact.message_id,
                     dedupe_key=f"{fact.message_id}:signature")


def _look_up(tx: Tx, scope: Scope, fact: events.SentimentDecided) -> None:
    enrichment.want_for(tx, scope, fact.lead_id, fact.sentiment)


def _snooze_while_away(tx: Tx, scope: Scope, fact: events.AbsenceNoticed) -> None:
    by = workspace_system(scope.workspace_id, "snooze while the lead is away")
    inbox.snooze_while_away(tx, by, fact.lead_id, message_id=fact.message_id, returns_on=date.fromisoformat(fact.returns_on))


def _send_with_phone(tx: Tx, scope: Scope, fact: events.LeadEnriched) -> None:
    if "phone" in fact.fields.split(", "):
        enrichment.resume(tx, fact.lead_id, EnrichmentKind.PHONE)
        sending.resume_for_phone(tx, scope, fact.lead_id)


def _note_offers_in_other_words(tx: Tx, scope: Scope, fact: events.MessageSent) -> None:
    drafting.note_offers(tx, scope, fact.outbound_id)


def _consider_sending(tx: Tx, scope: Scope, fact: events.DraftReady) -> None:
    autosend.want(tx, scope, fact.draft_id)


def _learn_from_send(tx: Tx, scope: Scope, fact: events.SendQueued) -> None:
    autosend.learning.sent(tx, scope, fact.outbound_id, fact.disposition)


def _unlearn_send(tx: Tx, scope: Scope, fact: events.SendUndone | events.SendFailed) -> None:
    autosend.learning.unsent(tx, scope, fact.outbound_id, failed=isinstance(fact, events.SendFailed), reason=fact.reason)


def _learn_from_rejection(tx: Tx, scope: Scope, fact: events.DraftRejected) -> None:
    autosend.learning.rejected(tx, scope, fact.draft_id, fact.reason)


def _unlearn_rejection(tx: Tx, scope: Scope, fact: events.DraftReturned) -> None:
    autosend.learning.returned(tx, scope, fact.draft_id)


def _ask_in_slack(tx: Tx, scope: Scope, fact: events.AutoSendDecided) -> None:
    if fact.is_shadow:
        return
    if fact.action == AutoSendAction.NEEDS_REVIEW:
        autosend.slack_asking.wanted(tx, scope, fact.draft_id)
    else:
        autosend.slack_updating.draft_changed(tx, scope, fact.draft_id)


def _press(tx: Tx, scope: Scope, fact: events.SlackButtonPressed) -> None:
    jobs.enqueue(tx, scope, "autosend.press_in_slack", action=fact.action, draft_id=fact.draft_id, generation=fact.generation,
                 slack_user_id=fact.slack_user_id, slack_user_name=fact.slack_user_name, channel=fact.channel, seen=fact.seen)


def _renew_in_slack(tx: Tx, scope: Scope,
                    fact: events.DraftReady | events.DraftRejected | events.DraftReturned | events.DraftFailed) -> None:
    autosend.slack_updating.draft_changed(tx, scope, fact.draft_id)


def _tell_slack_of_send(tx: Tx, scope: Scope, fact: events.SendQueued | events.MessageSent | events.SendUndone) -> None:
    autosend.slack_updating.outbound_changed(tx, scope, fact.outbound_id)


def _tell_slack_of_snooze(tx: Tx, scope: Scope, fact: events.ConversationChanged | events.ActUndone) -> None:
    if isinstance(fact, events.ActUndone) or fact.change in ("snoozed", "woke"):
        autosend.slack_updating.conversation_changed(tx, scope, fact.lead_id)


def _tell_mentioned(tx: Tx, scope: Scope, fact: events.NoteChanged) -> None:
    notifications.tell_mentioned(tx, scope, fact.note_id)


def _tell_assignee(tx: Tx, scope: Scope, fact: events.ConversationChanged) -> None:
    if fact.change in ("assigned", "released"):
        notifications.tell_assignee(tx, scope, fact.lead_id)


def _tell_of_reply(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    notifications.tell_of_reply(tx, scope, fact.lead_id, fact.message_id)


def _release(tx: Tx, scope: Scope, fact: events.MemberLeft) -> None:
    inbox.release_all(tx, scope, user_id=fact.user_id, name=fact.name, departure_id=fact.departure_id)


def _give_back(tx: Tx, scope: Scope, fact: events.MemberReturned) -> None:
    inbox.give_back(tx, scope, user_id=fact.user_id, name=fact.name, departure_id=fact.departure_id,
                    since=datetime.fromisoformat(fact.left_at))


REACTIONS: dict[type[events.Fact], tuple[Callable[[Tx, Scope, events.Fact], None], ...]] = {
    events.ReplyReceived: (_overtake_drafts, _hold_scheduled, _understand, _read_signature, _tell_of_reply),
    events.MessageObserved: (_read_late,),
    events.ReplyCompleted: (_understand_again,),
    events.SentimentDecided: (_draft, _look_up),
    events.AbsenceNoticed: (_snooze_while_away,),
    events.LeadBlacklisted: (_discard_drafts, _hold_scheduled),
    events.SmsBlocked: (_hold_scheduled,),
    events.DraftReady: (_consider_sending, _renew_in_slack),
    events.DraftRejected: (_learn_from_rejection, _renew_in_slack),
    events.DraftReturned: (_unlearn_rejection, _renew_in_slack),
    events.DraftFailed: (_renew_in_slack,),
    events.AutoSendDecided: (_ask_in_slack,),
    events.SlackButtonPressed: (_press,),
    events.SendQueued: (_learn_from_send, _tell_slack_of_send),
    events.SendUndone: (_unlearn_send, _tell_slack_of_send),
    events.SendUncertain: (_tell_slack_of_send,),
    events.SendFailed: (_unlearn_send, _tell_slack_of_send),
    events.MessageSent: (_note_offers, _note_offers_in_other_words, _tell_slack_of_send),
    events.ConversationChanged: (_tell_slack_of_snooze, _tell_assignee),
    events.NoteChanged: (_tell_mentioned,),
    events.ActUndone: (_tell_slack_of_snooze,),
    events.DeliveryFailed: (_see_whether_it_needs_repair,),
    events.ConnectionChanged: (_hold_astray, _alert, _read_calendar),
    events.LeadEnriched: (_send_with_phone,),
    events.LeadsMerged: (_rejoin,),
    events.MemberLeft: (_release,),
    events.MemberReturned: (_give_back,),
    events.LeadsParted: (_rejoin_news,),
}

events.install(react)

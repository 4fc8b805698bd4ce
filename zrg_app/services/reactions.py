"""What happens when something becomes true? Each fact, and what it sets going: the whole list on one page.

Importing this module also registers every job, because it stands at the top of the ladder.
"""

from collections.abc import Callable

import zrg_app.services.access
import zrg_app.services.inbound
import zrg_app.services.ops  # noqa: F401 because importing these registers their jobs
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel
from zrg_app.services import drafting, enrichment, events, jobs, sending
from zrg_app.services.inbox import ingest
from zrg_app.services.sentiment import DRAFTED


def react(tx: Tx, scope: Scope, fact: events.Fact) -> None:
    """Do what `fact` causes, in the caller's transaction: work that takes time becomes a job."""
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(tx, scope, fact)


def _overtake_drafts(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    drafting.discard_pending(tx, scope, fact.lead_id, reason="The lead wrote again.", but_for=fact.message_id)


def _understand(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    jobs.enqueue(tx, scope, "sentiment.understand_reply", lead_id=fact.lead_id, message_id=fact.message_id,
                 dedupe_key=f"{scope.workspace_id}:{fact.message_id}:sentiment")


def _draft(tx: Tx, scope: Scope, fact: events.SentimentDecided) -> None:
    if fact.sentiment in DRAFTED:
        jobs.enqueue(tx, scope, "drafting.draft_reply", lead_id=fact.lead_id, message_id=fact.message_id)
    else:
        drafting.discard_pending(tx, scope, fact.lead_id, reason=f"“{fact.sentiment}” is not answered by a draft.")


def _discard_drafts(tx: Tx, scope: Scope, fact: events.LeadBlacklisted) -> None:
    drafting.discard_pending(tx, scope, fact.lead_id, reason=fact.reason)


def _rejoin(tx: Tx, scope: Scope, fact: events.LeadsMerged) -> None:
    ingest.rejoin(tx, scope, fact.lead_id)
    sending.refresh(tx, fact.lead_id)


def _rejoin_news(tx: Tx, scope: Scope, fact: events.LeadsParted) -> None:
    if fact.has_news:
        ingest.rejoin(tx, scope, fact.lead_id)
        sending.refresh(tx, fact.lead_id)


def _read_signature(tx: Tx, scope: Scope, fact: events.ReplyReceived) -> None:
    if fact.channel == Channel.EMAIL:
        jobs.enqueue(tx, scope, "enrichment.read_signature", lead_id=fact.lead_id, message_id=fact.message_id,
                     dedupe_key=f"{fact.message_id}:signature")


def _look_up(tx: Tx, scope: Scope, fact: events.SentimentDecided) -> None:
    enrichment.want_for(tx, scope, fact.lead_id, fact.sentiment)


def _hold_astray(tx: Tx, scope: Scope, fact: events.ConnectionChanged) -> None:
    if fact.change in ("saved", "removed", "chosen"):
        jobs.enqueue(tx, scope, "sending.hold_astray", provider=fact.provider)


def _send_with_phone(tx: Tx, scope: Scope, fact: events.LeadEnriched) -> None:
    if "phone" in fact.fields.split(", "):
        sending.resume_for_phone(tx, scope, fact.lead_id)


REACTIONS: dict[type[events.Fact], tuple[Callable[[Tx, Scope, events.Fact], None], ...]] = {
    events.ReplyReceived: (_overtake_drafts, _understand, _read_signature),
    events.SentimentDecided: (_draft, _look_up),
    events.LeadBlacklisted: (_discard_drafts,),
    events.LeadsMerged: (_rejoin,),
    events.LeadEnriched: (_send_with_phone,),
    events.LeadsParted: (_rejoin_news,),
    events.ConnectionChanged: (_hold_astray,),
}

events.install(react)

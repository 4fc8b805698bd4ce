"""What happens when something becomes true? Each fact, and what it sets going: the whole list on one page.

Importing this module also registers every job, because it stands at the top of the ladder.
"""

from collections.abc import Callable

import zrg_app.services.access
import zrg_app.services.inbound
import zrg_app.services.ops  # noqa: F401 because importing these registers their jobs
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.services import drafting, events, jobs
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


def _alert(tx: Tx, scope: Scope, fact: events.ConnectionChanged) -> None:
    if fact.change == ConnectionStatus.LOCKED:
        jobs.enqueue(tx, scope, "connections.alert_locked", provider=fact.provider)


REACTIONS: dict[type[events.Fact], tuple[Callable[[Tx, Scope, events.Fact], None], ...]] = {
    events.ReplyReceived: (_overtake_drafts, _understand),
    events.SentimentDecided: (_draft,),
    events.LeadBlacklisted: (_discard_drafts,),
    events.ConnectionChanged: (_alert,),
}

events.install(react)

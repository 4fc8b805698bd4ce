"""Is what was decided minutes ago still right, now that it would leave? Pure: what the database and the provider say now, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zrg_app.models.vocabulary import DraftStatus

# A worker that was down half a day must not come back and answer yesterday's questions.
LATEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen right before sending. `history_read` is False when a provider could not be asked; `webhooks_live` says whether
    every such provider told us something of late, so that a missing message would be a surprise."""

    now: datetime
    due_at: datetime
    draft_found: bool = True
    draft_status: str = DraftStatus.PENDING
    same_generation: bool = True
    same_body: bool = True
    same_lead: bool = True
    same_label: bool = True
    trigger_found: bool = True
    newer_inbound: bool = False
    outbound_after: bool = False
    outbound_waiting: bool = False
    done_by_person: bool = False
    history_read: bool = True
    webhooks_live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why it does not leave after all. With `asks` a person should decide; else the matter is settled without them."""

    code: str
    sentence: str
    holds: Callable[[Look], bool]
    asks: bool = True


OBSTACLES: tuple[Obstacle, ...] = (
    Obstacle(code="draft_not_found", sentence="The draft is gone.", holds=lambda look: not look.draft_found, asks=False),
    Obstacle(code="draft_handled", sentence="Somebody dealt with the draft meanwhile.",
             holds=lambda look: look.draft_status != DraftStatus.PENDING, asks=False),
    Obstacle(code="draft_rewritten", sentence="The draft was written again meanwhile.",
             holds=lambda look: not look.same_generation, asks=False),
    Obstacle(code="draft_lead_mismatch", sentence="The draft belongs to another lead now.", holds=lambda look: not look.same_lead),
    Obstacle(code="draft_changed", sentence="The draft's words are not those that were judged.", holds=lambda look: not look.same_body),
    Obstacle(code="trigger_message_not_found", sentence="The reply it answers is gone.", holds=lambda look: not look.trigger_found),
    Obstacle(code="newer_inbound_exists", sentence="The lead wrote again.", holds=lambda look: look.newer_inbound),
    Obstacle(code="outbound_after_trigger", sentence="The lead was answered already.", holds=lambda look: look.outbound_after),
    Obstacle(code="outbound_waiting", sentence="Another answer to this lead is on its way.", holds=lambda look: look.outbound_waiting),
    Obstacle(code="conversation_done", sentence="Somebody marked the conversation as done or put it off.",
             holds=lambda look: look.done_by_person),
    Obstacle(code="label_changed", sentence="The reply is labelled differently now.", holds=lambda look: not look.same_label),
    Obstacle(code="too_late", sentence="Its moment passed long ago.", holds=lambda look: look.now - look.due_at > LATEST),
    Obstacle(code="history_unreadable", sentence="The provider cannot be read and its webhooks are silent, so the lead may have written.",
             holds=lambda look: not look.history_read and not look.webhooks_live),
)
SENTENCES: dict[str, str] = {one.code: one.sentence for one in OBSTACLES}


def obstacle(look: Look) -> Obstacle | None:
    """The first thing in the way, or None."""
    return next((one for one in OBSTACLES if one.holds(look)), None)

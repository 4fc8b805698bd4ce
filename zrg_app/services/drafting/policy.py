"""Should an answer be proposed? Pure; the reasons are data."""

from collections.abc import Callable
from dataclasses import dataclass

from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services.reading import is_bounce_sender
from zrg_app.services.sentiment.policy import DRAFTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a reply was understood. `asked_for` means a person pressed the button."""

    sentiment: Sentiment
    status: LeadStatus
    enabled: bool
    is_newest_inbound: bool
    waits_for_answer: bool
    from_address: str
    asked_for: bool = False


REASONS: dict[str, Callable[[Facts], bool]] = {
    "The lead must not be contacted": lambda facts: facts.status is LeadStatus.BLACKLISTED,
    "The reply came from a mail system": lambda facts: is_bounce_sender(facts.from_address),
    "A newer message has come": lambda facts: not facts.is_newest_inbound and not facts.asked_for,
    "It was answered already": lambda facts: not facts.waits_for_answer and not facts.asked_for,
    "Drafts are switched off in this workspace": lambda facts: not facts.enabled and not facts.asked_for,
    "This kind of reply is not answered by a draft": lambda facts: facts.sentiment not in DRAFTED and not facts.asked_for,
}


def reasons_against(facts: Facts) -> tuple[str, ...]:
    """Why no draft is written, in words; empty means: write one."""
    return tuple(words for words, holds in REASONS.items() if holds(facts))

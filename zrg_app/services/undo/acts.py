"""Which acts can be undone, and what does each of them change?

`decides` are the tables that say whether somebody has gone on since; `follows` what comes back only if it is still right.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import drafting, inbox, leads, sending, sentiment

MOST_AT_ONCE = 200
_HERE, _CONSENT = ("conversation",), ("lead", "conversation")
_ANSWERS = ("draft", "outbound_message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something a person does with conversations: `function(tx, scope, *lead_ids, **options)`."""

    function: Callable[..., Any]
    decides: tuple[str, ...]
    follows: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Everything it may change."""
        return self.decides + self.follows


def _label_each(tx: Tx, scope: Scope, *lead_ids: UUID, label: str) -> int:
    """Say what the newest reply of each lead means; how many have not written yet. Raises Invalid when none has."""
    silent = 0
    for lead_id in lead_ids:
        try:
            sentiment.correct(tx, scope, lead_id, label=label)
        except Invalid:
            silent += 1
            if silent == len(lead_ids):
                raise
    return silent


def _blacklist_each(tx: Tx, scope: Scope, *lead_ids: UUID, reason: str) -> None:
    said = " ".join(reason.replace("\x00", "").split())[:300]
    if not said:
        raise Invalid("Say why nobody shall write to them any more.")
    for lead_id in lead_ids:
        # The reason is the person's; a lead who never wrote has no reply to be labelled.
        leads.blacklist(tx, scope, lead_id, reason=said)
        with suppress(Invalid):
            sentiment.correct(tx, scope, lead_id, label=Sentiment.BLACKLIST, reason=said)


def _allow_each(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    for lead_id in lead_ids:
        leads.unblacklist(tx, scope, lead_id)


def _discard(tx: Tx, scope: Scope, *lead_ids: UUID, draft_id: UUID) -> None:
    drafting.reject(tx, scope, draft_id, reason="discarded")


def _dismiss(tx: Tx, scope: Scope, *lead_ids: UUID, outbound_id: UUID) -> None:
    sending.dismiss(tx, scope, outbound_id)


def _settle(tx: Tx, scope: Scope, *lead_ids: UUID, message_id: UUID) -> None:
    sending.settle(tx, scope, message_id)


ACTS: dict[str, Act] = {
    "done": Act(function=inbox.done, decides=_HERE),
    "reopen": Act(function=inbox.reopen, decides=_HERE),
    "snooze": Act(function=inbox.snooze, decides=_HERE),
    "back": Act(function=inbox.snooze_until_back, decides=_HERE),
    "wake": Act(function=inbox.wake, decides=_HERE),
    "assign": Act(function=inbox.assign, decides=_HERE),
    "read": Act(function=inbox.mark_read, decides=_HERE),
    "unread": Act(function=inbox.mark_unread, decides=_HERE),
    "label": Act(function=inbox.toggle_label, decides=("lead_label",)),
    "sentiment": Act(function=_label_each, decides=_CONSENT, follows=_ANSWERS),
    "blacklist": Act(function=_blacklist_each, decides=_CONSENT, follows=_ANSWERS),
    "allow": Act(function=_allow_each, decides=_CONSENT),
    "discard": Act(function=_discard, decides=_HERE, follows=("draft",)),
    "dismiss": Act(function=_dismiss, decides=("outbound_message",)),
    "settle": Act(function=_settle, decides=("message",)),
}
# Of these nothing is told in the thread, so nothing of their undoing either.
UNTOLD = frozenset({"read", "unread"})

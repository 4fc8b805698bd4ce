"""What did people do with the draft a decision was about? Settled by what happens to drafts and messages, for learning and earning."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Disposition
from zrg_app.services.autosend.earning import EDITED, REJECTED, UNEDITED
from zrg_app.services.autosend.sending_off import FAILED, HELD, OPEN_OUTCOMES, SENT
from zrg_app.services.drafting import actions as drafts

OVERTAKEN = "overtaken"
_OPEN = "(d.outcome is null or d.outcome = any(:open))"

# In a shadow the overseer's wording is not the draft's: what counts is whether the words that were judged are those that left.
_BY_PERSON = text(f"""
update auto_send_decision d
set outcome = case when o.body = coalesce(d.facts ->> 'body', '') then :unedited else :edited end,
    outcome_reason = 'sent_by_person', outbound_id = o.id, settled_at = :now, due_at = null
from outbound_message o join draft f on f.id = o.draft_id
where o.id = :outbound and d.draft_id = f.id and d.generation = f.generation and {_OPEN}
""")
_OWN_WORDS = text(f"""
update auto_send_decision d set outcome = :edited, outcome_reason = 'own_words', settled_at = :now, due_at = null
from outbound_message o, draft f
where o.id = :outbound and o.draft_id is null and o.channel = f.channel and f.lead_id = o.lead_id and f.status = 'pending'
  and d.draft_id = f.id and d.generation = f.generation and {_OPEN}
""")
_REJECTED = text(f"""
update auto_send_decision d
set outcome = case when f.decided_by is null then :overtaken else :rejected end, outcome_reason = :reason, settled_at = :now, due_at = null
from draft f where f.id = :draft and d.draft_id = f.id and d.generation = f.generation and {_OPEN}
""")
_RETURNED = text("""
update auto_send_decision d set outcome = :held, outcome_reason = 'returned', settled_at = :now, due_at = null
from draft f where f.id = :draft and d.draft_id = f.id and d.generation = f.generation and d.outcome = any(:settled)
""")
_REWRITTEN = text(f"""
update auto_send_decision d set outcome = :edited, outcome_reason = 'rewritten', settled_at = :now, due_at = null
from draft f where f.id = :draft and d.draft_id = f.id and d.generation < f.generation and {_OPEN}
""")
_UNSENT = text("""
update auto_send_decision set outcome = case when outcome = :sent then :ending end, outcome_reason = :reason, settled_at = :now
where outbound_id = :outbound and outcome = any(:by_send) returning lead_id
""")


def sent(tx: Tx, scope: Scope, outbound_id: UUID, disposition: str | None) -> None:
    """A message entered the outbox: of a person's hand it says what they thought of the draft."""
    if disposition == Disposition.AUTO_SENT:
        return
    told = {"outbound": outbound_id, "edited": EDITED, "now": clock.now(), "open": list(OPEN_OUTCOMES)}
    if disposition is None:
        tx.execute(_OWN_WORDS, told)
    else:
        tx.execute(_BY_PERSON, told | {"unedited": UNEDITED})


def unsent(tx: Tx, scope: Scope, outbound_id: UUID, *, failed: bool, reason: str) -> None:
    """A message did not leave after all: what its sending said is taken back, and a person decides anew."""
    told = {"outbound": outbound_id, "ending": FAILED if failed else HELD, "reason": reason, "now": clock.now(), "sent": SENT,
            "by_send": [SENT, UNEDITED, EDITED]}
    for row in tx.execute(_UNSENT, told).all():
        drafts.show_waiting(tx, row.lead_id)


def rejected(tx: Tx, scope: Scope, draft_id: UUID, reason: str) -> None:
    """A draft was discarded: by a person, or because it no longer fits, which says nothing of it."""
    tx.execute(_REJECTED, {"draft": draft_id, "reason": reason, "now": clock.now(), "open": list(OPEN_OUTCOMES),
                           "rejected": REJECTED, "overtaken": OVERTAKEN})


def returned(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """A discarding was undone: what it said of the draft is taken back, and a person decides anew."""
    tx.execute(_RETURNED, {"draft": draft_id, "held": HELD, "now": clock.now(), "settled": [REJECTED, OVERTAKEN]})


def rewritten(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """A draft was written again, as somebody wished: the earlier text was not good enough."""
    tx.execute(_REWRITTEN, {"draft": draft_id, "edited": EDITED, "now": clock.now(), "open": list(OPEN_OUTCOMES)})

"""May we write to this lead? Blacklisting and SMS do-not-disturb, each a fact with its reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import events
from zrg_app.services.leads.following import lock_living

_BLACKLIST = text("""
update lead set status = 'blacklisted', blacklist_reason = :reason, opted_out_at = coalesce(opted_out_at, :now), updated_at = :now
where id = :lead_id
""")
_UNBLACKLIST = text("""
update lead set status = 'new', blacklist_reason = null, opted_out_at = null, updated_at = :now where id = :lead_id
""")
_NOTHING_TO_ANSWER = text("""
update conversation set needs_reply = false, updated_at = :now where lead_id = :lead_id and needs_reply
""")
_SMS = text("""
update lead set sms_dnd = :blocked, sms_dnd_reason = :reason, sms_dnd_at = :at, updated_at = :now where id = :lead_id
""")


def blacklist(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str) -> bool:
    """Never write to this lead again: opt-out, bounce or a person's word. Returns False when it was so already.

    The first reason is kept. Drafts and running sends are stopped by the reactions to the fact. Raises NotFound.
    """
    row = lock_living(tx, lead_id)
    lead_id = row.id
    # A label may have changed the status already; without a reason nobody has been told yet.
    if row.status == "blacklisted" and row.blacklist_reason is not None:
        return False
    tx.execute(_BLACKLIST, {"lead_id": lead_id, "reason": reason, "now": clock.now()})
    tx.execute(_NOTHING_TO_ANSWER, {"lead_id": lead_id, "now": clock.now()})
    events.record(tx, scope, events.LeadBlacklisted(lead_id=lead_id, reason=reason))
    return True


def unblacklist(tx: Tx, scope: Scope, lead_id: UUID) -> bool:
    """A person allows writing to this lead again. Returns False when it was not blacklisted. Raises NotFound."""
    row = lock_living(tx, lead_id)
    if row.status != "blacklisted":
        return False
    lead_id = row.id
    tx.execute(_UNBLACKLIST, {"lead_id": lead_id, "now": clock.now()})
    events.record(tx, scope, events.LeadUnblacklisted(lead_id=lead_id))
    return True


def block_sms(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str, at: datetime | None = None) -> bool:
    """SMS to this lead is refused by the carrier or the CRM since `at`. Returns whether that was news. Raises NotFound."""
    lead_id = lock_living(tx, lead_id).id
    if not _set_sms(tx, lead_id, blocked=True, reason=reason, at=at):
        return False
    events.record(tx, scope, events.SmsBlocked(lead_id=lead_id, reason=reason))
    return True


def allow_sms(tx: Tx, scope: Scope, lead_id: UUID, *, at: datetime | None = None) -> bool:
    """SMS to this lead is taken again since `at`. Returns whether that was news. Raises NotFound."""
    lead_id = lock_living(tx, lead_id).id
    if not _set_sms(tx, lead_id, blocked=False, reason=None, at=at):
        return False
    events.record(tx, scope, events.SmsAllowed(lead_id=lead_id))
    return True


def _set_sms(tx: Tx, lead_id: UUID, *, blocked: bool, reason: str | None, at: datetime | None) -> bool:
    row = lock_living(tx, lead_id)
    since = at or clock.now()
    # Providers deliver out of order: what was true later stays true.
    if row.sms_dnd_at is not None and row.sms_dnd_at > since:
        return False
    tx.execute(_SMS, {"lead_id": lead_id, "blocked": blocked, "reason": reason, "at": since, "now": clock.now()})
    return row.sms_dnd is not blocked

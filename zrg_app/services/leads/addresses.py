"""Which of a lead's addresses is used? Promotion of who answers, and addresses that accept no mail."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import events
from zrg_app.services.leads.actions import make_primary_email
from zrg_app.services.leads.following import lock_living
from zrg_app.services.leads.matching import email_identity

_OWN = text("select is_primary from lead_identity where lead_id = :lead_id and kind = 'email' and value = :value")
_NAME = text("""
select from_name from message where lead_id = :lead_id and direction = 'inbound' and lower(from_address) = :value
  and coalesce(from_name, '') <> '' and not is_automatic order by sent_at desc limit 1
""")
# The name that stood here is kept by its address, so that promoting the former one brings it back.
_RENAME = text("""
update lead set facts = facts || jsonb_build_object('names', coalesce(facts->'names', '{}') || jsonb_build_object(
         coalesce(email, ''), jsonb_build_array(first_name, last_name))),
       first_name = coalesce(facts->'names'->:value->>0, :first_name, first_name),
       last_name = coalesce(facts->'names'->:value->>1, :last_name, last_name)
where id = :lead_id and email is distinct from :value
""")
_NO_REPLIER = text("""
update lead set current_replier_email = null, current_replier_name = null, current_replier_since = null
where id = :lead_id and lower(current_replier_email) = :value
""")
_RETIRE = text("""
update lead set facts = facts || jsonb_build_object('retired', coalesce(facts->'retired', '{}') || jsonb_build_object(
  cast(:value as text), cast(:reason as text))), updated_at = :now where id = :lead_id
""")


def promote(tx: Tx, scope: Scope, lead_id: UUID, address: str) -> None:
    """Make one of the lead's addresses the primary one: mail goes there, and the lead is called as who writes from it.

    The former primary becomes an alternate, and nobody answers for the lead any more when it was the promoted one who did.
    Raises NotFound when the address is not this lead's.
    """
    lead_id = lock_living(tx, lead_id).id
    wanted = email_identity(address)
    known = wanted and tx.execute(_OWN, {"lead_id": lead_id, "value": wanted.value}).one_or_none()
    if wanted is None or known is None:
        raise NotFound("This lead has no such address.")
    if known.is_primary:
        return
    name = (tx.execute(_NAME, {"lead_id": lead_id, "value": wanted.value}).scalar_one_or_none() or "").split()
    tx.execute(_RENAME, {"lead_id": lead_id, "value": wanted.value, "first_name": name[0][:300] if name else None,
                         "last_name": " ".join(name[1:])[:300] if name else None})
    make_primary_email(tx, lead_id, wanted.value)
    tx.execute(_NO_REPLIER, {"lead_id": lead_id, "value": wanted.value})
    events.record(tx, scope, events.EmailPromoted(lead_id=lead_id))


def is_alternate(tx: Tx, lead_id: UUID, address: str) -> bool:
    """Whether an address is one of the lead's, and not the primary one."""
    wanted = email_identity(address)
    known = wanted and tx.execute(_OWN, {"lead_id": lead_id, "value": wanted.value}).one_or_none()
    return bool(known) and not known.is_primary


def retire(tx: Tx, scope: Scope, lead_id: UUID, address: str, *, reason: str) -> None:
    """Write to this alternate address no more: it accepts no mail. The lead itself may be written to as before."""
    wanted = email_identity(address)
    if wanted is None:
        return
    tx.execute(_RETIRE, {"lead_id": lead_id, "value": wanted.value, "reason": reason[:300], "now": clock.now()})
    tx.execute(_NO_REPLIER, {"lead_id": lead_id, "value": wanted.value})
    events.record(tx, scope, events.AddressRetired(lead_id=lead_id, address=wanted.value, reason=reason[:300]))

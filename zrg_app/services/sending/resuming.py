"""Which text could not leave for want of a number, and may leave now that there is one?"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import Scope
from zrg_app.models import OutboundMessage
from zrg_app.models.vocabulary import Channel, OutboundStatus
from zrg_app.services.sending import actions, passage

WITHIN = timedelta(hours=24)
"""A text that waited longer is no answer any more; a person decides then."""


def resume_for_phone(tx: Tx, scope: Scope, lead_id: UUID) -> UUID | None:
    """Let the newest text of a lead that failed without a phone number try again; its id, or None when there is none to try.

    Whatever else speaks against it holds as ever, and one that was written anew meanwhile stays failed.
    """
    lead = passage.lock_lead(tx, lead_id)
    later = aliased(OutboundMessage)
    row = tx.scalar(select(OutboundMessage).where(
        OutboundMessage.lead_id == lead_id, OutboundMessage.channel == Channel.SMS,
        OutboundMessage.status == OutboundStatus.FAILED, OutboundMessage.error_code == "missing_phone",
        OutboundMessage.updated_at > clock.now() - WITHIN,
        ~select(later.id).where(later.lead_id == lead_id, later.channel == Channel.SMS,
                                later.created_at > OutboundMessage.created_at).exists())
        .order_by(OutboundMessage.created_at.desc()).limit(1))
    if row is None or not lead.phone:
        return None
    row.to_address = row.to_address or lead.phone
    tx.flush()
    try:
        actions.retry(tx, scope, row.id)
    except Refused:
        return None
    return row.id

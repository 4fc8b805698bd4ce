"""Which lead is this one now? Follows the signposts that merges leave."""

from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound

_MOST_STEPS = 100
_LOOK = text("select id, merged_into from lead where id = :lead_id")
_LOCK = text("""
select id, merged_into, status, blacklist_reason, sms_dnd, sms_dnd_at from lead where id = :lead_id for no key update
""")


def living(tx: Tx, lead_id: UUID) -> UUID:
    """The lead that `lead_id` is now: itself, or what it was merged into. Raises NotFound."""
    return _followed(tx, _LOOK, lead_id).id


def lock_living(tx: Tx, lead_id: UUID) -> Any:
    """The row of the lead that `lead_id` is now, locked until the transaction ends: id and consent. Raises NotFound."""
    return _followed(tx, _LOCK, lead_id)


def _followed(tx: Tx, read: TextClause, lead_id: UUID) -> Any:
    """The row that `read` finds at the end of the signposts."""
    for _ in range(_MOST_STEPS):
        row = tx.execute(read, {"lead_id": lead_id}).one_or_none()
        if row is None:
            break
        if row.merged_into is None:
            return row
        lead_id = row.merged_into
    raise NotFound("There is no such lead.")

"""What does a person do with a draft that is about to leave by itself? Hold it back; approving it is the usual approval."""

from uuid import UUID

from sqlmodel import select

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict
from zrg_app.kit.scope import Scope
from zrg_app.models import AutoSendDecision
from zrg_app.services.autosend import sending_off
from zrg_app.services.drafting import actions as drafts

HELD_BY_PERSON = "held_by_person"


def hold_back(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """Do not let this draft leave by itself; it waits for a person. Raises Conflict when it has left already, NotFound."""
    draft = drafts.locked(tx, scope, draft_id)
    row = tx.scalars(select(AutoSendDecision).where(
        AutoSendDecision.draft_id == draft_id, AutoSendDecision.generation == draft.generation).with_for_update()).first()
    if row is None or row.is_shadow or row.outcome == sending_off.HELD:
        return
    if row.outcome is not None or row.due_at is None:
        raise Conflict("This draft has been dealt with already." if row.outcome else "This draft does not leave by itself.")
    sending_off.hold(tx, scope, row, HELD_BY_PERSON, "Somebody held it back.", asks=False)

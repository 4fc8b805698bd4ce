"""What does a person say of a message whose fate was in doubt: look again, it arrived, send it again, I have seen it?"""

from uuid import UUID

from sqlalchemy import select

from zrg_app.integrations.base import Receipt
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Message
from zrg_app.models.vocabulary import Delivery, DraftStatus, OutboundStatus
from zrg_app.services import events
from zrg_app.services.sending import actions, passage, recording
from zrg_app.services.sending.claims import LOOKS

NOT_IN_DOUBT = "What became of this message is known; load the page again."


def settle(tx: Tx, scope: Scope, message_id: UUID) -> None:
    """A person has seen to a message that never arrived. Says nothing when somebody did before. Raises NotFound."""
    lead_id = tx.scalar(select(Message.lead_id).where(Message.id == message_id, Message.workspace_id == scope.workspace_id))
    if lead_id is None:
        raise NotFound("This message is not here (any more).")
    passage.lock_lead(tx, lead_id)
    message = tx.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message.delivery not in (Delivery.FAILED, Delivery.BOUNCED) or message.delivery_settled_at is not None:
        return
    message.delivery_settled_at = clock.now()
    passage.refresh(tx, lead_id)
    events.record(tx, scope, events.SendSettled(lead_id=lead_id, message_id=message_id, how="seen"))


def look_again(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Read the provider's history once more; nothing is sent whatever it says. Raises Conflict when the fate is known, NotFound."""
    row = _in_doubt(tx, outbound_id).row
    # One look, and then a person again: `uncertain` 2 keeps the look from leading to another try.
    row.uncertain = 1
    passage.doubt(tx, scope, row, clock.now(), "Looking into the provider's history once more.")
    row.looks = len(LOOKS) - 1
    passage.refresh(tx, row.lead_id)


def it_arrived(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """A person saw the message at the provider: it counts as sent and is never tried again. Raises Conflict, NotFound."""
    locked = _in_doubt(tx, outbound_id)
    recording.accepted(tx, scope, outbound_id, Receipt(message_id=None))
    events.record(tx, scope, events.SendSettled(lead_id=locked.row.lead_id, outbound_id=outbound_id, how="arrived"))


def send_again(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """A person saw that the provider does not have it: it is sent once more, after a last look of ours.

    Raises Conflict when its fate is known, Refused with the policy's code, NotFound.
    """
    locked = _in_doubt(tx, outbound_id)
    if locked.row.status == OutboundStatus.CHECKING:
        passage.fail(tx, scope, locked, "unknown_outcome", "A person said that it did not arrive.")
    actions.retry(tx, scope, outbound_id)
    events.record(tx, scope, events.SendSettled(lead_id=locked.row.lead_id, outbound_id=outbound_id, how="again"))


def _in_doubt(tx: Tx, outbound_id: UUID) -> passage.Locked:
    locked = passage.lock(tx, outbound_id)
    row = locked.row
    if not (row.status == OutboundStatus.CHECKING or (row.status == OutboundStatus.FAILED and row.error_code == "unknown_outcome")):
        raise Conflict(NOT_IN_DOUBT)
    if locked.draft is not None and locked.draft.status == DraftStatus.APPROVED:
        raise Conflict("This draft has been used for another message meanwhile.")
    return locked

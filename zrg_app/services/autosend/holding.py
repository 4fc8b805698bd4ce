"""What does a person say about a lead and auto-send? Hold a draft back, and let a lead without campaign be answered by the AI."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import AutoSendDecision
from zrg_app.services import events
from zrg_app.services.autosend import sending_off
from zrg_app.services.drafting import actions as drafts

HELD_BY_PERSON = "held_by_person"
_ANSWERED = text("update lead set auto_reply = :on, updated_at = :now "
                 "where id = :lead and workspace_id = :workspace and merged_into is null")


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


def let_ai_answer(tx: Tx, scope: Scope, lead_id: UUID, *, on: bool) -> None:
    """Let the AI answer a lead that is in no campaign (in one, the campaign decides), or leave them to people. Raises NotFound."""
    if not tx.execute(_ANSWERED, {"on": on, "now": clock.now(), "lead": lead_id, "workspace": scope.workspace_id}).rowcount:
        raise NotFound("There is no such lead.")
    events.record(tx, scope, events.LeadEdited(lead_id=lead_id, fields="auto_reply"))

"""A reply means something else than we thought: what becomes of the draft that was written for the former label?"""

from uuid import UUID

from sqlmodel import select

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import Draft
from zrg_app.models.vocabulary import DraftStatus
from zrg_app.services.drafting import actions
from zrg_app.services.drafting.material import trigger

# How reactions.py says that a draft was discarded for its label alone; nobody had judged its words.
FOR_ITS_LABEL = "is not answered by a draft."


def write_for_label(tx: Tx, scope: Scope, message_id: UUID) -> None:
    """Write the draft to a message again for its new label, unless it was answered or a person has put a hand to it."""
    row = trigger(tx, scope, message_id)
    if row is None or not row["needs_reply"]:
        return
    drafts = tx.scalars(select(Draft).where(Draft.trigger_message_id == message_id, Draft.workspace_id == scope.workspace_id)).all()
    for draft in drafts:
        if _is_stale(draft):
            actions.regenerate(tx, scope, draft.id)


def _is_stale(draft: Draft) -> bool:
    if draft.status in (DraftStatus.WRITING, DraftStatus.PENDING, DraftStatus.FAILED):
        return draft.body == draft.original_body
    return draft.status == DraftStatus.REJECTED and (draft.rejected_reason or "").endswith(FOR_ITS_LABEL)

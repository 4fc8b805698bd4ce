"""How is an act taken back? Each conversation as it was, if it is still as the act left it; its answers if they are still right."""

from collections.abc import Sequence
from uuid import UUID

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation
from zrg_app.models.vocabulary import DraftStatus
from zrg_app.services import drafting, events, sending
from zrg_app.services.sentiment import DRAFTED
from zrg_app.services.undo import pictures
from zrg_app.services.undo.acts import ACTS, UNTOLD, Act
from zrg_app.services.undo.doing import lock
from zrg_app.services.undo.views import Change, TakenBack, Undoable

DRAFT_LEFT = "a draft stays discarded, because something newer came"
SEND_LEFT = "a planned message stays held back, because its moment has passed or it may not leave"


def take_back(tx: Tx, scope: Scope, done: Undoable) -> TakenBack:
    """Undo an act for every conversation that nobody has changed since. Raises NotFound when none is here any more."""
    act = ACTS[done.act]
    here = set(lock(tx, scope, act, done.changed)) if done.changed else set()
    now = pictures.take(tx, sorted(here), act.tables)
    decisive = [change for change in done.changes if change.table in act.decides]
    moved = {change.lead_id for change in decisive if change.lead_id not in here or not pictures.stands(change, now)}
    back = [lead_id for lead_id in done.changed if lead_id in here and lead_id not in moved]
    pictures.restore(tx, [change for change in decisive if change.lead_id in set(back)], scope.workspace_id)
    left = _bring_answers_back(tx, scope, act, done, back)
    if set(act.tables) & {"draft", "outbound_message", "message"}:
        for lead_id in back:
            sending.refresh(tx, lead_id)
    _tell(tx, scope, done.act, back)
    return TakenBack(leads=tuple(back), changed_since=len(done.changed) - len(back), left=tuple(dict.fromkeys(left)))


def _bring_answers_back(tx: Tx, scope: Scope, act: Act, done: Undoable, back: Sequence[UUID]) -> list[str]:
    """Let drafts and planned messages wait again that the act had stopped; what does not come back, in words."""
    if not act.follows:
        return []
    left = []
    for lead_id in back:
        changes = [change for change in done.changes if change.lead_id == lead_id and change.table in act.follows]
        _drop_newer_drafts(tx, scope, lead_id, changes)
        # A message first: the draft that leaves with it is its own.
        for change in sorted(changes, key=lambda each: each.table, reverse=True):
            sentence = _again(tx, scope, change)
            if sentence:
                left.append(sentence)
    return left


def _again(tx: Tx, scope: Scope, change: Change) -> str:
    before = change.before or {}
    if change.table == "outbound_message":
        if before.get("status") != "waiting":
            return ""
        return "" if sending.wait_again(tx, scope, UUID(change.row_id)) else SEND_LEFT
    if change.before is None or before.get("status") in (None, DraftStatus.SENDING):
        return ""
    return "" if drafting.bring_back(tx, scope, UUID(change.row_id), before, change.after or {}) else DRAFT_LEFT


def _drop_newer_drafts(tx: Tx, scope: Scope, lead_id: UUID, changes: Sequence[Change]) -> None:
    """What was drafted for a label that is taken back goes again, where the former label is not answered by a draft."""
    label = tx.get(Conversation, lead_id).sentiment
    if label not in DRAFTED and any(change.table == "conversation" for change in changes):
        drafting.discard_pending(tx, scope, lead_id, reason=f"“{label}” is not answered by a draft.")


def _tell(tx: Tx, scope: Scope, act: str, leads: Sequence[UUID]) -> None:
    if act in UNTOLD:
        events.tell_of_leads(tx, scope, ("list",), leads)
    else:
        events.record_all(tx, scope, [events.ActUndone(lead_id=lead_id, act=act) for lead_id in leads])

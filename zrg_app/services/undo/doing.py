"""How is an act done so that it can be undone? Lock, look, act, look again: in the one transaction of the act."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.actions import locked_all
from zrg_app.services.undo import pictures
from zrg_app.services.undo.acts import ACTS, MOST_AT_ONCE, Act
from zrg_app.services.undo.views import Undoable

_LEADS = text("""
select id from lead where id = any(:leads) and workspace_id = :workspace_id and merged_into is null order by id for no key update
""")


def perform(tx: Tx, scope: Scope, act: str, lead_ids: Sequence[UUID], **options: Any) -> Undoable:
    """Do `act` with the conversations that are here and keep what it changed. Raises NotFound when none is, and what it raises.

    At most `MOST_AT_ONCE`; the first of them when there are more wanted.
    """
    wanted = sorted(set(lead_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE} conversations at once; choose fewer.")
    kind = ACTS[act]
    here = lock(tx, scope, kind, wanted)
    before = pictures.take(tx, here, kind.tables)
    # Also what leads away from a person who sees only their own leads is looked at again.
    with db.whole_workspace(tx, scope):
        skipped = kind.function(tx, scope, *here, **options)
        tx.flush()
        changes = pictures.differences(before, pictures.take(tx, here, kind.tables))
    return Undoable(act=act, leads=here, changes=changes, skipped=(skipped or 0) + len(wanted) - len(here))


def lock(tx: Tx, scope: Scope, kind: Act, lead_ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """Lock leads and then conversations, each in the order of their ids; the leads that are here. Raises NotFound when none is.

    Leads only where the act may change more than the conversation: what is merely put in order waits for no send.
    """
    if set(kind.tables) & {"lead", "draft", "outbound_message", "message"}:
        tx.execute(_LEADS, {"leads": list(lead_ids), "workspace_id": scope.workspace_id})
    return tuple(each.lead_id for each in locked_all(tx, scope, lead_ids))

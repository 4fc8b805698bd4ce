"""A discarding was undone: may the same draft wait for a person again?"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Draft, Lead
from zrg_app.models.vocabulary import DraftStatus, LeadStatus
from zrg_app.services import events
from zrg_app.services.drafting import actions
from zrg_app.services.sending.situation import newer_reply

# Since the draft was discarded something was let go on its channel: the answer was given otherwise.
_ANSWERED = text("""
select exists (select from outbound_message where lead_id = :lead_id and channel = :channel and created_at > :since
               and status not in ('cancelled', 'failed'))
""")
_WRITE_BACK = """
update draft t set ({names}, updated_at) = (select {values}, cast(:now as timestamptz)
  from jsonb_populate_record(t, cast(:before as jsonb)) r) where t.id = :draft
"""


def bring_back(tx: Tx, scope: Scope, draft_id: UUID, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Make a draft what it was before an act that `after` describes (columns as JSON values). False when it is not right any more.

    It is not when somebody has gone on with it, the lead wrote again, was blacklisted, or was answered otherwise.
    """
    try:
        draft = actions.locked(tx, scope, draft_id)
    except NotFound:
        return False
    if not _is_as_left(draft, after) or _is_overtaken(tx, draft):
        return False
    if before.get("status") == DraftStatus.WRITING:
        # Whoever wrote it has given up meanwhile.
        actions.regenerate(tx, scope, draft_id, instruction=draft.instruction or "")
        return True
    names = list(before)
    tx.execute(text(_WRITE_BACK.format(names=", ".join(names), values=", ".join(f"r.{name}" for name in names))),
               {"draft": draft_id, "now": clock.now(), "before": json.dumps(dict(before))})
    tx.refresh(draft)
    actions.show_waiting(tx, draft.lead_id)
    events.record(tx, scope, events.DraftReturned(lead_id=draft.lead_id, draft_id=draft_id))
    return True


def _is_as_left(draft: Draft, after: Mapping[str, Any]) -> bool:
    """Whether nobody has decided on it or had it written anew since."""
    if "generation" in after and draft.generation != after["generation"]:
        return False
    still = {after.get("status")} | ({DraftStatus.PENDING, DraftStatus.FAILED} if after.get("status") == DraftStatus.WRITING else set())
    return "status" not in after or draft.status in still


def _is_overtaken(tx: Tx, draft: Draft) -> bool:
    status = tx.scalar(select(Lead.status).where(Lead.id == draft.lead_id))
    since = draft.decided_at if draft.status == DraftStatus.REJECTED else None
    answered = since is not None and tx.scalar(_ANSWERED, {"lead_id": draft.lead_id, "channel": draft.channel, "since": since})
    return status == LeadStatus.BLACKLISTED or bool(answered) or newer_reply(tx, draft.lead_id, draft)

"""How does a test put a webhook into the ledger and let it be understood?"""

import copy
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations import (
    calendly_inbound,
    emailbison_inbound,
    ghl_inbound,
    instantly_inbound,
    smartlead_inbound,
    unipile_inbound,
)
from zrg_app.kit import clock, db, ids
from zrg_app.kit.scope import workspace_system
from zrg_app.models import WebhookEvent
from zrg_app.services import inbound

FIXTURES = Path(__file__).parents[2] / "fixtures"
# How each door names an event in the ledger.
EVENT_KEYS = {
    "ghl": lambda payload, at: ghl_inbound.event_keys(payload, at)[0],
    "emailbison": lambda payload, at: emailbison_inbound.event_key(emailbison_inbound.envelope(payload)),
    "calendly": lambda payload, at: calendly_inbound.event_key(payload),
    "smartlead": lambda payload, at: smartlead_inbound.event_key(smartlead_inbound.envelope(payload)),
    "unipile": unipile_inbound.event_key,
    "instantly": lambda payload, at: instantly_inbound.event_key(instantly_inbound.envelope(payload)),
}


def fixture(name: str, **changes: object) -> dict:
    """A recorded body, e.g. `emailbison/lead_replied`; `changes` are dotted paths with __ between the names."""
    payload = json.loads((FIXTURES / f"{name}.json").read_text())
    for path, value in changes.items():
        *outer, last = path.split("__")
        block = payload
        for step in outer:
            block = block[step]
        block[last] = copy.deepcopy(value)
    return payload


def keep(workspace_id: UUID, provider: str, payload: Mapping, *, received_at: datetime | None = None) -> UUID:
    """Write a body into the ledger as the door would, once; returns the row's id."""
    at = received_at or clock.now()
    key = EVENT_KEYS[provider](payload, at)
    with db.transaction(workspace_system(workspace_id, "test")) as tx:
        known = tx.execute(text("select id from webhook_event where dedupe_key = :key"), {"key": key}).scalar_one_or_none()
        if known:
            return known
        row = WebhookEvent(id=ids.new_id(), workspace_id=workspace_id, provider=provider, event_type="test", dedupe_key=key,
                           body=json.dumps(payload).encode(), received_at=at)
        tx.add(row)
        return row.id


def understand(workspace_id: UUID, event_id: UUID) -> tuple[str, str | None]:
    """Run the job on a row; returns its status and reason."""
    with db.transaction(workspace_system(workspace_id, "test")) as tx:
        inbound.understand_event(tx, workspace_system(workspace_id, "test"), webhook_event_id=event_id)
    with db.transaction(workspace_system(workspace_id, "test")) as tx:
        row = tx.execute(text("select status, reason, last_error from webhook_event where id = :id"), {"id": event_id}).one()
        return row.status, row.reason


def deliver(
    workspace_id: UUID, provider: str, payload: Mapping, *, received_at: datetime | None = None
) -> tuple[str, str | None]:
    """Keep and understand a body."""
    return understand(workspace_id, keep(workspace_id, provider, payload, received_at=received_at))


def rows(workspace_id: UUID, sql: str, **values: object) -> list:
    """What a query sees inside the workspace."""
    with db.transaction(workspace_system(workspace_id, "test")) as tx:
        return list(tx.execute(text(sql), values))

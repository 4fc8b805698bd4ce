"""How is a message that never had a webhook kept in the ledger? As the neutral event it was read back as, so that it can be replayed."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from zrg_app.integrations.base import Event, File, Person
from zrg_app.kit import clock
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services.inbound import ledger, payload

EVENT_TYPE = "recovered"
_IDENTITIES = tuple(kind for kind in IdentityKind if kind not in (IdentityKind.EMAIL, IdentityKind.PHONE))


def keep(scope: Scope, provider: str, event: Event) -> ledger.Kept:
    """Write `event` into the ledger as recovered by sync, with the job that understands it; once per message.

    Committed when this returns.
    """
    identity = next(((kind, value) for kind in _IDENTITIES if (value := event.person.identities.get(kind))), ("", None))
    return ledger.keep(ledger.Delivery(
        workspace_id=scope.workspace_id, provider=provider, event_type=EVENT_TYPE,
        dedupe_key=f"{provider}:recovered:{event.dedupe_key}", body=written(event), content_type="application/json",
        received_at=clock.now(), identity=identity, is_reply=event.kind in ("reply", "interested"), recovered=True))


def written(event: Event) -> bytes:
    """`event` as JSON; empty values are left out. Meetings are not messages and are left out too."""
    values = {name: value for name, value in asdict(event).items() if value and name != "meeting"}
    return json.dumps(values, default=_plain, ensure_ascii=False).encode("utf-8", errors="ignore")


def read(body: bytes) -> Event:
    """The event that `written` made. Raises Invalid for anything else."""
    values = dict(payload.read(body))
    try:
        values["person"] = Person(**values.get("person", {}))
        values["files"] = tuple(File(**file) for file in values.get("files", ()))
        values["cc"] = tuple(values.get("cc", ()))
        if "sent_at" in values:
            values["sent_at"] = datetime.fromisoformat(values["sent_at"])
        return Event(**values)
    except (TypeError, ValueError) as error:
        raise Invalid("This is not an event as we keep it.") from error


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

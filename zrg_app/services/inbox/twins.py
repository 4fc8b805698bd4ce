"""Are two tellings one text message? A workflow webhook tells an SMS without an id, the app webhook tells it with one."""

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope

WINDOW = timedelta(minutes=2)
"""How far apart the two may be: the workflow's has the time it reached us, the app's the time it was written."""

WITHOUT_ID = "ghl:workflow:"
"""How the dedupe key of a telling without an id begins."""

# What was told both ways remembers the key of the telling without an id, so that neither can be told again.
_TOLD_BEFORE = text("""
select id from message
where lead_id = :lead_id and (dedupe_key = :dedupe_key or thread ->> 'told_as' = :dedupe_key) limit 1
""")
_NEAR = text("""
select id, dedupe_key, body from message
where lead_id = :lead_id and provider = :provider and channel = 'sms' and direction = :direction and not thread ? 'told_as'
  and dedupe_key like :like = :without_id and sent_at between :earliest and :latest
order by abs(extract(epoch from sent_at - :sent_at)), sent_at, id
""")
_MARK = text("update message set thread = thread || jsonb_build_object('told_as', cast(:dedupe_key as text)) where id = :id")
_ADOPT = text("""
update message set external_id = :external_id, dedupe_key = :dedupe_key, sent_at = :sent_at,
                   thread = thread || cast(:thread as jsonb) || jsonb_build_object('told_as', dedupe_key)
where id = :id
""")


def same_text(tx: Tx, scope: Scope, lead_id: UUID, event: Event, *, provider: str) -> UUID | None:
    """The message that `event` tells once more in the other way, made whole; None when it is a message of its own.

    The caller holds the lead's lock. Each telling has at most one twin, the nearest in time, so the same words written twice
    stay two messages. Either may come first.
    """
    if provider != "ghl" or event.channel != "sms" or event.sent_at is None:
        return None
    has_no_id = event.dedupe_key.startswith(WITHOUT_ID)
    values = {"lead_id": lead_id, "dedupe_key": event.dedupe_key}
    if has_no_id and (known := tx.execute(_TOLD_BEFORE, values).scalar_one_or_none()):
        return known
    near = tx.execute(_NEAR, {
        **values, "provider": provider, "direction": "outbound" if event.kind == "outbound" else "inbound", "like": WITHOUT_ID + "%",
        "without_id": not has_no_id, "sent_at": event.sent_at, "earliest": event.sent_at - WINDOW, "latest": event.sent_at + WINDOW})
    twin = next((row for row in near if _words(row.body) == _words(event.text or "")), None)
    if twin is None:
        return None
    if has_no_id:
        tx.execute(_MARK, {**values, "id": twin.id})
    else:
        tx.execute(_ADOPT, {**values, "id": twin.id, "external_id": event.external_id, "sent_at": event.sent_at,
                            "thread": json.dumps(dict(event.thread))})
    return twin.id


def _words(body: str) -> str:
    return " ".join(body.split())

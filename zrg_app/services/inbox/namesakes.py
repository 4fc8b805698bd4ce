"""Does the thread have the message that a provider names so, or another one of the same name?

A name is the message's own at every provider but one: what Instantly's webhooks call `email_id` may be the mail that was
answered, and several replies of a thread may share it (PROVIDERS section 4.3). Taking such a name for the message's would
lose a reply.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.integrations.outgoing_html import same_words, text_from_html
from zrg_app.kit.db import Tx
from zrg_app.kit.digest import stable_key
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Direction

_SO_NAMED = text("""
select id, direction, raw_text, raw_html from message
where workspace_id = :workspace_id and provider = :provider and external_id = :external_id order by created_at, id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """`message_id` is the message that is told again, None when it is new; `dedupe_key` is the key to keep a new one under."""

    message_id: UUID | None
    dedupe_key: str


def look(tx: Tx, scope: Scope, event: Event, *, provider: str) -> Named:
    """Find the message that `event` names, in the event's direction and, where names are shared, with its words."""
    if event.external_id is None:
        return Named(message_id=None, dedupe_key=event.dedupe_key)
    rows = tx.execute(_SO_NAMED, {"workspace_id": scope.workspace_id, "provider": provider, "external_id": event.external_id}).all()
    direction, words = (Direction.OUTBOUND if event.kind == "outbound" else Direction.INBOUND), _words(event.text, event.html)
    for row in rows:
        if row.direction == direction and (not event.shares_id or _are_one(words, _words(row.raw_text, row.raw_html))):
            return Named(message_id=row.id, dedupe_key=event.dedupe_key)
    key = f"{event.dedupe_key}:{stable_key(direction, words)}" if rows else event.dedupe_key
    return Named(message_id=None, dedupe_key=key)


def _are_one(told: str, known: str) -> bool:
    return not told or not known or told == known or told.startswith(known) or known.startswith(told)


def _words(plain: str | None, html: str | None) -> str:
    return same_words(plain or text_from_html(html or ""))

"""Who has written to Acme Growth in the tests of the panels? Conversations of every kind, straight from the tables."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import Conversation, Draft, Lead, Message


def wrote(world: World, first_name: str, *, minutes_ago: int = 0, draft: str = "", **conversation: Any) -> UUID:
    """A lead who wrote by e-mail `minutes_ago`; with `draft`, an answer waits. Returns the lead's id."""
    lead_id, message_id, at = ids.new_id(), ids.new_id(), clock.now() - timedelta(minutes=minutes_ago)
    address = f"{first_name.lower()}@northwind.example"
    values = {"channel": "email", "needs_reply": True, "unread_count": 1, "has_draft": bool(draft), **conversation}
    with db.transaction(world.as_mara) as tx:
        tx.add(Lead(id=lead_id, workspace_id=world.acme, first_name=first_name, last_name="Kessler", email=address))
        tx.flush()
        tx.add(Conversation(lead_id=lead_id, workspace_id=world.acme, snippet="Hello", last_message_at=at,
                            last_direction="inbound", **values))
        tx.add(Message(id=message_id, workspace_id=world.acme, lead_id=lead_id, channel="email", direction="inbound",
                       provider="emailbison", dedupe_key=f"test:{message_id}", subject="Rates", body="What does it cost?",
                       from_address=address, sent_at=at, thread={"reply_id": 71, "sender_email_id": 3}))
        tx.flush()
        if draft:
            tx.add(Draft(workspace_id=world.acme, lead_id=lead_id, trigger_message_id=message_id, channel="email",
                         status="pending", body=draft, original_body=draft))
    return lead_id

"""Does a message that nobody wrote as an answer count as one? It must not, or a lead's question is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import workspace_system
from zrg_app.models import Message, OutboundMessage
from zrg_app.services.inbox import ingest


def _reply_and_send(world: World, *, known_after_send: bool, late: timedelta = timedelta(0)) -> bool:
    """A reply, and a message of ours that left a minute after it was written; was the conversation left waiting?"""
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    lead_id, wrote_at = rows(world.acme, "select lead_id, sent_at from message")[0]
    scope, left_at = workspace_system(world.acme, "test"), wrote_at + timedelta(minutes=1) + late
    known_at = left_at + timedelta(seconds=5) if known_after_send else wrote_at + timedelta(seconds=5)
    with db.transaction(scope) as tx:
        tx.execute(text("update message set created_at = :at"), {"at": known_at})
        outbound = OutboundMessage(
            id=ids.new_id(), workspace_id=world.acme, lead_id=lead_id, channel="email", provider="emailbison", body="Our offer",
            status="sent", idempotency_key="k", sent_by="setter", not_before=left_at, created_at=left_at - timedelta(seconds=10))
        tx.add(outbound)
        tx.flush()
        tx.add(Message(id=ids.new_id(), workspace_id=world.acme, lead_id=lead_id, channel="email", direction="outbound",
                       provider="emailbison", dedupe_key="ours", body="Our offer", sent_at=left_at, created_at=left_at,
                       sent_by="setter", outbound_id=outbound.id, delivery="delivered"))
        tx.flush()
        tx.execute(text("update conversation set needs_reply = false"))
        ingest.roll_up(tx, scope, lead_id, reopen=True)
    return rows(world.acme, "select needs_reply from conversation")[0].needs_reply


@pytest.mark.parametrize(("known_after_send", "waits"), [(True, True), (False, False)])
def test_what_was_let_go_before_the_reply_was_known_is_no_answer(world: World, known_after_send: bool, waits: bool) -> None:
    assert _reply_and_send(world, known_after_send=known_after_send) is waits


def test_what_left_long_after_a_reply_counts_however_late_we_learn_of_it(world: World) -> None:
    assert _reply_and_send(world, known_after_send=True, late=timedelta(hours=3)) is False

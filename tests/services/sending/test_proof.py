"""Does the proof count what left, name what is not plain, and let a person decide what nobody knows?"""

from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.services import sending


def counted(stage: Stage) -> sending.Proof:
    """The proof of Acme."""
    with db.transaction(stage.world.as_mara) as tx:
        return sending.proof(tx, stage.world.as_mara)


def doubt(stage: Stage, body: str = "Is it there?", *, accept: bool = False) -> UUID:
    """A message whose fate stayed unknown; with `accept` the provider has it and its history does not say so."""
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email", body)
    kind = {"kind": "disconnect_after_accept"} if accept else {"kind": "status", "status": 500}
    stage.sandbox.control.add_fault("emailbison", path_contains="/reply", method="POST", times=2, **kind)
    if accept:
        stage.sandbox.control.add_fault("emailbison", "malformed", method="GET", times=200)
    stage.run_jobs(most=400)
    if stage.outbound(outbound_id).status != "failed":
        with db.transaction(stage.as_job) as tx:
            tx.execute(text("update outbound_message set status = 'failed', error_code = 'unknown_outcome' where id = :id"),
                       {"id": outbound_id})
    stage.sandbox.control.clear_faults()
    return outbound_id


def decided(stage: Stage, action, outbound_id: UUID) -> sending.Proof:
    """What Mara decides, and the proof after it."""
    with db.transaction(stage.world.as_mara) as tx:
        return sending.decide(tx, stage.world.as_mara, action, outbound_id)


def test_every_key_is_counted_and_a_good_workspace_holds(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    for body in ("One.", "Two."):
        stage.queue(lead_id, "email", body)
    stage.undo(stage.queue(lead_id, "email", "Three."))
    stage.run_jobs()
    found = counted(stage)
    assert (found.keys, found.once, found.never, found.wrong, found.doubtful, found.holds) == (3, 2, 1, (), (), True)


def test_a_message_that_is_in_no_thread_is_named(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email", idempotency_key="click-7")
    stage.run_jobs()
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update message set outbound_id = null where outbound_id = :id"), {"id": outbound_id})
    found = counted(stage)
    assert not found.holds
    assert [(row.key, row.accepted, row.messages) for row in found.wrong] == [("click-7", 1, 0)]


def test_unknown_fates_are_listed_and_looking_again_sends_nothing(stage: Stage) -> None:
    outbound_id = doubt(stage)
    row, = counted(stage).doubtful
    assert (row.outbound_id, row.lead_name, row.is_looking, row.attempts) == (str(outbound_id), "Dana Kessler", False, 2)
    assert decided(stage, sending.look_again, outbound_id).doubtful[0].is_looking
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, stage.sent("emailbison")) == ("failed", [])
    assert stage.outbound(outbound_id).attempts == 2


def test_looking_again_finds_what_is_there_by_now(stage: Stage) -> None:
    outbound_id = doubt(stage, accept=True)
    decided(stage, sending.look_again, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, counted(stage).holds) == ("sent", True)


def test_it_arrived_counts_as_sent_and_is_never_tried_again(stage: Stage) -> None:
    outbound_id = doubt(stage)
    found = decided(stage, sending.it_arrived, outbound_id)
    stage.run_jobs()
    assert (found.doubtful, found.once, found.holds, stage.sent("emailbison")) == ((), 1, True, [])
    told = stage.sql("select actor_name, data ->> 'how' as how from audit_event where kind = 'sending.settled'")[0]
    assert tuple(told) == ("Mara Reyes", "arrived")
    for action in (sending.it_arrived, sending.send_again, sending.look_again):
        with pytest.raises(Conflict, match="is known"):
            decided(stage, action, outbound_id)


def test_send_again_looks_first_and_sends_once(stage: Stage) -> None:
    for accept, expected in ((False, 1), (True, 1)):
        outbound_id = doubt(stage, f"Accepted {accept}?", accept=accept)
        before = len([mail for mail in stage.sent("emailbison") if mail["text"] == f"Accepted {accept}?"])
        assert before == (1 if accept else 0)
        decided(stage, sending.send_again, outbound_id)
        stage.run_jobs()
        after = [mail for mail in stage.sent("emailbison") if mail["text"] == f"Accepted {accept}?"]
        assert (len(after), stage.outbound(outbound_id).status) == (expected, "sent")


def test_a_message_of_another_workspace_cannot_be_decided(stage: Stage) -> None:
    outbound_id = doubt(stage)
    for action in (sending.it_arrived, sending.send_again, sending.look_again):
        with db.transaction(stage.world.as_nils) as tx, pytest.raises(NotFound):
            action(tx, stage.world.as_nils, outbound_id)
    with db.transaction(stage.world.as_nils) as tx:
        assert sending.proof(tx, stage.world.as_nils).keys == 0

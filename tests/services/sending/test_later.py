"""What becomes of a message that waits for a moment a person chose? Held by a newer reply, edited, hurried, or sent once."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.services import drafting, leads, sending, workbench


def later(stage: Stage, lead_id, body: str = "Shall we talk on Monday?", **more):
    """Let Mara plan a message for in three days."""
    return stage.queue(lead_id, "email", body, not_before=clock.now() + timedelta(days=3), **more)


def run_days(stage: Stage, days: int = 4) -> None:
    """Let some days of jobs pass."""
    stage.run_jobs(until=clock.now() + timedelta(days=days))


def shown(stage: Stage, lead_id):
    """What Mara sees of the messages that are not in the thread."""
    mara = stage.world.as_mara
    with db.transaction(mara) as tx:
        view = workbench.open_conversation(tx, mara, lead_id)
    return view.pending, [item for item in view.items if item.kind == "outbox"]


def act(stage: Stage, action, *arguments):
    """Let Mara do something."""
    with db.transaction(stage.world.as_mara) as tx:
        return action(tx, stage.world.as_mara, *arguments)


def test_a_planned_message_waits_in_the_thread_and_leaves_once_when_its_moment_comes(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = later(stage, lead_id)
    pending, (item,) = shown(stage, lead_id)
    assert pending == ()
    assert (item.delivery, item.leaves_at) == ("waiting", stage.outbound(outbound_id).not_before.isoformat())
    run_days(stage, 2)
    assert stage.sent("emailbison") == []
    run_days(stage)
    assert [mail["text"] for mail in stage.sent("emailbison")] == ["Shall we talk on Monday?"]
    assert stage.outbound(outbound_id).status == "sent"


def test_a_reply_that_comes_before_holds_it_at_once_where_people_see_it_and_they_may_send_it_anyway(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = later(stage, lead_id)
    stage.lead_writes("emailbison", "Never mind, we found somebody.")
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "overtaken")
    assert stage.sql("select needs_repair from conversation")[0][0] is True
    _, (item,) = shown(stage, lead_id)
    assert (item.may_send_anyway, "wrote again" in item.delivery_reason) == (True, True)
    run_days(stage)
    assert stage.sent("emailbison") == []
    act(stage, sending.retry, outbound_id)
    run_days(stage)
    assert len(stage.sent("emailbison")) == 1
    assert stage.sql("select needs_repair from conversation")[0][0] is False


def test_a_planned_draft_is_held_by_a_newer_reply_too(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    draft_id = stage.draft(lead_id)
    with db.transaction(stage.world.as_mara) as tx:
        outbound_id = drafting.approve(tx, stage.world.as_mara, draft_id, not_before=clock.now() + timedelta(days=3))
    stage.lead_writes("emailbison", "One more question first.")
    assert (stage.outbound(outbound_id).status, stage.outbound(outbound_id).error_code) == ("failed", "overtaken")
    assert stage.sql("select status from draft where id = :id", id=draft_id)[0][0] == "rejected"
    run_days(stage)
    assert stage.sent("emailbison") == []


def test_an_absence_note_holds_nothing_and_discards_no_draft(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    draft_id, outbound_id = stage.draft(lead_id), later(stage, lead_id)
    told = stage.sandbox.control.act("emailbison", "4711", {"first_name": "Dana", "email": "dana@northwind.example"},
                                     "I am out of the office until Monday.", automated=True, deliver=False)
    assert deliver(stage.world.acme, "emailbison", told["webhooks"][0])[0] == "SUCCEEDED"
    assert stage.sql("select status from draft where id = :id", id=draft_id)[0][0] == "pending"
    run_days(stage)
    assert stage.outbound(outbound_id).status == "sent"


def test_a_message_in_its_undo_window_is_not_held_by_a_reply(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.lead_writes("emailbison", "And who are you?")
    stage.run_jobs()
    assert stage.outbound(outbound_id).status == "sent"


def test_an_opt_out_holds_what_is_planned(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = later(stage, lead_id)
    with db.transaction(stage.as_job) as tx:
        leads.blacklist(tx, stage.as_job, lead_id, reason="opt_out")
    assert (stage.outbound(outbound_id).status, stage.outbound(outbound_id).error_code) == ("failed", "blacklisted")


def test_a_planned_message_can_be_hurried_and_then_leaves_once(stage: Stage) -> None:
    outbound_id = later(stage, stage.lead_writes("emailbison"))
    act(stage, sending.send_now, outbound_id)
    run_days(stage)
    assert (len(stage.sent("emailbison")), stage.outbound(outbound_id).attempts) == (1, 1)
    with pytest.raises(Conflict, match="already left"):
        act(stage, sending.send_now, outbound_id)


def test_a_planned_message_comes_back_whole_to_be_edited(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with db.transaction(stage.world.as_mara) as tx:
        file = sending.files.keep(tx, stage.world.as_mara, lead_id, name="offer.pdf", content=b"%PDF")
    outbound_id = later(stage, lead_id, cc=["ann@northwind.example"], to_address="ops@northwind.example", to_name="Ops",
                        file_ids=[UUID(file.id)])
    back = act(stage, sending.take_back, outbound_id)
    assert (back.body, back.to_address, back.cc, [each.name for each in back.files]) == (
        "Shall we talk on Monday?", "ops@northwind.example", ("ann@northwind.example",), ["offer.pdf"])
    again = later(stage, lead_id, "Rather on Tuesday?", file_ids=[UUID(file.id)])
    run_days(stage)
    assert (stage.outbound(outbound_id).status, stage.outbound(again).status) == ("cancelled", "sent")
    mail, = stage.sent("emailbison")
    assert (mail["text"], [each["file_name"] for each in mail["files"]]) == ("Rather on Tuesday?", ["offer.pdf"])


def test_a_message_of_another_workspace_is_not_there(stage: Stage) -> None:
    outbound_id = later(stage, stage.lead_writes("emailbison"))
    for action in (sending.send_now, sending.take_back):
        with db.transaction(stage.world.as_nils) as tx, pytest.raises(NotFound):
            action(tx, stage.world.as_nils, outbound_id)

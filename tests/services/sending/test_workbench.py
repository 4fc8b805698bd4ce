"""Does the open conversation tell of every message that still needs a person?"""

from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import workbench


def test_a_failed_mail_stays_in_sight_when_a_text_has_left_since(stage: Stage) -> None:
    lead_id, mara = stage.lead_writes("emailbison"), stage.world.as_mara
    assert stage.lead_writes("ghl", first_name="Dana", last_name="Kessler", email="dana@northwind.example") == lead_id
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=422, message="The selected sender email id is invalid.")
    stage.run_jobs()
    stage.queue(lead_id, "sms", "Did my mail arrive?")
    stage.run_jobs()
    assert len(stage.sent("ghl")) == 1
    assert stage.sql("select needs_repair from conversation")[0].needs_repair
    with db.transaction(mara) as tx:
        shown = {item.id: item for item in workbench.open_conversation(tx, mara, lead_id).items}
    assert shown[str(outbound_id)].delivery == "failed" and "cannot send" in shown[str(outbound_id)].delivery_reason


def test_a_failed_mail_is_put_aside_by_the_one_that_left_after_it(stage: Stage) -> None:
    lead_id, mara = stage.lead_writes("emailbison"), stage.world.as_mara
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=422, message="The selected sender email id is invalid.")
    stage.run_jobs()
    stage.sandbox.control.clear_faults()
    stage.queue(lead_id, "email", "Once more, from the other mailbox.")
    stage.run_jobs()
    with db.transaction(mara) as tx:
        assert str(outbound_id) not in {item.id for item in workbench.open_conversation(tx, mara, lead_id).items}
    assert not stage.sql("select needs_repair from conversation")[0].needs_repair

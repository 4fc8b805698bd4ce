"""Does do-not-disturb of a lead hold every text until it is cleared, and does the CRM keep the last word? Database and sandbox."""

from datetime import timedelta

import pytest

from tests.services.inbound.deliveries import deliver, fixture
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Refused
from zrg_app.services import leads, sending


def blocked(stage: Stage) -> tuple:
    """Tomas after GoHighLevel refused a text to him: (lead id, contact id)."""
    lead_id = stage.lead_writes("ghl", "Who is this?")
    contact_id = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0].value
    stage.sandbox.control.set_dnd(contact_id)
    stage.queue(lead_id, "sms")
    stage.run_jobs()
    assert stage.sent("ghl") == []
    return lead_id, contact_id


def panel(stage: Stage, lead_id: object):  # noqa: ANN201 because it is a view of the services
    with db.transaction(stage.world.as_mara) as tx:
        return leads.panel(tx, stage.world.as_mara, lead_id)


def sms(stage: Stage, lead_id: object):  # noqa: ANN201 because it is a view of the services
    with db.transaction(stage.world.as_mara) as tx:
        return next(way for way in sending.ways(tx, stage.world.as_mara, lead_id) if way.channel == "sms")


def test_a_refused_text_closes_the_channel_for_as_long_as_nobody_clears_it(stage: Stage) -> None:
    lead_id, _ = blocked(stage)
    shown = panel(stage, lead_id)
    assert shown.sms_dnd and shown.sms_dnd_reason == "GoHighLevel has do-not-disturb on for SMS to this contact."
    assert not sms(stage, lead_id).possible
    with clock.frozen(clock.now() + timedelta(days=400)), pytest.raises(Refused) as refused:
        stage.queue(lead_id, "sms")
    assert refused.value.reason == "sms_dnd"
    # The lead's own text is no permission: what GoHighLevel blocks it goes on blocking.
    stage.lead_writes("ghl", "Hello?")
    assert panel(stage, lead_id).sms_dnd
    # E-mail and LinkedIn are not concerned.
    assert not panel(stage, lead_id).blacklisted


def test_a_text_that_was_planned_before_is_held_and_never_leaves(stage: Stage) -> None:
    lead_id = stage.lead_writes("ghl", "Who is this?")
    planned = stage.queue(lead_id, "sms", not_before=clock.now() + timedelta(hours=3))
    contact_id = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0].value
    deliver(stage.world.acme, "ghl", fixture("ghl/contact_dnd_update", id=contact_id, timestamp=clock.now().isoformat()))
    stage.run_jobs(until=clock.now() + timedelta(days=2))
    assert stage.outbound(planned).error_code == "sms_dnd" and stage.sent("ghl") == []


def test_cleared_by_gohighlevel_texts_leave_again(stage: Stage) -> None:
    lead_id, contact_id = blocked(stage)
    stage.sandbox.control.set_dnd(contact_id, active=False)
    later = (clock.now() + timedelta(minutes=9)).isoformat()
    deliver(stage.world.acme, "ghl", fixture("ghl/contact_dnd_update", id=contact_id, dnd=False, timestamp=later,
                                             dndSettings={"SMS": {"status": "inactive"}}))
    assert sms(stage, lead_id).possible
    stage.queue(lead_id, "sms", "Chris from Acme.")
    stage.run_jobs()
    assert [sent["text"] for sent in stage.sent("ghl")] == ["Chris from Acme."]

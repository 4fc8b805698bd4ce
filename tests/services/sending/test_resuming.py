"""Does a text that failed for want of a number leave once the number is found, and only then?"""

from datetime import timedelta
from uuid import UUID

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.services import events, leads


def _enriched(stage: Stage, lead_id: UUID, phone: str) -> None:
    with db.transaction(stage.as_job) as tx:
        filled = leads.fill(tx, stage.as_job, lead_id, source="clay", phone=phone)
        events.record(tx, stage.as_job, events.LeadEnriched(lead_id=lead_id, source="clay", outcome="success",
                                                            fields=", ".join(filled)))


def _without_number(stage: Stage) -> tuple[UUID, UUID]:
    lead_id = stage.lead_writes("ghl", phone="", email="tomas@halden.example")
    outbound_id = stage.queue(lead_id, "sms")
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, stage.outbound(outbound_id).error_code) == ("failed", "missing_phone")
    return lead_id, outbound_id


def test_a_text_that_waited_for_a_number_leaves_when_it_is_found(stage: Stage) -> None:
    lead_id, outbound_id = _without_number(stage)
    _enriched(stage, lead_id, "+12125550188")
    stage.run_jobs()
    assert stage.outbound(outbound_id).status == "sent" and [one["to"] for one in stage.sent("ghl")] == ["+12125550188"]
    _enriched(stage, lead_id, "+12125550188")
    stage.run_jobs()
    assert len(stage.sent("ghl")) == 1


def test_an_old_one_and_one_to_somebody_who_asked_to_stop_stay(stage: Stage) -> None:
    lead_id, outbound_id = _without_number(stage)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        _enriched(stage, lead_id, "+12125550188")
    assert stage.outbound(outbound_id).status == "failed"
    other, stopped = _without_number_of(stage)
    with db.transaction(stage.as_job) as tx:
        leads.blacklist(tx, stage.as_job, other, reason="Wrote stop.")
    _enriched(stage, other, "+12125550199")
    stage.run_jobs()
    assert stage.outbound(stopped).status == "failed" and stage.sent("ghl") == []


def _without_number_of(stage: Stage) -> tuple[UUID, UUID]:
    other = stage.lead_writes("ghl", phone="", email="ana@halden.example", first_name="Ana")
    outbound_id = stage.queue(other, "sms")
    stage.run_jobs()
    return other, outbound_id

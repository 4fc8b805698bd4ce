"""Which times does a person find to put into an answer, and do they count as offered once they left?"""

import json
from datetime import datetime, timedelta

from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.services import booking
from zrg_app.services.booking.choices import BEING_READ, NO_CALENDAR, NOTHING_FREE


def find(stage: Stage, lead_id) -> booking.TimeChoices:
    """What Mara sees."""
    with db.transaction(stage.world.as_mara) as tx:
        return booking.choices(tx, stage.world.as_mara, lead_id)


def know(stage: Stage, *slots: datetime, error: str | None = None, ago: timedelta = timedelta(minutes=1)) -> None:
    """The calendar as it was read."""
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("delete from availability"))
        tx.execute(text("insert into availability (workspace_id, provider, slots, minutes, fetched_at, error) values "
                        "(:acme, 'calendly', cast(:slots as jsonb), 30, :at, :error)"),
                   {"acme": stage.world.acme, "slots": json.dumps([at.isoformat() for at in slots]),
                    "at": clock.now() - ago, "error": error})


def test_times_are_said_in_the_leads_zone_and_in_ours_and_count_as_offered_when_they_leave(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update lead set timezone = 'Europe/Berlin' where id = :id"), {"id": lead_id})
        tx.execute(text("update workspace_settings set timezone = 'America/New_York' where workspace_id = :acme"),
                   {"acme": stage.world.acme})
    day = (clock.now() + timedelta(days=2)).replace(hour=14, minute=0, second=0, microsecond=0)
    know(stage, day, day + timedelta(hours=1), day + timedelta(days=1))
    found = find(stage, lead_id)
    assert (found.zone, found.is_leads_zone, found.why_none, len(found.times)) == ("Europe/Berlin", True, "", 3)
    first = found.times[0]
    assert first.label.endswith(("CET", "CEST")) and first.ours.endswith(("EST", "EDT"))
    stage.queue(lead_id, "email", f"How about {first.label} or {found.times[2].label}?")
    with db.transaction(stage.world.as_mara) as tx:
        assert booking.offered_to(tx, stage.world.as_mara, lead_id) == ()
    stage.run_jobs()
    with db.transaction(stage.world.as_mara) as tx:
        assert {one.label for one in booking.offered_to(tx, stage.world.as_mara, lead_id)} == {first.label, found.times[2].label}


def test_why_there_are_none_is_said(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    assert find(stage, lead_id).why_none == NO_CALENDAR
    know(stage, error="Calendly does not answer.")
    assert find(stage, lead_id).why_none == "The calendar could not be read: Calendly does not answer."
    know(stage)
    assert find(stage, lead_id).why_none == NOTHING_FREE
    know(stage, clock.now() + timedelta(days=1), ago=timedelta(days=1))
    assert find(stage, lead_id).why_none == BEING_READ

"""Are the workspace's free times read, kept, offered and remembered? Database and sandbox, for real."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.integrations import transport
from zrg_app.kit import clock, db, ids, vault
from zrg_app.kit.scope import system
from zrg_app.models import Connection
from zrg_app.services import booking, connections, jobs
from zrg_app.services.booking import refreshing

INTRO = {"calendly": {"id": "https://api.calendly.com/event_types/intro", "name": "Intro call", "minutes": 30},
         "ghl": {"id": "cal_intro", "name": "Intro call", "minutes": 30}}


@pytest.fixture
def calendar(stage: Stage) -> Iterator[Stage]:
    """The stage with Calendly connected and a kind of meeting chosen."""
    with db.transaction(system("connect Calendly")) as tx:
        tx.add(Connection(workspace_id=stage.world.acme, provider="calendly", status="working", options={"calendar": INTRO["calendly"]},
                          base_url=f"{stage.sandbox.base_url}/calendly", credentials=vault.seal({"access_token": "good-token"})))
    yield stage


def read(stage: Stage, provider: str = "calendly") -> dict:
    return refreshing.refresh(stage.as_job, provider=provider)


def row(stage: Stage):  # noqa: ANN201 because a row of named columns has no better type
    return stage.sql("select * from availability")[0]


def change(stage: Stage, statement: str, **values: object) -> None:
    with db.transaction(stage.as_job) as tx:
        tx.execute(text(statement), values)


def offered(stage: Stage, lead_id: object, zone: str = "America/Chicago", count: int = 4) -> tuple[booking.OfferedTimeView, ...]:
    with db.transaction(stage.as_job) as tx:
        return booking.offer(tx, stage.as_job, lead_id, zone=zone, count=count)


def asked(stage: Stage) -> int:
    return stage.sql("select count(*) from background_job where kind = 'booking.refresh'")[0][0]


@pytest.mark.parametrize("provider", ["calendly", "ghl"])
def test_the_chosen_calendar_is_read_and_kept(calendar: Stage, provider: str) -> None:
    with db.transaction(calendar.as_job) as tx:
        connections.keep_options(tx, calendar.as_job, provider, {"calendar": INTRO[provider]})
    assert read(calendar, provider)["times"] > 200
    kept = row(calendar)
    assert (kept.provider, kept.error, kept.wanted_at, kept.minutes) == (provider, None, None, 30)
    assert kept.slots == sorted(kept.slots) and datetime.fromisoformat(kept.slots[0]) > clock.now()
    with db.transaction(calendar.world.as_mara) as tx:
        seen, = booking.standing(tx, calendar.world.as_mara)
    assert seen.number == len(kept.slots) and seen.read_at and not seen.error


def test_the_timer_asks_connected_workspaces_with_a_calendar_once(calendar: Stage) -> None:
    with db.transaction(system("timer")) as tx:
        # GoHighLevel is connected as well, without a calendar.
        assert refreshing.refresh_all(tx, system("timer")) == {"asked": 1}
        refreshing.refresh_all(tx, system("timer"))
    assert asked(calendar) == 1
    jobs.run_ready()
    assert row(calendar).fetched_at is not None


def test_a_calendar_that_cannot_be_read_says_why_and_what_was_read_stays(calendar: Stage) -> None:
    read(calendar)
    before = row(calendar)
    calendar.sandbox.control.add_fault("calendly", "status", status=403, message="Upgrade your plan.")
    assert "refused" in read(calendar)
    assert row(calendar).error == "Calendly does not accept our credentials: Upgrade your plan."
    assert (row(calendar).slots, row(calendar).fetched_at) == (before.slots, before.fetched_at)
    assert len(offered(calendar, calendar.lead_writes("emailbison"))) == 4
    assert calendar.sql("select status from connection where provider = 'calendly'")[0].status == "working"
    read(calendar)
    assert row(calendar).error is None


def test_without_a_calendar_or_a_connection_nothing_is_kept(calendar: Stage) -> None:
    read(calendar)
    with db.transaction(calendar.as_job) as tx:
        connections.keep_options(tx, calendar.as_job, "calendly", {"calendar": None})
    assert read(calendar) == {"forgotten": True}
    assert calendar.sql("select * from availability") == []
    assert read(calendar, "emailbison") == {"forgotten": True}


def test_a_removed_connection_takes_its_times_along(calendar: Stage) -> None:
    read(calendar)
    with db.transaction(calendar.world.as_mara) as tx:
        connections.remove(tx, calendar.world.as_mara, "calendly")
    jobs.run_ready()
    assert calendar.sql("select * from availability") == []


def test_old_times_are_used_and_asked_for_again_once(calendar: Stage) -> None:
    read(calendar)
    lead_id = calendar.lead_writes("emailbison")
    assert len(offered(calendar, lead_id)) == 4 and asked(calendar) == 0
    change(calendar, "update availability set fetched_at = :at", at=clock.now() - timedelta(minutes=16))
    assert len(offered(calendar, lead_id)) == 4 and len(offered(calendar, lead_id)) == 4
    assert asked(calendar) == 1 and row(calendar).wanted_at is not None
    jobs.run_ready()
    assert row(calendar).wanted_at is None and row(calendar).fetched_at > clock.now() - timedelta(minutes=1)


def test_times_nobody_could_read_for_hours_are_not_offered(calendar: Stage) -> None:
    read(calendar)
    change(calendar, "update availability set fetched_at = :at", at=clock.now() - timedelta(hours=7))
    assert offered(calendar, calendar.lead_writes("emailbison")) == ()


def test_the_first_draft_of_a_workspace_asks_for_the_times(calendar: Stage) -> None:
    lead_id = calendar.lead_writes("emailbison")
    assert offered(calendar, lead_id) == () and asked(calendar) == 1
    jobs.run_ready()
    found = offered(calendar, lead_id)
    assert len(found) == 4 and all(one.label.endswith((" CST", " CDT")) and one.zone == "America/Chicago" for one in found)


def test_no_calendar_means_no_question(stage: Stage) -> None:
    assert offered(stage, stage.lead_writes("emailbison")) == ()
    assert asked(stage) == 0


def test_what_was_offered_is_not_offered_to_them_again_and_less_to_others(calendar: Stage) -> None:
    read(calendar)
    dana, tomas = calendar.lead_writes("emailbison"), calendar.lead_writes("ghl")
    first = offered(calendar, dana)
    with db.transaction(calendar.as_job) as tx:
        booking.record_offer(tx, calendar.as_job, dana, first)
    again, theirs = offered(calendar, dana), offered(calendar, tomas)
    assert not {one.starts_at for one in first} & {one.starts_at for one in again}
    assert {one.starts_at for one in first} != {one.starts_at for one in theirs}
    left = json.dumps([one.starts_at.isoformat() for one in first])
    change(calendar, "update availability set slots = cast(:slots as jsonb)", slots=left)
    assert offered(calendar, dana) == first, "better once more than not at all"


def test_a_message_that_proposes_times_is_remembered_when_it_left(calendar: Stage) -> None:
    read(calendar)
    lead_id = calendar.lead_writes("emailbison")
    change(calendar, "update lead set timezone = 'America/Chicago' where id = :id", id=lead_id)
    one, two, three, _ = offered(calendar, lead_id)
    calendar.queue(lead_id, "email", f"Could you do {one.label} or {three.label}?")
    calendar.run_jobs()
    jobs.run_ready()
    with db.transaction(calendar.as_job) as tx:
        told = booking.offered_to(tx, calendar.as_job, lead_id)
    assert {(each.label, each.zone) for each in told} == {(one.label, "America/Chicago"), (three.label, "America/Chicago")}
    assert two.starts_at not in {each.starts_at for each in told}


def test_an_offer_of_one_draft_counts_once(calendar: Stage) -> None:
    read(calendar)
    lead_id = calendar.lead_writes("emailbison")
    draft_id = calendar.draft(lead_id)
    times = offered(calendar, lead_id)
    for _ in range(2):
        with db.transaction(calendar.as_job) as tx:
            booking.record_offer(tx, calendar.as_job, lead_id, times, draft_id=draft_id)
    assert calendar.sql("select count(*) from offered_time")[0][0] == len(times)


def test_times_of_a_calendar_that_was_changed_meanwhile_are_dropped(calendar: Stage) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        with db.transaction(calendar.as_job) as tx:
            connections.keep_options(tx, calendar.as_job, "calendly", {"calendar": {"id": "another", "name": "Product demo"}})
        return httpx.Response(200, json={"collection": []})

    with transport.through(httpx.MockTransport(answer)):
        assert read(calendar) == {"overtaken": True}
    assert calendar.sql("select * from availability") == []


def test_another_workspace_sees_nothing_of_it(calendar: Stage) -> None:
    read(calendar)
    nils = calendar.world.as_nils
    with db.transaction(nils) as tx:
        assert booking.standing(tx, nils) == ()
        assert booking.offer(tx, nils, ids.new_id(), zone="UTC") == ()

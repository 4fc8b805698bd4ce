"""What do Calendly's and GoHighLevel's meetings change, in any order? The meeting, the label, the status, and nobody new."""

import itertools
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, keep, rows, understand
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.scope import system, workspace_system
from zrg_app.models import Lead
from zrg_app.services import inbound, leads, meetings, sentiment, workbench

CREATED, CANCELED = fixture("calendly/invitee_created"), fixture("calendly/invitee_canceled")
MOVED_AWAY, MOVED_HERE = fixture("calendly/invitee_canceled_by_move"), fixture("calendly/invitee_created_by_move")
NO_SHOW = fixture("calendly/invitee_no_show_created")
_MEETINGS = """
select provider, external_id, status, starts_at, title, replaces, replaced_by, cancelled_at, cancelled_by, cancel_reason, join_url
from appointment order by provider, external_id
"""


def _dana_wrote(world: World, **more: object) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied", **more))


def _tomas_wrote(world: World) -> None:
    deliver(world.acme, "ghl", fixture("ghl/workflow_sms"))


def _standing(world: World) -> tuple[str, str]:
    row, = rows(world.acme, "select l.status, c.sentiment from lead l join conversation c on c.lead_id = l.id")
    return row.status, row.sentiment


def _lines(world: World) -> list[str]:
    lead_id = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        view = workbench.open_conversation(tx, world.as_mara, lead_id)
    return [item.body for item in view.items if item.icon == "calendar"]


def test_a_booking_is_written_down_and_the_lead_is_booked(world: World) -> None:
    _dana_wrote(world)
    assert deliver(world.acme, "calendly", CREATED) == ("SUCCEEDED", None)
    meeting, = rows(world.acme, "select * from appointment")
    assert (meeting.provider, meeting.status, meeting.source, meeting.title, meeting.attendee_name) == (
        "calendly", "confirmed", "WEBHOOK", "Freight intro", "Dana Kessler")
    assert meeting.starts_at == datetime(2026, 11, 26, 18, tzinfo=UTC) and meeting.handles["event"].startswith("https://")
    assert _standing(world) == ("meeting-booked", "Meeting Booked")
    row, = rows(world.acme, "select sentiment_source, sentiment_message_id from conversation")
    assert row.sentiment_source == "provider" and row.sentiment_message_id == rows(world.acme, "select id from message")[0].id
    assert _lines(world) == ["Meeting booked for Thu 26 Nov 2026, 10:00 PST · Freight intro"]


def test_a_thread_that_begins_after_the_booking_is_labelled_as_one_that_began_before(world: World) -> None:
    opened = fixture("instantly/email_opened")
    opened["lead_email"] = opened["email"] = "dana@northwind.example"
    deliver(world.acme, "instantly", opened)
    assert deliver(world.acme, "calendly", CREATED) == ("SUCCEEDED", None)
    assert rows(world.acme, "select 1 as one from conversation") == []
    _dana_wrote(world)
    assert _standing(world) == ("meeting-booked", "Meeting Booked")


def test_an_open_question_of_a_booked_lead_is_answered_by_a_draft(world: World) -> None:
    _dana_wrote(world)
    deliver(world.acme, "calendly", CREATED)
    kinds = [row.kind for row in rows(world.acme, "select kind from background_job")]
    assert kinds.count("drafting.draft_reply") == 1
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        tx.execute(text("update conversation set needs_reply = false"))
    deliver(world.acme, "calendly", MOVED_HERE)
    assert [row.kind for row in rows(world.acme, "select kind from background_job")].count("drafting.draft_reply") == 1


def test_nobody_is_made_of_an_unknown_invitee(world: World) -> None:
    assert deliver(world.acme, "calendly", CREATED) == ("IGNORED", "lead_not_found")
    assert rows(world.acme, "select id from lead") == rows(world.acme, "select id from appointment") == []


def test_an_invitee_is_known_by_phone_and_by_the_link_that_was_opened(world: World) -> None:
    _dana_wrote(world)
    lead_id = rows(world.acme, "select id from lead")[0].id
    stranger = {"payload__email": "someone@else.example", "payload__name": "Some One"}
    assert deliver(world.acme, "calendly", fixture("calendly/invitee_created", **stranger)) == ("SUCCEEDED", None)
    unknown = {"payload__email": "nobody@else.example", "payload__questions_and_answers": [], "payload__uri": "https://api.calendly.com/x/invitees/2"}
    assert deliver(world.acme, "calendly", fixture("calendly/invitee_created", **unknown, created_at="2026-11-20T15:00:00Z")) == (
        "IGNORED", "lead_not_found")
    linked = {**unknown, "payload__uri": "https://api.calendly.com/x/invitees/3", "payload__tracking__utm_term": str(lead_id)}
    assert deliver(world.acme, "calendly", fixture("calendly/invitee_created", **linked)) == ("SUCCEEDED", None)
    assert {row.lead_id for row in rows(world.acme, "select lead_id from appointment")} == {lead_id}
    assert len(rows(world.acme, "select id from lead")) == 1


def test_a_lead_id_of_another_workspace_opens_nothing(world: World) -> None:
    with db.transaction(workspace_system(world.birch, "test")) as tx:
        foreign = Lead(workspace_id=world.birch, first_name="Ada")
        tx.add(foreign)
        tx.flush()
        foreign_id = str(foreign.id)
    assert deliver(world.acme, "calendly", fixture("calendly/invitee_created", payload__tracking__utm_content=foreign_id)) == (
        "IGNORED", "lead_not_found")
    assert rows(world.birch, "select id from appointment") == []


def test_a_cancelled_meeting_makes_the_lead_qualified_again(world: World) -> None:
    _dana_wrote(world)
    deliver(world.acme, "calendly", CREATED)
    deliver(world.acme, "calendly", CANCELED)
    meeting, = rows(world.acme, "select * from appointment")
    assert (meeting.status, meeting.cancelled_by, meeting.cancel_reason) == ("canceled", "Dana Kessler", "Travelling that week")
    assert _standing(world) == ("qualified", "Interested")
    assert _lines(world)[-1] == "Meeting on Thu 26 Nov 2026, 10:00 PST cancelled by Dana Kessler: Travelling that week"


def test_words_said_after_the_booking_decide_what_a_cancellation_leaves(world: World) -> None:
    _dana_wrote(world)
    deliver(world.acme, "calendly", CREATED)
    lead_id = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        sentiment.correct(tx, world.as_mara, lead_id, label="Not Interested")
    deliver(world.acme, "calendly", CANCELED)
    assert _standing(world) == ("not-interested", "Not Interested")


def test_a_move_is_not_a_lost_meeting(world: World) -> None:
    _dana_wrote(world)
    for payload in (CREATED, MOVED_AWAY, MOVED_HERE):
        deliver(world.acme, "calendly", payload)
        assert _standing(world) == ("meeting-booked", "Meeting Booked")
    kinds = [row.kind for row in rows(world.acme, "select kind from audit_event where kind like 'meetings.%' order by id")]
    assert kinds == ["meetings.booked", "meetings.booked"]
    assert _lines(world)[-1] == "Meeting moved to Fri 27 Nov 2026, 08:00 PST · Freight intro"
    old, new = rows(world.acme, "select external_id, status, replaces, replaced_by from appointment order by booked_at")
    assert (old.status, old.replaced_by, new.status, new.replaces) == ("rescheduled", new.external_id, "confirmed", old.external_id)


def test_a_new_booking_soon_after_a_cancellation_takes_its_place(world: World) -> None:
    _dana_wrote(world)
    again = {"payload__uri": "https://api.calendly.com/e/invitees/again", "payload__old_invitee": None}
    deliver(world.acme, "calendly", CREATED)
    deliver(world.acme, "calendly", CANCELED)
    deliver(world.acme, "calendly", fixture("calendly/invitee_created_by_move", **again, payload__created_at="2026-11-21T15:29:00Z"))
    assert [row.status for row in rows(world.acme, "select status from appointment order by booked_at")] == ["rescheduled", "confirmed"]
    assert _standing(world) == ("meeting-booked", "Meeting Booked")


def test_a_new_booking_long_after_a_cancellation_stands_for_itself(world: World) -> None:
    _dana_wrote(world)
    again = {"payload__uri": "https://api.calendly.com/e/invitees/again", "payload__old_invitee": None}
    deliver(world.acme, "calendly", CREATED)
    deliver(world.acme, "calendly", CANCELED)
    deliver(world.acme, "calendly", fixture("calendly/invitee_created_by_move", **again, payload__created_at="2026-11-21T15:31:00Z"))
    assert [row.status for row in rows(world.acme, "select status from appointment order by booked_at")] == ["canceled", "confirmed"]


def test_who_did_not_come_is_noted_and_taken_back(world: World) -> None:
    _dana_wrote(world)
    assert deliver(world.acme, "calendly", NO_SHOW) == ("IGNORED", "lead_not_found")
    deliver(world.acme, "calendly", CREATED)
    deliver(world.acme, "calendly", fixture("calendly/invitee_no_show_created", payload__uri="https://api.calendly.com/n/2"))
    assert rows(world.acme, "select status from appointment")[0].status == "no_show"
    deliver(world.acme, "calendly", fixture("calendly/invitee_no_show_deleted"))
    assert rows(world.acme, "select status from appointment")[0].status == "confirmed"
    assert _standing(world) == ("meeting-booked", "Meeting Booked")
    assert _lines(world)[1:] == ["They did not come to the meeting", "The meeting stands again"]


def test_a_blacklisted_lead_stays_so(world: World) -> None:
    _dana_wrote(world)
    lead_id = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        leads.blacklist(tx, world.as_mara, lead_id, reason="asked")
    deliver(world.acme, "calendly", CREATED)
    assert rows(world.acme, "select status from lead")[0].status == "blacklisted"
    assert len(rows(world.acme, "select id from appointment")) == 1
    deliver(world.acme, "calendly", CANCELED)
    assert rows(world.acme, "select status from lead")[0].status == "blacklisted"


_STORIES = {
    "cancelled": [CREATED, CANCELED], "moved": [CREATED, MOVED_AWAY, MOVED_HERE],
    "moved, then cancelled": [CREATED, MOVED_AWAY, MOVED_HERE, fixture(
        "calendly/invitee_created_by_move", event="invitee.canceled", payload__status="canceled",
        payload__updated_at="2026-11-22T10:00:00Z", created_at="2026-11-22T10:00:01Z")]}


@pytest.mark.parametrize("story", _STORIES)
def test_the_order_of_arrival_does_not_matter(world: World, story: str) -> None:
    _dana_wrote(world)
    ends = []
    for order in itertools.permutations(_STORIES[story]):
        for payload in (*order, order[0]):
            understand(world.acme, keep(world.acme, "calendly", payload))
        ends.append(([tuple(row) for row in rows(world.acme, _MEETINGS)], _standing(world)))
        with db.transaction(workspace_system(world.acme, "test")) as tx:
            tx.execute(text("delete from appointment"))
            tx.execute(text("delete from webhook_event where provider = 'calendly'"))
            tx.execute(text("update conversation set sentiment = 'New', sentiment_source = 'rule'"))
            tx.execute(text("update lead set status = 'new'"))
    assert all(end == ends[0] for end in ends), ends


def test_an_appointment_in_the_crm_is_a_meeting_of_its_contact(world: World) -> None:
    assert deliver(world.acme, "ghl", fixture("ghl/appointment_create")) == ("IGNORED", "lead_not_found")
    _tomas_wrote(world)
    assert deliver(world.acme, "ghl", fixture("ghl/appointment_create", webhookId="wh_40")) == ("SUCCEEDED", None)
    meeting, = rows(world.acme, "select * from appointment")
    assert (meeting.provider, meeting.external_id, meeting.status, meeting.calendar) == ("ghl", "ap_1", "confirmed", "cal_1")
    assert meeting.starts_at == datetime(2026, 11, 26, 18, tzinfo=UTC) and _standing(world) == ("meeting-booked", "Meeting Booked")
    deliver(world.acme, "ghl", fixture("ghl/appointment_update"))
    assert rows(world.acme, "select starts_at from appointment")[0].starts_at == datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert _lines(world)[-1] == "Meeting moved to Fri 27 Nov 2026, 10:00 PST · Intro"
    deliver(world.acme, "ghl", fixture("ghl/appointment_no_show"))
    assert rows(world.acme, "select status from appointment")[0].status == "no_show"


@pytest.mark.parametrize("last", ["appointment_cancelled", "appointment_delete"])
def test_an_appointment_taken_off_in_the_crm_is_a_cancellation_in_any_order(world: World, last: str) -> None:
    _tomas_wrote(world)
    for order in itertools.permutations(("appointment_create", "appointment_update", last)):
        for name in order:
            understand(world.acme, keep(world.acme, "ghl", fixture(f"ghl/{name}")))
        meeting, = rows(world.acme, "select status, starts_at from appointment")
        assert (meeting.status, meeting.starts_at, _standing(world)) == (
            "canceled", meeting.starts_at, ("qualified", "Interested")), order
        with db.transaction(workspace_system(world.acme, "test")) as tx:
            tx.execute(text("delete from appointment"))
            tx.execute(text("delete from webhook_event where event_type <> 'workflow' and dedupe_key like 'Appointment%'"))
            tx.execute(text("update conversation set sentiment = 'New', sentiment_source = 'rule'"))
            tx.execute(text("update lead set status = 'new'"))


def test_the_meeting_that_matters_now_is_shown(world: World) -> None:
    _dana_wrote(world)
    lead_id = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        assert meetings.current(tx, world.as_mara, lead_id) is None
    for payload in (CREATED, MOVED_AWAY, MOVED_HERE):
        deliver(world.acme, "calendly", payload)
    with db.transaction(world.as_mara) as tx:
        shown = meetings.current(tx, world.as_mara, lead_id)
    assert (shown.title, shown.starts_at, shown.status, shown.link) == (
        "Freight intro", "2026-11-27T16:00:00+00:00", "confirmed", "https://zoom.example/j/4411")


def test_who_books_before_their_first_reply_is_not_forgotten(world: World) -> None:
    deliver(world.acme, "calendly", CREATED)
    deliver(world.acme, "calendly", NO_SHOW)
    deliver(world.acme, "calendly", fixture("calendly/invitee_created", payload__uri="https://api.calendly.com/e/invitees/other",
                                            payload__email="nobody@else.example", payload__questions_and_answers=[]))
    _revisit()
    assert rows(world.acme, "select id from background_job where kind = 'inbound.understand_event'") == []
    _dana_wrote(world)
    assert _revisit_and_understand(world) == [("SUCCEEDED", None)]
    assert rows(world.acme, "select status from appointment")[0].status == "confirmed"
    assert _standing(world) == ("meeting-booked", "Meeting Booked")
    assert _revisit_and_understand(world) == [("SUCCEEDED", None)]
    assert rows(world.acme, "select status from appointment")[0].status == "no_show"
    assert _revisit_and_understand(world) == []
    assert [row.reason for row in rows(world.acme, "select reason from webhook_event where status = 'IGNORED'")] == ["lead_not_found"]


def _revisit() -> None:
    with db.transaction(system("timer")) as tx:
        inbound.revisit(tx, system("timer"))


def _revisit_and_understand(world: World) -> list[tuple[str, str | None]]:
    _revisit()
    waiting = rows(world.acme, "select id from webhook_event where status = 'PENDING'")
    return [understand(world.acme, row.id) for row in waiting]


def test_the_link_of_a_lead_that_was_merged_leads_to_the_other(world: World) -> None:
    _dana_wrote(world)
    keep = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        gone = Lead(workspace_id=world.acme, first_name="Dana", merged_into=keep)
        tx.add(gone)
        tx.flush()
        linked = str(gone.id)
    assert deliver(world.acme, "calendly", fixture(
        "calendly/invitee_created", payload__email="other@else.example", payload__questions_and_answers=[],
        payload__tracking__utm_content=linked)) == ("SUCCEEDED", None)
    assert [row.lead_id for row in rows(world.acme, "select lead_id from appointment")] == [keep]

"""Does a LinkedIn conversation go round: in, recognised, answered once, heard of again without doubling?"""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import fixture, keep, understand
from tests.services.sending.linkedin import PROFILE, act, connect, facts, hear, known_lead, run_other_jobs, set_status
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Refused
from zrg_app.services import inbox, sending, workbench


@pytest.fixture(autouse=True)
def connected(stage: Stage) -> None:
    connect(stage)


def messages(stage: Stage) -> list[tuple]:
    rows = stage.sql("select direction, body, external_id, sent_by, delivery, dedupe_key from message order by sent_at, id")
    return [(row.direction, row.body, row.external_id, row.sent_by) for row in rows]


def ways(stage: Stage, lead_id: UUID) -> dict:
    with db.transaction(stage.world.as_mara) as tx:
        return {way.channel: way for way in sending.ways(tx, stage.world.as_mara, lead_id)}


def test_a_message_comes_in_is_answered_once_and_its_echo_changes_nothing(stage: Stage) -> None:
    told = act(stage, body="What does it cost?")
    assert hear(stage, told) == ("SUCCEEDED", None)
    lead_id = stage.sql("select lead_id from message")[0].lead_id
    stage.queue(lead_id, "linkedin", "It is 900 a month.")
    stage.run_jobs()
    sent, = stage.sent("unipile")
    assert (sent["thread"], sent["text"], sent["to"]) == (told["ids"]["chat_id"], "It is 900 a month.", "dana-kessler-ops")
    echo = act(stage, "message_received", of=sent["id"])
    assert echo["webhooks"][0]["is_sender"] is True
    assert hear(stage, echo) == ("SUCCEEDED", None)
    assert hear(stage, act(stage, "message_received", of=sent["id"])) == ("SUCCEEDED", None)
    assert messages(stage) == [("inbound", "What does it cost?", told["ids"]["message_id"], None),
                               ("outbound", "It is 900 a month.", sent["id"], "setter")]
    with db.transaction(stage.world.as_mara) as tx:
        assert sending.send_once(tx, stage.world.as_mara).holds


def test_an_echo_that_is_faster_than_our_own_recording_becomes_the_same_message(stage: Stage) -> None:
    hear(stage, act(stage, body="What does it cost?"))
    lead_id = stage.sql("select lead_id from message")[0].lead_id
    stage.sandbox.control.add_fault("unipile", "disconnect_after_accept", path_contains="/messages", method="POST")
    outbound = stage.queue(lead_id, "linkedin")
    stage.run_jobs(until=clock.now() + timedelta(seconds=11))
    assert stage.outbound(outbound).status == "checking"
    sent, = stage.sent("unipile")
    hear(stage, act(stage, "message_received", of=sent["id"]))
    stage.run_jobs()
    assert stage.outbound(outbound).status == "sent" and len(stage.sent("unipile")) == 1
    assert [row[:3] for row in messages(stage)][1:] == [("outbound", "It is 900 a month.", sent["id"])]
    assert messages(stage)[1][3] == "setter"


def test_a_message_typed_in_linkedin_stands_in_the_thread_as_ours(stage: Stage) -> None:
    hear(stage, act(stage, body="What does it cost?"))
    assert hear(stage, act(stage, "OWN_MESSAGE", "I will send you our rates.")) == ("SUCCEEDED", None)
    assert [(row[0], row[3]) for row in messages(stage)] == [("inbound", None), ("outbound", "elsewhere")]
    assert stage.sql("select needs_reply from conversation")[0].needs_reply is False


def test_a_lead_of_a_list_is_recognised_by_the_profile_and_learns_the_member_id(stage: Stage) -> None:
    lead_id = known_lead(stage)
    told = act(stage, body="Hello there")
    hear(stage, told)
    assert stage.sql("select lead_id from message")[0].lead_id == lead_id
    assert stage.sql("select value from lead_identity where kind = 'linkedin_member'")[0].value == told["ids"]["provider_id"]
    hear(stage, act(stage, body="Are you there?", lead={"tells_slug": ""}))
    assert {row.lead_id for row in stage.sql("select lead_id from message")} == {lead_id}


def test_a_member_nobody_knows_is_looked_up_before_a_lead_is_made(stage: Stage) -> None:
    lead_id = known_lead(stage)
    event_id = keep(stage.world.acme, "unipile", act(stage, body="Hello there", lead={"tells_slug": ""})["webhooks"][0])
    assert understand(stage.world.acme, event_id) == ("PENDING", None)
    assert stage.sql("select id from message") == []
    assert run_other_jobs(stage, "inbound.look_up") == ["inbound.look_up"]
    assert run_other_jobs(stage, "inbound.understand_event") == ["inbound.understand_event"]
    assert stage.sql("select status from webhook_event")[0].status == "SUCCEEDED"
    assert [(row.lead_id, row.body) for row in stage.sql("select lead_id, body from message")] == [(lead_id, "Hello there")]


def test_a_look_up_that_fails_costs_no_message(stage: Stage) -> None:
    event_id = keep(stage.world.acme, "unipile", fixture("unipile/message_received"))
    understand(stage.world.acme, event_id)
    stage.sandbox.control.add_fault("unipile", "status", path_contains="/users/", status=503, times=0)
    for attempt in (1, 2, 3):
        job, = stage.sql("select payload from background_job where kind = 'inbound.look_up' and status = 'PENDING'")
        assert job.payload.get("attempt", 1) == attempt
        run_other_jobs(stage, "inbound.look_up")
    run_other_jobs(stage, "inbound.understand_event")
    assert [row[1] for row in messages(stage)] == ["Sounds useful. What does it cost?"]


def test_an_invitation_shows_as_a_message_and_its_note_is_not_doubled_when_it_is_accepted(stage: Stage) -> None:
    lead_id = known_lead(stage)
    act(stage, "profile.viewed", lead={"distance": "SECOND_DEGREE"})
    stage.queue(lead_id, "linkedin", "Hi Dana, shall we connect?")
    stage.run_jobs()
    sent, = stage.sent("unipile")
    assert sent["what"] == "invitation"
    row, = stage.sql("select direction, body, thread, external_id from message")
    assert (row.direction, row.body, row.thread) == ("outbound", "Hi Dana, shall we connect?", {"invitation_id": sent["id"]})
    with db.transaction(stage.world.as_mara) as tx:
        view = workbench.open_conversation(tx, stage.world.as_mara, lead_id)
    assert [item.mark for item in view.items if item.kind == "message"] == ["Invitation to connect"]
    relation = act(stage, "new_relation")
    assert hear(stage, relation) == ("SUCCEEDED", None)
    assert "linkedin_connected_at" in facts(stage, lead_id)
    chat = fixture("unipile/message_sent_by_us", message="Hi Dana, shall we connect?", message_id="note_1")
    chat["attendees"][0]["attendee_provider_id"] = relation["ids"]["provider_id"]
    assert hear(stage, {"webhooks": [chat]}) == ("SUCCEEDED", None)
    assert [(row[0], row[2]) for row in messages(stage)] == [("outbound", "note_1")]
    with db.transaction(stage.world.as_mara) as tx:
        assert sending.send_once(tx, stage.world.as_mara).holds


def test_a_relation_is_told_in_the_thread_once_and_strangers_stay_strangers(stage: Stage) -> None:
    assert hear(stage, act(stage, "new_relation")) == ("IGNORED", "relation_of_unknown_lead")
    assert stage.sql("select id from lead") == []
    hear(stage, act(stage, body="Hello"))
    lead_id = stage.sql("select id from lead")[0].id
    told = act(stage, "new_relation")["webhooks"][0]
    for picture in ("a", "b"):
        event_id = keep(stage.world.acme, "unipile", told | {"user_picture_url": picture, "account_id": f"acc_{picture}"})
        assert understand(stage.world.acme, event_id) == ("SUCCEEDED", None)
    with db.transaction(stage.world.as_mara) as tx:
        items, _ = inbox.thread(tx, stage.world.as_mara, lead_id, zone=ZoneInfo("UTC"))
    assert [item.body for item in items if item.kind == "activity" and "LinkedIn" in item.body] == ["Connected on LinkedIn"]


def test_linkedin_is_offered_to_leads_with_a_profile_only(stage: Stage) -> None:
    assert "linkedin" not in ways(stage, known_lead(stage, url=None))
    way = ways(stage, known_lead(stage))["linkedin"]
    assert (way.possible, way.provider, way.to_address, way.to_name) == (True, "Unipile", PROFILE, "Dana Kessler")


def test_a_lead_known_by_the_member_id_alone_can_be_written_to(stage: Stage) -> None:
    told = act(stage, body="Hello", lead={"tells_slug": ""})
    event_id = keep(stage.world.acme, "unipile", told["webhooks"][0])
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set status = 'locked' where provider = 'unipile'"))
    understand(stage.world.acme, event_id)
    stage.sandbox.control.add_fault("unipile", "status", path_contains="/users/", status=429)
    run_other_jobs(stage, "inbound.look_up")
    run_other_jobs(stage, "inbound.understand_event")
    lead_id = stage.sql("select id from lead where linkedin_url is null")[0].id
    assert not ways(stage, lead_id)["linkedin"].possible
    set_status(stage, "working")
    assert ways(stage, lead_id)["linkedin"].possible
    stage.queue(lead_id, "linkedin")
    stage.run_jobs()
    assert stage.sent("unipile")[0]["thread"] == told["ids"]["chat_id"]


def test_without_a_connection_the_channel_says_why(stage: Stage) -> None:
    lead_id = known_lead(stage)
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("delete from connection where provider = 'unipile'"))
    assert "No account is connected" in ways(stage, lead_id)["linkedin"].reason
    with pytest.raises(Refused) as refusal:
        stage.queue(lead_id, "linkedin")
    assert refusal.value.reason == "not_connected"


def test_a_refusal_of_linkedin_is_shown_with_its_reason(stage: Stage) -> None:
    lead_id = known_lead(stage)
    act(stage, "profile.viewed", lead={"distance": "SECOND_DEGREE"})
    first, second = stage.queue(lead_id, "linkedin", "x" * 301), stage.queue(lead_id, "linkedin", "Hi")
    stage.run_jobs()
    assert (stage.outbound(first).status, stage.outbound(first).error_code) == ("failed", "note_too_long")
    assert "at most 300 characters" in stage.outbound(first).error
    assert stage.outbound(second).status == "sent"
    third = stage.queue(lead_id, "linkedin", "Hi again")
    stage.run_jobs()
    assert "pending" in stage.outbound(third).error and len(stage.sent("unipile")) == 1


def test_near_the_quota_invitations_wait_until_tomorrow_and_messages_go_on(stage: Stage) -> None:
    hear(stage, act(stage, body="What does it cost?"))
    friend = stage.sql("select lead_id from message")[0].lead_id
    act(stage, "profile.viewed", lead={"public_identifier": "lee-wong", "distance": "SECOND_DEGREE", "invitation_quota": "1"})
    act(stage, "profile.viewed", lead={"public_identifier": "ida-berg", "distance": "SECOND_DEGREE"})
    first = stage.queue(known_lead(stage, url="https://www.linkedin.com/in/lee-wong"), "linkedin", "Hi Lee")
    stage.run_jobs(until=clock.now() + timedelta(seconds=20))
    second = stage.queue(known_lead(stage, url="https://www.linkedin.com/in/ida-berg"), "linkedin", "Hi Ida")
    third = stage.queue(friend, "linkedin", "900 a month.")
    stage.run_jobs(until=clock.now() + timedelta(hours=1))
    assert [stage.outbound(each).status for each in (first, second, third)] == ["sent", "waiting", "sent"]
    waiting = stage.outbound(second)
    assert waiting.not_before > clock.now() + timedelta(hours=12) and "tomorrow" in waiting.error
    assert [each["text"] for each in stage.sent("unipile")] == ["Hi Lee", "900 a month."]

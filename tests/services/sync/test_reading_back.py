"""Does reading a history back heal and import, without doubling anything and without making old things look new?"""

from datetime import timedelta

import pytest

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from tests.services.sync.reading import DANA, TOMAS, act, ago, change, lead, read_back, settle, state, thread
from zrg_app.integrations.base import Event, Person
from zrg_app.kit import db
from zrg_app.kit.errors import ProviderDown
from zrg_app.services import inbound, sync
from zrg_app.services.sync.importing import take_in


def test_a_text_known_without_an_id_is_healed_and_not_doubled(desk: Stage) -> None:
    done = act(desk, TOMAS, "Call me", at=ago(10.2), heard=10)
    assert thread(desk) == [("inbound", "Call me", None)]
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 1}
    row = desk.sql("select external_id, sent_at, thread, dedupe_key from message")[0]
    assert row.external_id == done["ids"]["message_id"]
    assert abs(row.sent_at - ago(10.2)) < timedelta(seconds=30)
    assert row.thread["conversation_id"] == done["ids"]["conversation_id"]
    assert row.dedupe_key.startswith("ghl:workflow:")
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 0}


def test_a_replay_of_the_webhook_finds_the_healed_row(desk: Stage) -> None:
    act(desk, TOMAS, "Call me", at=ago(10.2), heard=10)
    read_back(desk, lead(desk))
    with db.transaction(desk.world.as_mara) as tx:
        inbound.replay_all(tx, desk.world.as_mara, status="SUCCEEDED")
    settle()
    assert len(thread(desk)) == 1


def test_two_identical_texts_stay_two_and_are_paired_in_order(desk: Stage) -> None:
    first = act(desk, TOMAS, "ok", at=ago(20), heard=19.9)["ids"]["message_id"]
    second = act(desk, TOMAS, "ok", at=ago(10), heard=9.8)["ids"]["message_id"]
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 2}
    assert thread(desk) == [("inbound", "ok", first), ("inbound", "ok", second)]


def test_of_two_identical_texts_the_one_without_a_webhook_is_imported(desk: Stage) -> None:
    first = act(desk, TOMAS, "ok", at=ago(20))["ids"]["message_id"]
    second = act(desk, TOMAS, "ok", at=ago(10), heard=9.8)["ids"]["message_id"]
    assert read_back(desk, lead(desk)) == {"imported": 1, "healed": 1}
    assert thread(desk) == [("inbound", "ok", first), ("inbound", "ok", second)]


def test_webhooks_that_arrived_out_of_order_are_healed_each_to_its_own(desk: Stage) -> None:
    early = desk.sandbox.control.act("ghl", "loc_acme", TOMAS, "one", deliver=False, at=ago(12).isoformat())
    late = desk.sandbox.control.act("ghl", "loc_acme", TOMAS, "two", deliver=False, at=ago(11).isoformat())
    deliver(desk.world.acme, "ghl", late["webhooks"][0], received_at=ago(10.9))
    deliver(desk.world.acme, "ghl", early["webhooks"][0], received_at=ago(10.8))
    assert [body for _, body, _ in thread(desk)] == ["two", "one"]
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 2}
    assert thread(desk) == [("inbound", "one", early["ids"]["message_id"]), ("inbound", "two", late["ids"]["message_id"])]


def test_a_webhook_that_comes_after_its_text_was_read_back_changes_nothing(desk: Stage) -> None:
    act(desk, TOMAS, "Hello", at=ago(20.1), heard=20)
    late = act(desk, TOMAS, "Call me", at=ago(5))
    assert read_back(desk, lead(desk)) == {"imported": 1, "healed": 1}
    before = thread(desk)
    assert deliver(desk.world.acme, "ghl", late["webhooks"][0], received_at=ago(4))[0] == "SUCCEEDED"
    assert thread(desk) == before
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 0}


def test_what_we_sent_ourselves_comes_back_as_the_same_messages(desk: Stage) -> None:
    desk.lead_writes("ghl")
    desk.lead_writes("emailbison")
    leads = {row.email: row.id for row in desk.sql("select id, email from lead")}
    desk.queue(leads[None], "sms", "It is 900 a month.")
    desk.queue(leads["dana@northwind.example"], "email", "It is 900 a month.")
    desk.run_jobs()
    before = desk.sql("select id, body, sent_by, outbound_id, dedupe_key from message order by id")
    assert sum(row.outbound_id is not None for row in before) == 2
    done = [read_back(desk, lead_id) for lead_id in leads.values()]
    after = desk.sql("select id, body, sent_by, outbound_id, dedupe_key from message order by id")
    assert [row for row in after if row in before] == list(before)
    assert sum(one["imported"] for one in done) == len(after) - len(before) == 1
    campaign = next(row for row in after if row not in before)
    assert (campaign.sent_by, campaign.dedupe_key[:21]) == ("campaign", "emailbison:scheduled:")


def test_a_campaign_mail_told_by_webhook_is_not_imported_again(desk: Stage) -> None:
    done = act(desk, DANA, "Tell me more", at=ago(30), heard=29)
    told = desk.sandbox.control.act("emailbison", "4711", DANA, deliver=False, event="EMAIL_SENT")
    deliver(desk.world.acme, "emailbison", told["webhooks"][0])
    assert read_back(desk, lead(desk)) == {"imported": 0, "healed": 0}
    assert [external for _, _, external in thread(desk)][1] == str(done["ids"]["reply_id"])


def test_an_answered_old_reply_is_history_and_nothing_is_drafted_for_it(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(300))
    act(desk, DANA, "It is 900 a month.", at=ago(200), event="MANUAL_EMAIL_SENT", heard=199)
    assert (state(desk).needs_reply, state(desk).unread_count) == (False, 0)
    assert read_back(desk, lead(desk))["imported"] == 2
    settle()
    shown = state(desk)
    assert (shown.needs_reply, shown.unread_count, shown.has_draft, shown.message_count) == (False, 0, False, 3)
    assert shown.sentiment == "Information Requested"
    assert desk.sql("select count(*) from draft")[0][0] == 0


def test_an_older_reply_told_late_leaves_a_finished_conversation_finished(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(300))
    act(desk, DANA, "Never mind, thanks", at=ago(100), heard=99)
    settle()
    before = state(desk)
    change(desk, "update conversation set done_at = now(), unread_count = 0")
    read_back(desk, lead(desk))
    settle()
    shown = state(desk)
    assert (shown.done_at is None, shown.unread_count, shown.sentiment) == (False, 0, before.sentiment)
    assert shown.snippet == "Never mind, thanks"


def test_a_reply_that_still_waits_is_news_understood_and_drafted_for(desk: Stage) -> None:
    act(desk, DANA, "Thanks", at=ago(300), heard=299)
    settle()
    change(desk, "update conversation set done_at = now(), unread_count = 0")
    act(desk, DANA, "What does it cost?", at=ago(30))
    read_back(desk, lead(desk))
    settle()
    shown = state(desk)
    assert (shown.needs_reply, shown.unread_count, shown.done_at, shown.sentiment) == (True, 1, None, "Information Requested")
    assert shown.has_draft


def test_an_unanswered_reply_of_last_season_is_history(desk: Stage) -> None:
    act(desk, DANA, "", at=ago(60 * 24 * 70), event="EMAIL_SENT", heard=1)
    act(desk, DANA, "What does it cost?", at=ago(60 * 24 * 60))
    assert read_back(desk, lead(desk))["imported"] == 1
    settle()
    assert (state(desk).unread_count, state(desk).needs_reply, state(desk).has_draft) == (0, False, False)


def test_a_waiting_draft_goes_when_the_newer_reply_is_no_longer_eligible(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(60), heard=59)
    settle()
    assert desk.sql("select status from draft")[0].status == "pending"
    act(desk, DANA, "Not interested, sorry. We chose somebody else.", at=ago(30))
    read_back(desk, lead(desk))
    settle()
    assert [row.status for row in desk.sql("select status from draft")] == ["rejected"]
    assert state(desk).sentiment == "Not Interested"


def test_an_old_opt_out_that_nobody_heard_of_still_counts(desk: Stage) -> None:
    act(desk, TOMAS, "STOP texting me, remove me from your list", at=ago(500))
    act(desk, TOMAS, "who is this", at=ago(100), heard=99.9)
    read_back(desk, lead(desk))
    settle()
    assert desk.sql("select status from lead")[0].status == "blacklisted"


def test_a_text_that_was_not_delivered_says_so(desk: Stage) -> None:
    lead_id = desk.lead_writes("ghl")
    desk.queue(lead_id, "sms", "It is 900 a month.")
    desk.run_jobs()
    row = desk.sql("select id, external_id, thread from message where direction = 'outbound'")[0]
    failed = Event(kind="delivery_failed", channel="sms", person=Person(), dedupe_key="ghl:failed", about_message=row.external_id,
                   text="GoHighLevel says: undelivered.")
    with db.transaction(desk.as_job) as tx:
        take_in(tx, desk.as_job, lead_id, "ghl", [failed])
    shown = desk.sql("select delivery, delivery_reason from message where id = :id", id=row.id)[0]
    assert (shown.delivery, shown.delivery_reason) == ("failed", "GoHighLevel says: undelivered.")


def test_a_history_of_another_lead_is_left_alone(desk: Stage) -> None:
    done = act(desk, TOMAS, "Hello", at=ago(10), heard=9.9)
    act(desk, DANA, "Hello", at=ago(10), heard=9.9)
    dana = desk.sql("select id from lead where email is not null")[0].id
    change(desk, "update lead set phone = '+14155550142' where email is not null")
    assert read_back(desk, dana)["healed"] == 0
    assert desk.sql("select count(*) from message where lead_id = :lead", lead=dana)[0][0] == 2
    assert desk.sql("select lead_id from lead_identity where value = :value", value=done["ids"]["contact_id"])[0].lead_id != dana


def test_a_provider_that_is_down_is_asked_again_and_the_other_one_counts(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(60), heard=59)
    act(desk, DANA, "Hello?", at=ago(30))
    change(desk, "update lead set phone = '+14155550142'")
    desk.sandbox.control.add_fault("ghl", "status", status=503)
    with pytest.raises(ProviderDown):
        read_back(desk, lead(desk))
    assert len(thread(desk)) == 3


def test_refused_credentials_are_noted_on_the_conversation_and_the_connection(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(60), heard=59)
    desk.sandbox.control.add_fault("emailbison", "status", status=401)
    read_back(desk, lead(desk))
    with db.transaction(desk.world.as_mara) as tx:
        shown = sync.state_of(tx, desk.world.as_mara, lead(desk))
    assert (shown.is_syncing, bool(shown.error), bool(shown.synced_at)) == (False, True, True)
    assert desk.sql("select status from connection where provider = 'emailbison'")[0].status == "locked"


def test_what_a_mail_system_or_the_far_future_says_is_no_message(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(60), heard=59)
    told = {"channel": "email", "person": Person(), "text": "x"}
    odd = [Event(kind="reply", dedupe_key="emailbison:1", external_id="1", from_address="mailer-daemon@mx.example", sent_at=ago(1), **told),
           Event(kind="reply", dedupe_key="emailbison:2", external_id="2", from_address="dana@x.example", sent_at=ago(-900), **told)]
    with db.transaction(desk.as_job) as tx:
        assert take_in(tx, desk.as_job, lead(desk), "emailbison", odd).new == 0


def test_a_lead_that_is_gone_is_nothing_to_read(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    lead_id = lead(desk)
    change(desk, "delete from lead")
    assert read_back(desk, lead_id) == {"imported": 0, "healed": 0}

"""Does the job turn recorded webhooks into the right leads, messages and facts?"""

import json

from tests.services.inbound.deliveries import deliver, fixture, keep, rows, understand
from tests.world import World


def _facts(world: World) -> list[str]:
    return [row.kind for row in rows(world.acme, "select kind from audit_event order by created_at, id")]


def test_a_mail_reply_makes_a_lead_and_an_open_question(world: World) -> None:
    assert deliver(world.acme, "emailbison", fixture("emailbison/lead_replied")) == ("SUCCEEDED", None)
    lead, = rows(world.acme, "select * from lead")
    assert (lead.first_name, lead.email, lead.phone, lead.linkedin_url) == (
        "Dana", "dana@northwind.example", "+12125550170", "https://www.linkedin.com/in/dana-kessler")
    assert lead.enrichment_status is None
    message, = rows(world.acme, "select * from message")
    assert message.body == "Sounds interesting. What does it cost?"
    assert "> Hi Dana" in message.raw_text and "<blockquote>" in message.raw_html
    assert message.cc == ["ops@northwind.example"] and message.thread["sender_email_id"] == "31"
    conversation, = rows(world.acme, "select * from conversation")
    assert conversation.needs_reply and conversation.unread_count == 1 and conversation.channel == "email"
    assert [row.file_name for row in rows(world.acme, "select file_name from attachment")] == ["rates.pdf"]
    assert [row.name for row in rows(world.acme, "select c.name from campaign c join lead on lead.campaign_id = c.id")] == [
        "Freight Q4"
    ]
    assert _facts(world) == ["leads.created", "inbox.reply_received"]


def test_interested_is_the_same_message_and_sets_the_sentiment(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    deliver(world.acme, "emailbison", fixture("emailbison/lead_interested"))
    assert len(rows(world.acme, "select id from message")) == 1
    conversation, = rows(world.acme, "select sentiment, sentiment_source, unread_count from conversation")
    assert tuple(conversation) == ("Interested", "provider", 1)
    assert _facts(world).count("inbox.reply_received") == 1


def test_understanding_twice_changes_nothing(world: World) -> None:
    event_id = keep(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    understand(world.acme, event_id)
    before = rows(world.acme, "select * from conversation")
    assert understand(world.acme, event_id) == ("SUCCEEDED", None)
    assert rows(world.acme, "select * from conversation") == before and len(_facts(world)) == 2


def test_a_colleague_becomes_the_current_replier_until_the_lead_writes_again(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied_by_colleague"))
    lead, = rows(world.acme, "select * from lead")
    assert (lead.current_replier_email, lead.current_replier_name) == ("priya@northwind.example", "Priya Raman")
    assert lead.email == "dana@northwind.example"
    assert ("priya@northwind.example", False) in [
        tuple(row) for row in rows(world.acme, "select value, is_primary from lead_identity where kind = 'email'")]
    deliver(world.acme, "emailbison", fixture("emailbison/untracked_reply_received"))
    lead, = rows(world.acme, "select * from lead")
    assert lead.current_replier_email is None and len(rows(world.acme, "select id from message")) == 3


def test_a_campaign_mail_is_observed_and_asks_for_nothing(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/email_sent"))
    message, = rows(world.acme, "select * from message")
    assert (message.direction, message.sent_by, message.delivery) == ("outbound", "campaign", "delivered")
    conversation, = rows(world.acme, "select * from conversation")
    assert not conversation.needs_reply and conversation.unread_count == 0
    assert _facts(world) == ["leads.created", "inbox.message_observed"]


def test_an_answer_from_another_tool_closes_the_question(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    deliver(world.acme, "emailbison", fixture("emailbison/manual_email_sent"))
    conversation, = rows(world.acme, "select * from conversation")
    assert not conversation.needs_reply and conversation.last_direction == "outbound"


def test_a_bounce_blacklists_and_marks_the_mail_in_either_order(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/email_bounced"))
    deliver(world.acme, "emailbison", fixture("emailbison/email_sent"))
    assert [row.delivery for row in rows(world.acme, "select delivery from message")] == ["bounced"]
    lead, = rows(world.acme, "select status, blacklist_reason from lead")
    assert tuple(lead) == ("blacklisted", "bounce")
    assert [row.sentiment for row in rows(world.acme, "select sentiment from conversation")] == ["Blacklist"]


def test_an_unsubscribe_is_kept_even_for_an_unknown_lead_and_the_next_reply_asks_for_nothing(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_unsubscribed"))
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    assert [row.status for row in rows(world.acme, "select status from lead")] == ["blacklisted"]
    assert [row.needs_reply for row in rows(world.acme, "select needs_reply from conversation")] == [False]
    assert _facts(world).count("leads.blacklisted") == 1


def test_a_report_of_a_mail_system_blacklists_whose_mail_failed_and_makes_no_lead_of_it(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/email_sent"))
    deliver(world.acme, "emailbison", fixture(
        "emailbison/untracked_reply_received", data__reply__from_email_address="MAILER-DAEMON@northwind.example",
        data__reply__from_name="Mail Delivery Subsystem", data__reply__email_subject="Undelivered Mail Returned to Sender",
        data__reply__text_body="<dana@northwind.example>: host mx.northwind.example said: 550 5.1.1 User unknown"))
    lead, = rows(world.acme, "select email, status from lead")
    assert tuple(lead) == ("dana@northwind.example", "blacklisted")


def test_an_automatic_reply_does_not_ask_for_an_answer(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied", data__reply__automated_reply=True))
    conversation, = rows(world.acme, "select * from conversation")
    assert not conversation.needs_reply and conversation.unread_count == 1


def test_sms_and_mail_of_one_person_are_one_thread(world: World) -> None:
    deliver(world.acme, "ghl", fixture("ghl/workflow_sms", email="dana@northwind.example"))
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    assert len(rows(world.acme, "select id from lead")) == 1
    assert sorted(row.kind for row in rows(world.acme, "select kind from lead_identity where is_primary")) == [
        "email", "emailbison_lead", "ghl_contact", "linkedin_url", "phone"]
    assert len(rows(world.acme, "select id from message")) == 2


def test_do_not_disturb_blocks_sms_until_it_is_lifted(world: World) -> None:
    deliver(world.acme, "ghl", fixture("ghl/workflow_sms"))
    deliver(world.acme, "ghl", fixture("ghl/contact_dnd_update"))
    assert [row.sms_dnd for row in rows(world.acme, "select sms_dnd from lead")] == [True]
    lifted = fixture("ghl/contact_dnd_update", dndSettings={"SMS": {"status": "inactive"}})
    deliver(world.acme, "ghl", {**lifted, "timestamp": "2026-11-20T15:00:00Z", "webhookId": "wh_old"})
    assert [row.sms_dnd for row in rows(world.acme, "select sms_dnd from lead")] == [True]
    deliver(world.acme, "ghl", {**lifted, "timestamp": "2026-11-20T17:00:00Z", "webhookId": "wh_new"})
    assert [row.sms_dnd for row in rows(world.acme, "select sms_dnd from lead")] == [False]


def test_app_events_fill_the_thread(world: World) -> None:
    deliver(world.acme, "ghl", fixture("ghl/inbound_message"))
    deliver(world.acme, "ghl", fixture("ghl/outbound_message"))
    assert [(row.direction, row.external_id) for row in rows(world.acme, "select * from message order by sent_at")] == [
        ("inbound", "msg_901"), ("outbound", "msg_902")]


def test_what_is_not_for_us_is_kept_with_its_reason(world: World) -> None:
    assert deliver(world.acme, "ghl", fixture("ghl/appointment_create", type="ContactCreate")) == (
        "IGNORED", "event_not_used")
    assert deliver(world.acme, "ghl", fixture("ghl/workflow_without_message")) == ("IGNORED", "empty_message")
    assert deliver(world.acme, "emailbison", fixture("emailbison/tag_attached")) == ("IGNORED", "event_not_used")
    assert deliver(world.acme, "emailbison", fixture("emailbison/tag_attached", event__type="BRAND_NEW")) == (
        "IGNORED",
        "unknown_event",
    )
    assert rows(world.acme, "select id from lead") == []


def test_two_workspaces_never_share_a_lead(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    deliver(world.birch, "emailbison", fixture("emailbison/lead_replied"))
    assert len(rows(world.acme, "select id from lead")) == 1 and len(rows(world.birch, "select id from message")) == 1


def test_what_cannot_be_kept_hides_in_no_text_inside_the_body(world: World) -> None:
    custom = json.dumps({"message": "Call\x00 me \ud800 back", "phone": "+1415\x005550142"})
    body = fixture("ghl/workflow_without_message", customData=custom)
    assert deliver(world.acme, "ghl", body) == ("SUCCEEDED", None)
    assert [row.body for row in rows(world.acme, "select body from message")] == ["Call me  back"]

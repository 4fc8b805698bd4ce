"""What becomes of a send for every error a provider documents? Its class, its code, and what the person and the lead are told."""

from datetime import timedelta

import pytest

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.services import leads, sending
from zrg_app.services.sending.flows import MOST_ATTEMPTS

WAYS = {"ghl": ("sms", "/conversations/messages"), "emailbison": ("email", "/reply")}

# provider, status, words of the error, code, what the person reads. None of these is tried again (PROVIDERS 1.2, 2.1).
FOR_GOOD = [
    ("ghl", 400, "Cannot send message as DND is active for SMS.", "sms_dnd", "do-not-disturb"),
    ("ghl", 400, "Cannot send message as DND is active for SMS", "sms_dnd", "do-not-disturb"),
    ("ghl", 400, "Cannot send message as DND is active", "sms_dnd", "do-not-disturb"),
    ("ghl", 400, "Missing phone number", "missing_phone", "no phone number"),
    ("ghl", 400, "Cannot send message as +14155550142 has unsubscribed", "sms_unsubscribed", "unsubscribed"),
    ("ghl", 400, "Location or agency is inactive", "location_inactive", "renew it"),
    ("ghl", 400, "Invalid country calling code", "invalid_country_code", "country code"),
    ("ghl", 400, "Duplicate send detected", "duplicate_send", "same text"),
    ("ghl", 422, "contactId must be a string", "invalid_request", "refused (422)"),
    ("ghl", 401, "Invalid token: expired", "provider_locked", "credentials"),
    ("ghl", 403, "The token is not authorized for this scope.", "provider_locked", "credentials"),
    ("ghl", 404, "Cannot POST", "not_found", "refused (404)"),
    ("emailbison", 401, "Unauthenticated.", "provider_locked", "credentials"),
    ("emailbison", 403, "This action is unauthorized.", "provider_locked", "credentials"),
    ("emailbison", 404, "Record not found.", "no_thread", "no longer exists"),
    ("emailbison", 422, "The selected sender email id is invalid.", "sender_unavailable", "cannot send"),
    ("emailbison", 422, "The to_emails.0.email_address field must be a valid email address.", "invalid_recipient", "recipient"),
    ("emailbison", 422, "The given data was invalid.", "invalid_request", "refused (422)"),
    ("emailbison", 413, "Payload too large", "refused", "refused (413)"),
]
# provider, fault; each is tried again by itself.
PASSING = [
    ("ghl", {"kind": "status", "status": 429, "retry_after": 2}), ("emailbison", {"kind": "status", "status": 429, "retry_after": 2}),
    ("ghl", {"kind": "status", "status": 429}), ("ghl", {"kind": "status", "status": 500}),
    ("ghl", {"kind": "status", "status": 503}), ("emailbison", {"kind": "status", "status": 502}),
    ("emailbison", {"kind": "status", "status": 408})]


def prepared(stage: Stage, provider: str) -> tuple:
    """A lead, and a message of ours on its way through `provider`."""
    lead_id = stage.lead_writes(provider)
    return lead_id, stage.queue(lead_id, WAYS[provider][0])


@pytest.mark.parametrize(("provider", "status", "words", "code", "told"), FOR_GOOD)
def test_a_refusal_is_told_and_not_repeated(stage: Stage, provider: str, status: int, words: str, code: str, told: str) -> None:
    lead_id, outbound_id = prepared(stage, provider)
    stage.sandbox.control.add_fault(provider, "status", path_contains=WAYS[provider][1], method="POST", status=status,
                                    message=words, times=5)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts, stage.sent(provider)) == ("failed", code, 1, [])
    assert told.lower() in row.error.lower()
    assert stage.sql("select needs_repair from conversation")[0][0] is True
    assert stage.sql("select sms_dnd from lead where id = :id", id=lead_id)[0][0] is (code in ("sms_dnd", "sms_unsubscribed"))


@pytest.mark.parametrize(("provider", "fault"), PASSING)
def test_what_passes_is_waited_for_and_then_left_once(stage: Stage, provider: str, fault: dict) -> None:
    _, outbound_id = prepared(stage, provider)
    stage.sandbox.control.add_fault(provider, path_contains=WAYS[provider][1], method="POST", times=1, **fault)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.attempts, len(stage.sent(provider))) == ("sent", 2, 1)
    assert row.attempts < MOST_ATTEMPTS


def test_do_not_disturb_stays_until_a_person_clears_it_and_is_asked_before_every_send(stage: Stage) -> None:
    lead_id, first = prepared(stage, "ghl")
    contact_id = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0][0]
    second = stage.queue(lead_id, "sms", "Second.")
    stage.sandbox.control.set_dnd(contact_id)
    stage.run_jobs()
    asked = [call for call in stage.sandbox.control.received(provider="ghl") if call["path"] == "/conversations/messages"]
    assert {stage.outbound(each).error_code for each in (first, second)} == {"sms_dnd"}
    assert len(asked) == 1
    mara = stage.world.as_mara
    # The jobs of a test run ahead of the clock.
    with clock.frozen(clock.now() + timedelta(minutes=1)), db.transaction(mara) as tx:
        assert leads.allow_sms(tx, mara, lead_id)
        assert next(way for way in sending.ways(tx, mara, lead_id) if way.channel == "sms").possible
        sending.retry(tx, mara, first)
    stage.run_jobs()
    assert (stage.outbound(first).error_code, stage.sql("select sms_dnd from lead")[0][0]) == ("sms_dnd", True)


def test_a_text_of_several_parts_is_one_message_of_one_row(stage: Stage) -> None:
    words = "A longer answer with many words. " * 14
    outbound_id = stage.queue(stage.lead_writes("ghl"), "sms", words.strip())
    stage.run_jobs()
    assert [sms["text"] for sms in stage.sent("ghl")] == [words.strip()]
    assert stage.outbound(outbound_id).attempts == 1

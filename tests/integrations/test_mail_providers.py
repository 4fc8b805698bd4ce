"""Do we speak SmartLead and Instantly as they do? Against the sandbox, and against shapes it does not send."""

import io
import json
import logging
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import structlog

from sandbox.server import Running
from zrg_app.integrations import instantly, registry, smartlead, transport
from zrg_app.integrations.base import Account, Event, History, Outgoing, Person
from zrg_app.kit.errors import OutcomeUnknown, Outside, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, ZrgError
from zrg_app.kit.logs import configure

DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example", "cc": ["ops@northwind.example"]}
BOTH = ("smartlead", "instantly")


def account(slug: str, base_url: str, key: str = "good-key-workspace-acme") -> Account:
    return Account(provider=slug, workspace_id="w", external_id=None, base_url=base_url, credentials={"api_key": key})


def at(slug: str, sandbox: Running, key: str = "good-key-workspace-acme") -> Account:
    return account(slug, f"{sandbox.base_url}/{slug}", key)


def received(slug: str, sandbox: Running, body: str = "What does it cost?", **more: object) -> Event:
    """A lead writes; returns the reply as our reader understands it."""
    told = sandbox.control.act(slug, "acme", DANA | more, body, deliver=False)
    parsed = registry.provider(slug).parse(told["webhooks"][0])
    return parsed.events[0]


def answer(reply: Event, body: str = "It is 900 a month.", **more: object) -> Outgoing:
    return replace(Outgoing(
        idempotency_key="k", channel="email", body=body, subject=reply.subject,
        to_address=reply.from_address or reply.person.email, to_name="Dana Kessler",
        cc=("ops@northwind.example",), thread=reply.thread, person=reply.person), **more)


def answering(body: object, status: int = 200, **headers: str) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, content=json.dumps(body), headers=headers))


@pytest.mark.parametrize("slug", BOTH)
def test_the_test_button_proves_good_credentials_and_names_bad_ones(sandbox: Running, slug: str) -> None:
    declared = registry.provider(slug)
    assert declared.check(at(slug, sandbox)).sentence.startswith(f"Connected to {declared.title}")
    with pytest.raises(ProviderLocked):
        declared.check(at(slug, sandbox, "bad-key"))


@pytest.mark.parametrize("slug", BOTH)
def test_an_answer_leaves_once_in_the_thread_with_its_copies(sandbox: Running, slug: str) -> None:
    declared = registry.provider(slug)
    reply = received(slug, sandbox)
    receipt = declared.send(at(slug, sandbox), answer(reply))
    sent, = sandbox.control.sent(slug)
    assert (sent["to"], sent["cc"], sent["text"]) == (["dana@northwind.example"], ["ops@northwind.example"], "It is 900 a month.")
    assert receipt.message_id == sent["id"].strip("<>")
    answered = {"smartlead": reply.thread["message_id"] if slug == "smartlead" else "", "instantly": reply.external_id}[slug]
    assert sent["parent_id"] == answered
    assert all(receipt.thread.get(key) for key in declared.thread_keys)


def test_smartlead_is_told_which_mail_is_answered_and_quotes_it(sandbox: Running) -> None:
    reply = received("smartlead", sandbox)
    smartlead.send(at("smartlead", sandbox), answer(reply, to_address="lee@northwind.example", to_name="Lee Moss", cc=()))
    asked, = [each for each in sandbox.control.received(provider="smartlead") if each["method"] == "POST"]
    assert asked["body"] == {
        "email_stats_id": reply.thread["stats_id"], "email_body": "It is 900 a month.", "to_email": "lee@northwind.example",
        "to_first_name": "Lee", "to_last_name": "Moss", "reply_message_id": reply.thread["message_id"],
        "reply_email_time": reply.thread["reply_time"], "reply_email_body": asked["body"]["reply_email_body"],
        "add_signature": False}
    assert "What does it cost?" in asked["body"]["reply_email_body"]
    assert asked["path"] == f"/campaigns/{reply.campaign_id}/reply-email-thread"


def test_an_instantly_answer_keeps_its_subject_and_comes_as_both_text_and_html(sandbox: Running) -> None:
    reply = received("instantly", sandbox)
    instantly.send(at("instantly", sandbox), answer(reply, body="a < b", subject="Outbound"))
    asked, = [each for each in sandbox.control.received(provider="instantly") if each["method"] == "POST"]
    assert asked["body"] == {"reply_to_uuid": reply.external_id, "eaccount": reply.thread["eaccount"], "subject": "Re: Outbound",
                             "body": {"html": "a &lt; b", "text": "a < b"}, "cc_address_email_list": "ops@northwind.example"}


def test_instantly_never_writes_to_somebody_else_than_who_is_answered(sandbox: Running) -> None:
    reply = received("instantly", sandbox)
    with pytest.raises(ProviderRefused, match="somebody else") as raised:
        instantly.send(at("instantly", sandbox), answer(reply, to_address="lee@northwind.example"))
    assert raised.value.reason == "other_recipient"
    assert sandbox.control.sent("instantly") == []
    assert registry.provider("instantly").no_other_recipient and registry.provider("smartlead").no_other_recipient is None


@pytest.mark.parametrize("slug", BOTH)
def test_a_send_that_was_accepted_in_silence_is_found_in_the_history(sandbox: Running, slug: str) -> None:
    declared, reply, since = registry.provider(slug), received(slug, sandbox), datetime.now(UTC)
    sandbox.control.add_fault(slug, "timeout_after_accept", path_contains="/reply", seconds=30)
    with transport.patience(0.3), pytest.raises(OutcomeUnknown):
        declared.send(at(slug, sandbox), answer(reply))
    found = declared.find_sent(at(slug, sandbox), answer(reply), since, ())
    sent, = sandbox.control.sent(slug)
    assert found.message_id == sent["id"].strip("<>")
    assert declared.find_sent(at(slug, sandbox), answer(reply), since, {found.message_id}) is None
    assert declared.find_sent(at(slug, sandbox), answer(reply, body="Something else."), since, ()) is None
    assert declared.find_sent(at(slug, sandbox), answer(reply), since + timedelta(minutes=5), ()) is None


@pytest.mark.parametrize("slug", BOTH)
def test_a_send_that_never_arrived_is_not_found(sandbox: Running, slug: str) -> None:
    declared, reply = registry.provider(slug), received(slug, sandbox)
    sandbox.control.add_fault(slug, "timeout_before", path_contains="/reply", seconds=30)
    with transport.patience(0.3), pytest.raises(OutcomeUnknown):
        declared.send(at(slug, sandbox), answer(reply))
    assert declared.find_sent(at(slug, sandbox), answer(reply), datetime.now(UTC), ()) is None


def test_a_history_that_lags_does_not_make_an_accepted_answer_look_lost(sandbox: Running) -> None:
    reply = received("smartlead", sandbox)
    for fault in ({"kind": "status", "status": 500}, {"kind": "status", "status": 429}, {"kind": "malformed"}):
        sandbox.control.add_fault("smartlead", path_contains="/message-history", **fault)
        receipt = smartlead.send(at("smartlead", sandbox), answer(reply))
        assert receipt.message_id is None and receipt.thread["stats_id"] == reply.thread["stats_id"]


def test_the_same_words_sent_a_minute_ago_are_not_taken_for_the_new_answer(sandbox: Running) -> None:
    reply = received("smartlead", sandbox)
    first, second = (smartlead.send(at("smartlead", sandbox), answer(reply)) for _ in range(2))
    assert first.message_id != second.message_id and None not in (first.message_id, second.message_id)


@pytest.mark.parametrize("slug", BOTH)
def test_history_gives_the_ids_the_webhooks_gave(sandbox: Running, slug: str) -> None:
    declared, reply = registry.provider(slug), received(slug, sandbox)
    receipt = declared.send(at(slug, sandbox), answer(reply))
    told = declared.read_history(at(slug, sandbox), History(person=reply.person, threads=(reply.thread,)))
    assert [event.kind for event in told] == ["outbound", "reply", "outbound"]
    assert [event.by_campaign for event in told] == [False, False, True]
    assert (told[0].external_id, told[1].external_id) == (receipt.message_id, reply.external_id)
    assert (told[0].dedupe_key, told[1].dedupe_key) == (f"{slug}:{receipt.message_id}", reply.dedupe_key)
    assert all(told[1].thread.get(key) == reply.thread[key] for key in declared.thread_keys)
    # Instantly's webhooks do not tell who got a copy; its history does.
    assert (told[1].from_address, told[1].to_address, told[1].cc) == (
        reply.from_address or reply.person.email, reply.to_address, ("ops@northwind.example",))
    opened = sandbox.control.act(slug, "acme", DANA, event={"smartlead": "EMAIL_SENT", "instantly": "email_sent"}[slug],
                                 deliver=False)["webhooks"][0]
    assert told[2].dedupe_key == declared.parse(opened).events[0].dedupe_key
    recent = declared.read_history(at(slug, sandbox), History(person=reply.person, threads=(reply.thread,),
                                                              since=datetime.now(UTC) - timedelta(hours=1)))
    assert [event.kind for event in recent] == ["outbound", "reply"]


@pytest.mark.parametrize("slug", BOTH)
def test_history_is_found_by_the_address_alone(sandbox: Running, slug: str) -> None:
    declared, reply = registry.provider(slug), received(slug, sandbox)
    told = declared.read_history(at(slug, sandbox), History(person=Person(email="dana@northwind.example")))
    assert reply.dedupe_key in [event.dedupe_key for event in told]
    assert declared.read_history(at(slug, sandbox), History(person=Person(email="nobody@x.example"))) == ()
    assert declared.read_history(at(slug, sandbox), History(person=Person(first_name="Dana"))) == ()


def test_instantly_history_is_read_page_by_page_and_not_for_ever() -> None:
    asked: list[httpx.URL] = []

    def page(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        row = {"id": f"m{len(asked)}", "ue_type": 2, "timestamp_email": "2026-11-20T13:45:12Z", "body": {"text": "Hi"}}
        return httpx.Response(200, json={"items": [row], "next_starting_after": row["id"]})

    with transport.through(httpx.MockTransport(page)):
        told = instantly.read_history(account("instantly", "http://x.example"), History(person=Person(email="a@b.example")))
    assert [event.external_id for event in told] == ["m1", "m2", "m3", "m4", "m5"]
    assert [url.params.get("starting_after") for url in asked] == [None, "m1", "m2", "m3", "m4"]


@pytest.mark.parametrize("slug", BOTH)
def test_a_provider_that_asks_us_to_wait_is_waited_for(sandbox: Running, slug: str) -> None:
    reply = received(slug, sandbox)
    sandbox.control.add_fault(slug, "status", status=429, retry_after=7)
    with pytest.raises(ProviderBusy) as raised:
        registry.provider(slug).send(at(slug, sandbox), answer(reply))
    assert raised.value.retry_after == 7 and sandbox.control.sent(slug) == []


@pytest.mark.parametrize("slug", BOTH)
@pytest.mark.parametrize(("fault", "error"), [
    ({"kind": "status", "status": 401}, ProviderLocked), ({"kind": "status", "status": 403}, ProviderLocked),
    ({"kind": "status", "status": 500}, OutcomeUnknown), ({"kind": "status", "status": 503}, OutcomeUnknown),
    ({"kind": "status", "status": 400, "message": "No."}, ProviderRefused), ({"kind": "malformed"}, OutcomeUnknown),
    ({"kind": "disconnect_after_accept"}, OutcomeUnknown)])
def test_what_goes_wrong_has_its_class(sandbox: Running, slug: str, fault: dict, error: type[ZrgError]) -> None:
    reply = received(slug, sandbox)
    sandbox.control.add_fault(slug, path_contains="/reply", **fault)
    with pytest.raises(error):
        registry.provider(slug).send(at(slug, sandbox), answer(reply))


@pytest.mark.parametrize("slug", BOTH)
def test_reading_that_fails_may_be_tried_again(sandbox: Running, slug: str) -> None:
    sandbox.control.add_fault(slug, "status", status=500)
    with pytest.raises(ProviderDown):
        registry.provider(slug).check(at(slug, sandbox))


STATS = {"campaign_id": "5", "stats_id": "s", "lead_id": "7"}
UUIDS = {"reply_to_uuid": "u", "eaccount": "chris@acme-mail.example"}
MAIL = Outgoing(idempotency_key="k", channel="email", body="Hello there", subject="Re: x", to_address="dana@northwind.example",
                to_name=None, cc=(), thread={}, person=Person(email="dana@northwind.example"))


@pytest.mark.parametrize(("body", "error", "code"), [
    ({"ok": False, "message": "Invalid API key"}, ProviderLocked, "provider_locked"),
    ({"success": False, "message": "Too many requests"}, ProviderBusy, "provider_busy"),
    ({"success": False, "message": "Email account is not connected"}, ProviderRefused, "sender_unavailable"),
    ({"error": "Email stats not found"}, ProviderRefused, "no_thread"),
    ({"error": {"message": "to_email is wrong"}}, ProviderRefused, "invalid_recipient"),
    ({"success": False}, ProviderRefused, "invalid_request"), ({"error": True}, ProviderRefused, "invalid_request")])
def test_a_smartlead_answer_of_200_can_be_a_refusal(body: dict, error: type[ZrgError], code: str) -> None:
    with transport.through(answering(body)), pytest.raises(error) as raised:
        smartlead.send(account("smartlead", "http://sl.example"), replace(MAIL, thread=STATS))
    assert raised.value.reason == code


@pytest.mark.parametrize(("body", "error", "code"), [
    ({"error": "ACC_AUTH_ERROR"}, ProviderRefused, "sender_unavailable"),
    ({"error": "ACC_NOT_FOUND"}, ProviderRefused, "sender_unavailable"),
    ({"error": "ACC_UNKNOWN_ERROR"}, OutcomeUnknown, "outcome_unknown"),
    ({"error": "Rate limit reached"}, ProviderBusy, "provider_busy"),
    ({"error": "SOMETHING_NEW"}, ProviderRefused, "invalid_request"), ({"error": {"a": 1}}, ProviderRefused, "invalid_request"),
    ({}, OutcomeUnknown, "outcome_unknown"), ([], OutcomeUnknown, "outcome_unknown"), (None, OutcomeUnknown, "outcome_unknown")])
def test_an_instantly_answer_of_200_can_be_a_refusal(body: object, error: type[ZrgError], code: str) -> None:
    with transport.through(answering_the_post(body)), pytest.raises(error) as raised:
        instantly.send(account("instantly", "http://in.example"), replace(MAIL, thread=UUIDS))
    assert raised.value.reason == code


@pytest.mark.parametrize(("slug", "status", "said", "code"), [
    ("smartlead", 404, "Campaign not found", "no_thread"), ("smartlead", 400, '"to_email" must be a valid email', "invalid_recipient"),
    ("smartlead", 422, "Something else", "invalid_request"), ("instantly", 404, "Email not found", "no_thread"),
    ("instantly", 400, "eaccount is not connected", "sender_unavailable"), ("instantly", 400, "New", "invalid_request")])
def test_refusals_have_codes(slug: str, status: int, said: str, code: str) -> None:
    thread = STATS if slug == "smartlead" else UUIDS
    with transport.through(answering({"message": said}, status)), pytest.raises(ProviderRefused) as raised:
        registry.provider(slug).send(account(slug, "http://x.example"), replace(MAIL, thread=thread))
    assert raised.value.reason == code


@pytest.mark.parametrize("slug", BOTH)
@pytest.mark.parametrize("thread", [{}, {"campaign_id": "../leads", "stats_id": "s"}, {"campaign_id": "5"}, {"reply_to_uuid": "u"},
                                    {"reply_id": "5", "sender_email_id": "3"}])
def test_without_a_mail_to_answer_nobody_is_called(slug: str, thread: dict) -> None:
    with pytest.raises(ProviderRefused) as raised:
        registry.provider(slug).send(account(slug, "http://127.0.0.1:9"), replace(MAIL, thread=thread))
    assert raised.value.reason == "no_thread"


def answering_the_post(body: object) -> httpx.MockTransport:
    """Who wrote is told; the answer itself is answered with `body`."""
    return httpx.MockTransport(lambda request: httpx.Response(200, content=json.dumps(
        body if request.method == "POST" else {"id": "u", "from_address_email": "Dana@northwind.example"})))


def test_a_colleague_who_wrote_is_not_answered_in_the_leads_name(sandbox: Running) -> None:
    reply = received("instantly", sandbox, replies_as="lee@northwind.example")
    with pytest.raises(ProviderRefused, match="came from lee@northwind.example"):
        instantly.send(at("instantly", sandbox), answer(reply))
    instantly.send(at("instantly", sandbox), answer(reply, to_address="lee@northwind.example"))
    assert [sent["to"] for sent in sandbox.control.sent("instantly")] == [["lee@northwind.example"]]


KEY = "sl-9f8e7d6c/5b4a+key"


@pytest.mark.parametrize("fault", [
    {"kind": "status", "status": 400, "message": f"GET /campaigns/?api_key={KEY} failed"},
    {"kind": "status", "status": 400, "message": "x" * 229 + f" {KEY}"},
    {"kind": "status", "status": 401, "message": "Bad key sl-9f8e7d6c%2F5b4a%2Bkey"}, {"kind": "status", "status": 500},
    {"kind": "status", "status": 429, "message": KEY}, {"kind": "malformed"}, {"kind": "disconnect_after_accept"},
    {"kind": "timeout_before", "seconds": 5}, {"kind": "status", "status": 200, "body": {"error": f"No such api_key={KEY}"}},
    {"kind": "status", "status": 200, "body": {"ok": False, "message": KEY}}])
def test_the_key_of_smartlead_never_reaches_a_log_an_error_or_a_trace(
        sandbox: Running, fault: dict, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    configure("test")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    sandbox.control.add_fault("smartlead", **fault)
    where = at("smartlead", sandbox, KEY)
    try:
        with transport.patience(0.3), pytest.raises(Outside) as raised:
            smartlead.check(where)
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.reset_defaults()
    error = raised.value
    shown = [written.getvalue(), *capsys.readouterr(), repr(error), str(error), error.sentence, repr(where),
             *traceback.format_exception(error), repr(error.__cause__), str(error.__cause__)]
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    requests = [frame.locals.get("request", "") for frame in trace.stack if frame.locals]
    for text in (*shown, *requests):
        assert not any(part in text for part in (KEY, "sl-9f8e7d6c", "5b4a"))


def test_a_request_shows_neither_header_nor_query_nor_body() -> None:
    request = transport.Request(account=account("smartlead", "http://x.example", KEY), title="SmartLead", method="GET", path="/leads/",
                                limit=smartlead.LIMIT, headers={"Authorization": KEY}, query={"api_key": KEY}, body={"key": KEY})
    assert "/leads/" in repr(request) and KEY not in repr(request)


def test_the_limits_are_those_of_the_providers() -> None:
    assert (smartlead.LIMIT.calls, smartlead.LIMIT.seconds) == (60, 60)
    assert (instantly.LIMIT.calls, instantly.LIMIT.seconds) == (100, 1)
    assert (instantly.LIST_LIMIT.calls, instantly.LIST_LIMIT.seconds) == (20, 60)


def test_lists_of_emails_are_counted_apart(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[str, int]] = []
    monkeypatch.setattr(transport, "_permit", lambda key, limit: counted.append((key, limit.calls)) or 0.0)
    instantly.check(at("instantly", sandbox))
    instantly.read_history(at("instantly", sandbox), History(person=Person(email="a@b.example")))
    assert counted == [("instantly:w", 100), ("instantly:w:emails", 20)]

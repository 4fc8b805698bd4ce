"""Do we speak Unipile as it does? Against the sandbox, and against answers it does not give."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.server import Running
from zrg_app.integrations import transport, unipile, unipile_errors
from zrg_app.integrations.base import Account, History, Outgoing, Person, Upload
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.settings import settings

DANA = {"public_identifier": "dana-kessler-ops", "first_name": "Dana", "last_name": "Kessler"}
TEXT = Outgoing(idempotency_key="k", channel="linkedin", body="Hello Dana", subject=None, to_address=None, to_name=None, cc=(),
                thread={}, person=Person(first_name="Dana", linkedin_url="https://www.linkedin.com/in/dana-kessler-ops"))
NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)


def account(base_url: str, key: str = "good-key") -> Account:
    return Account(provider="unipile", workspace_id="w", external_id="acc_acme", base_url=base_url, credentials={"api_key": key})


def at(sandbox: Running, key: str = "good-key") -> Account:
    return account(f"{sandbox.base_url}/unipile", key)


def told(sandbox: Running, event: str = "profile.viewed", body: str = "", **lead: str) -> dict:
    return sandbox.control.act("unipile", "acc_acme", DANA | lead, body, event=event, deliver=False)


def answering(body: object, status: int = 200) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, content=json.dumps(body)))


def refused(sandbox: Running, outgoing: Outgoing = TEXT) -> str:
    with pytest.raises(ProviderRefused) as raised:
        unipile.send(at(sandbox), outgoing)
    assert raised.value.sentence.endswith(".")
    return raised.value.reason


def test_the_test_button_names_the_account_or_what_is_wrong_with_it(sandbox: Running) -> None:
    assert unipile.check(at(sandbox)).sentence == "Connected to LinkedIn as Sandbox Owner."
    with pytest.raises(ProviderLocked, match="key"):
        unipile.check(at(sandbox, "bad-key"))
    for state in ("CREDENTIALS", "STOPPED", "ERROR", "PERMISSIONS"):
        told(sandbox, "account_status", state)
        with pytest.raises(ProviderLocked):
            unipile.check(at(sandbox))
    told(sandbox, "account_status", "CONNECTING")
    with pytest.raises(ProviderDown):
        unipile.check(at(sandbox))
    told(sandbox, "account_status", "RECONNECTED")
    assert unipile.check(at(sandbox)).account_name == "Sandbox Owner"


def test_an_account_of_another_kind_is_no_linkedin() -> None:
    with transport.through(answering({"type": "WHATSAPP", "sources": []})), pytest.raises(ProviderRefused, match="Whatsapp"):
        unipile.check(account("https://api1.unipile.com:13111"))


def test_an_answer_goes_into_the_chat_it_belongs_to_with_its_files(sandbox: Running) -> None:
    ids = told(sandbox, "message_received", "What does it cost?")["ids"]
    receipt = unipile.send(at(sandbox), replace(TEXT, thread={"chat_id": ids["chat_id"]}, files=(
        Upload(name="rates.pdf", content_type="application/pdf", content=b"%PDF\x00"),)))
    sent, = sandbox.control.sent("unipile")
    assert (sent["id"], sent["thread"], sent["text"], sent["files"]) == (
        receipt.message_id, ids["chat_id"], "Hello Dana", ["rates.pdf"])
    assert receipt.thread == {"chat_id": ids["chat_id"]}


def test_a_first_message_to_somebody_connected_opens_a_chat_and_learns_its_id(sandbox: Running) -> None:
    ids = told(sandbox)["ids"]
    receipt = unipile.send(at(sandbox), TEXT)
    sent, = sandbox.control.sent("unipile")
    assert (sent["what"], receipt.message_id, receipt.thread) == ("linkedin", sent["id"], {"chat_id": sent["thread"]})
    assert receipt.identities == {"linkedin_member": ids["provider_id"],
                                  "linkedin_url": "https://www.linkedin.com/in/dana-kessler-ops"}


def test_somebody_not_connected_gets_an_invitation_with_the_words_as_its_note(sandbox: Running) -> None:
    told(sandbox, distance="SECOND_DEGREE")
    receipt = unipile.send(at(sandbox), TEXT)
    sent, = sandbox.control.sent("unipile")
    assert (sent["what"], sent["text"]) == ("invitation", "Hello Dana")
    assert (receipt.message_id, receipt.thread) == (f"invitation:{sent['id']}", {"invitation_id": sent["id"]})
    assert refused(sandbox) == "already_invited_recently"


def test_a_note_that_is_too_long_or_has_files_is_not_sent(sandbox: Running) -> None:
    told(sandbox, distance="THIRD_DEGREE")
    assert refused(sandbox, replace(TEXT, body="x" * 301)) == "note_too_long"
    assert refused(sandbox, replace(TEXT, files=(Upload(name="a", content_type="text/plain", content=b"a"),))) == "no_files"
    assert sandbox.control.sent("unipile") == []
    assert unipile.send(at(sandbox), replace(TEXT, body="x" * 300)).message_id


@pytest.mark.parametrize(("outgoing", "code"), [
    (replace(TEXT, person=Person()), "missing_linkedin"),
    (replace(TEXT, person=Person(linkedin_url="https://www.linkedin.com/in/nobody-at-all")), "resource_not_found"),
    (replace(TEXT, thread={"chat_id": "../users/me"}), "invalid_recipient"), (replace(TEXT, thread={"chat_id": ".."}), "invalid_recipient"),
    (replace(TEXT, thread={"chat_id": "gone"}), "resource_not_found"),
    (replace(TEXT, files=(Upload(name="a", content_type="x/y", content=b"a" * 15_000_001),)), "files_too_large")])
def test_what_cannot_be_sent_is_refused_with_its_reason(sandbox: Running, outgoing: Outgoing, code: str) -> None:
    assert refused(sandbox, outgoing) == code
    assert sandbox.control.sent("unipile") == []


def test_invitations_rest_until_tomorrow_when_the_quota_is_nearly_used(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[tuple[str, float]] = []
    monkeypatch.setattr(transport, "_pause", lambda key, seconds: held.append((key, seconds)))
    told(sandbox, distance="SECOND_DEGREE", invitation_quota="2")
    unipile.send(at(sandbox), TEXT)
    assert held == []
    other = DANA | {"public_identifier": "lee-wong", "distance": "SECOND_DEGREE"}
    sandbox.control.act("unipile", "acc_acme", other, event="profile.viewed", deliver=False)
    unipile.send(at(sandbox), replace(TEXT, person=Person(linkedin_url="https://www.linkedin.com/in/lee-wong")))
    assert held == [("unipile:acc_acme:invitations", unipile_errors.UNTIL_TOMORROW)]


def test_a_used_up_quota_waits_until_tomorrow_and_holds_nothing_else(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    monkeypatch.setattr(transport, "_pause", lambda key, seconds: held.append(key))
    told(sandbox, distance="SECOND_DEGREE")
    sandbox.control.add_fault("unipile", "status", path_contains="/users/invite", method="POST", status=422,
                              message="errors/limit_exceeded")
    with pytest.raises(ProviderBusy, match="tomorrow") as raised:
        unipile.send(at(sandbox), TEXT)
    assert raised.value.retry_after > 3600 and held == ["unipile:acc_acme:invitations"]


def test_a_time_that_the_provider_names_itself_is_waited_and_no_day(sandbox: Running) -> None:
    done = told(sandbox, "message_received", "What does it cost?")
    sandbox.control.add_fault("unipile", "status", method="POST", status=429, retry_after=7)
    with pytest.raises(ProviderBusy, match="slow down") as raised:
        unipile.send(at(sandbox), replace(TEXT, thread={"chat_id": done["ids"]["chat_id"]}))
    assert raised.value.retry_after == 7


def test_our_own_count_of_invitations_speaks_of_tomorrow_too(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    told(sandbox, distance="SECOND_DEGREE")
    monkeypatch.setattr(transport, "_permit", lambda key, limit: 5000.0 if key.endswith(":invitations") else 0.0)
    with pytest.raises(ProviderBusy, match="goes out tomorrow"):
        unipile.send(at(sandbox), TEXT)
    assert sandbox.control.sent("unipile") == []


def test_a_lost_answer_is_found_in_the_chat_and_on_the_invitation(sandbox: Running) -> None:
    since = datetime.now(UTC)
    told(sandbox)
    sandbox.control.add_fault("unipile", "disconnect_after_accept", path_contains="/chats", method="POST")
    with pytest.raises(OutcomeUnknown):
        unipile.send(at(sandbox), TEXT)
    found = unipile.find_sent(at(sandbox), TEXT, since)
    sent, = sandbox.control.sent("unipile")
    assert (found.message_id, found.thread) == (sent["id"], {"chat_id": sent["thread"]})
    assert unipile.find_sent(at(sandbox), TEXT, since, {sent["id"]}) is None
    assert unipile.find_sent(at(sandbox), replace(TEXT, body="Other words"), since) is None
    assert unipile.find_sent(at(sandbox), replace(TEXT, thread=found.thread), since).message_id == sent["id"]
    assert unipile.find_sent(at(sandbox), replace(TEXT, thread=found.thread), since + timedelta(minutes=5)) is None


def test_a_lost_answer_to_an_invitation_is_found_among_the_sent_ones(sandbox: Running) -> None:
    since = datetime.now(UTC)
    told(sandbox, distance="SECOND_DEGREE")
    sandbox.control.add_fault("unipile", "disconnect_after_accept", path_contains="/users/invite", method="POST")
    with pytest.raises(OutcomeUnknown):
        unipile.send(at(sandbox), TEXT)
    sent, = sandbox.control.sent("unipile")
    found = unipile.find_sent(at(sandbox), TEXT, since)
    assert found.message_id == f"invitation:{sent['id']}"
    assert unipile.find_sent(at(sandbox), TEXT, since, {found.message_id}) is None


def test_a_first_message_that_is_not_listed_yet_is_looked_up_later(sandbox: Running) -> None:
    told(sandbox)
    sandbox.control.add_fault("unipile", "status", path_contains="/messages", method="GET", status=503)
    since = datetime.now(UTC)
    with pytest.raises(OutcomeUnknown):
        unipile.send(at(sandbox), TEXT)
    assert unipile.find_sent(at(sandbox), TEXT, since).message_id == sandbox.control.sent("unipile")[0]["id"]


def test_a_named_first_message_needs_no_second_call() -> None:
    profile = {"provider_id": "ACoAA1", "network_distance": "FIRST_DEGREE"}
    answers = {"GET": profile, "POST": {"chat_id": "c1", "message_id": "m1"}}
    seen: list[httpx.Request] = []
    edge = httpx.MockTransport(lambda each: (seen.append(each), httpx.Response(200, json=answers[each.method]))[-1])
    with transport.through(edge):
        receipt = unipile.send(account("https://api1.unipile.com:13111/api/v1/"), TEXT)
    assert (receipt.message_id, receipt.thread) == ("m1", {"chat_id": "c1"})
    assert [(each.method, each.url.path) for each in seen] == [("GET", "/api/v1/users/dana-kessler-ops"), ("POST", "/api/v1/chats")]
    assert b'name="attendees_ids"\r\n\r\nACoAA1' in seen[1].content and seen[1].headers["x-api-key"] == "good-key"


@pytest.mark.parametrize(("slug", "status", "reading", "sending"), [
    *((slug, 401, ProviderLocked, ProviderLocked) for slug in sorted(unipile_errors.LOCKED)),
    *((slug, 422, ProviderRefused, ProviderRefused) for slug in sorted(unipile_errors.REFUSED)),
    *((slug, 422, ProviderBusy, ProviderBusy) for slug in sorted(unipile_errors.TOO_MUCH)),
    *((slug, 500, ProviderDown, OutcomeUnknown) for slug in sorted(unipile_errors.TRANSIENT)),
    ("no_client_session", 422, ProviderDown, OutcomeUnknown), ("disconnected_account", 503, ProviderLocked, ProviderLocked),
    ("brand_new", 422, ProviderRefused, ProviderRefused), ("brand_new", 500, ProviderDown, OutcomeUnknown)])
def test_the_type_of_an_error_decides_and_not_its_status(slug: str, status: int, reading: type, sending: type) -> None:
    body = {"status": status, "type": f"errors/{slug}", "title": "Something", "detail": "More of it"}
    with transport.through(answering(body, status)):
        with pytest.raises(reading):
            unipile.check(account("https://api1.unipile.com:13111"))
        with pytest.raises(sending):
            unipile.send(account("https://api1.unipile.com:13111"), replace(TEXT, thread={"chat_id": "c"}))


@pytest.mark.parametrize("body", ["<html>", [], {}, {"type": 7}, {"message": "no"}])
def test_an_error_without_a_type_is_read_by_its_status(body: object) -> None:
    for status, kind in ((500, OutcomeUnknown), (429, ProviderBusy), (401, ProviderLocked), (422, ProviderRefused)):
        with transport.through(answering(body, status)), pytest.raises(kind):
            unipile.send(account("https://api1.unipile.com:13111"), replace(TEXT, thread={"chat_id": "c"}))


def test_history_has_the_keys_of_the_webhooks(sandbox: Running) -> None:
    first = told(sandbox, "message_received", "What does it cost?", tells_slug="yes")
    person = Person(first_name="Dana", last_name="Kessler", identities={"linkedin_member": first["ids"]["provider_id"]})
    sent = unipile.send(at(sandbox), replace(TEXT, thread={"chat_id": first["ids"]["chat_id"]}))
    events = unipile.read_history(at(sandbox), History(person=person))
    assert [(each.kind, each.dedupe_key, each.text) for each in events] == [
        ("reply", f"unipile:{first['ids']['message_id']}", "What does it cost?"), ("outbound", f"unipile:{sent.message_id}", "Hello Dana")]
    assert events == unipile.read_history(at(sandbox), History(person=Person(first_name="Dana", last_name="Kessler", identities=(
        person.identities)), threads=({"chat_id": first["ids"]["chat_id"]}, {})))
    assert unipile.read_history(at(sandbox), History(person=person, since=datetime.now(UTC) + timedelta(hours=1))) == ()
    assert unipile.read_history(at(sandbox), History(person=Person())) == ()


def test_a_long_chat_is_read_page_by_page(sandbox: Running) -> None:
    messages = [{"body": f"Line {number}"} for number in range(230)]
    ids = sandbox.control.act("unipile", "acc_acme", DANA, messages=messages, event="message_received", deliver=False)["ids"]
    events = unipile.read_history(at(sandbox), History(person=Person(), threads=({"chat_id": ids["chat_id"]},)))
    assert len({event.dedupe_key for event in events}) == 230


def test_the_profile_of_a_member_is_looked_up(sandbox: Running) -> None:
    ids = told(sandbox)["ids"]
    found = unipile.look_up(at(sandbox), Person(identities={"linkedin_member": ids["provider_id"]}))
    assert (found.linkedin_url, found.first_name) == ("https://www.linkedin.com/in/dana-kessler-ops", "Dana")
    assert found.identities == {"linkedin_member": ids["provider_id"]}


def test_the_key_of_the_installation_goes_to_its_own_address_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIPILE_DSN", "api7.unipile.com:13744")
    monkeypatch.setenv("UNIPILE_API_KEY", "installation-key")
    settings.cache_clear()
    try:
        seen: list[httpx.Request] = []
        good = {"type": "LINKEDIN", "sources": [{"status": "OK"}]}
        edge = httpx.MockTransport(lambda each: (seen.append(each), httpx.Response(200, json=good))[-1])
        with transport.through(edge):
            unipile.check(account(settings().provider_url("unipile", ""), key=""))
            assert str(seen[0].url) == "https://api7.unipile.com:13744/api/v1/accounts/acc_acme"
            assert seen[0].headers["x-api-key"] == "installation-key"
            with pytest.raises(ProviderLocked, match="API key"):
                unipile.check(account("https://api9.unipile.com:13000", key=""))
        assert len(seen) == 1
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    with pytest.raises(ProviderLocked, match="address"):
        unipile.check(account(""))

"""Is every way a call can end read as what it means? Told by an HTTP edge, and by a sandbox that fails for real."""

import json
import socket
from dataclasses import replace
from email import message_from_bytes, policy

import httpx
import pytest

from sandbox.server import Running
from zrg_app.integrations import transport
from zrg_app.integrations.base import Account, RateLimit, Upload
from zrg_app.kit.errors import (
    OutcomeUnknown,
    ProviderBusy,
    ProviderDown,
    ProviderLocked,
    ProviderRefused,
    ZrgError,
)

SECRET = "pit-very-secret-token"
LIMIT = RateLimit(calls=90, seconds=10)


def request(base_url: str = "http://provider.example", *, sends: bool = False, token: str = SECRET) -> transport.Request:
    account = Account(provider="ghl", workspace_id="w", external_id="loc", base_url=base_url, credentials={"access_token": token})
    return transport.Request(account=account, title="GoHighLevel", method="POST", path="/things", limit=LIMIT,
                             headers={"Authorization": f"Bearer {token}"}, body={"a": 1}, sends=sends)


def outcome(status: int, body: object = None, *, sends: bool = False, headers: dict | None = None) -> ZrgError:
    content = body if isinstance(body, str) else json.dumps(body)
    edge = httpx.MockTransport(lambda _: httpx.Response(status, content=content, headers=headers))
    with transport.through(edge), pytest.raises(ZrgError) as raised:
        transport.call(request(sends=sends))
    return raised.value


@pytest.mark.parametrize(("status", "reading", "sending"), [
    (400, ProviderRefused, ProviderRefused), (404, ProviderRefused, ProviderRefused), (422, ProviderRefused, ProviderRefused),
    (401, ProviderLocked, ProviderLocked), (403, ProviderLocked, ProviderLocked), (429, ProviderBusy, ProviderBusy),
    (500, ProviderDown, OutcomeUnknown), (502, ProviderDown, OutcomeUnknown), (503, ProviderDown, OutcomeUnknown),
    (408, ProviderDown, OutcomeUnknown), (302, ProviderRefused, ProviderRefused)])
def test_a_status_means_the_same_everywhere(status: int, reading: type, sending: type) -> None:
    assert type(outcome(status)) is reading
    assert type(outcome(status, sends=True)) is sending


@pytest.mark.parametrize(("header", "seconds"), [
    ("30", 30.0), ("0", 1.0), ("-5", 1.0), ("nan", 10.0), ("soon", 10.0), ("1e9", 900.0),
    ("Fri, 01 Jan 2100 00:00:00 GMT", 900.0), ("Sat, 01 Jan 2000 00:00:00 GMT", 1.0)])
def test_retry_after_is_read_in_seconds_and_as_a_date_within_bounds(header: str, seconds: float) -> None:
    error = outcome(429, headers={"retry-after": header})
    assert isinstance(error, ProviderBusy)
    assert error.retry_after == seconds


def test_an_answer_that_is_not_json_says_nothing_about_a_send() -> None:
    assert isinstance(outcome(200, '{"cut', sends=True), OutcomeUnknown)
    assert isinstance(outcome(200, '{"cut'), ProviderDown)


@pytest.mark.parametrize("body", [
    {"message": "No such field"}, {"data": {"message": "No such field"}}, {"error": "No such field"},
    {"error": {"message": "No such field"}}, {"message": ["No such field"]}])
def test_what_the_provider_says_reaches_the_person(body: dict) -> None:
    assert "No such field" in outcome(422, body).sentence


@pytest.mark.parametrize("body", ["<html>", "[]", "null", '{"message": {"deep": 1}}', "[" * 5000])
def test_an_error_body_of_any_shape_is_a_clear_error(body: str) -> None:
    assert isinstance(outcome(400, body), ProviderRefused)


def test_a_secret_that_the_provider_repeats_is_not_repeated_by_us() -> None:
    error = outcome(401, {"message": f"Invalid token: {SECRET}"})
    assert SECRET not in error.sentence
    assert "••••" in error.sentence


@pytest.mark.parametrize("token", ["with\nnewline", "schlüssel-€"])
def test_credentials_that_cannot_be_sent_are_named_and_not_shown(sandbox: Running, token: str) -> None:
    with pytest.raises(ProviderLocked) as raised:
        transport.call(request(sandbox.base_url, token=token))
    assert token not in raised.value.sentence


def test_a_provider_that_refuses_the_connection_has_got_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ProviderDown):
            transport.call(request(f"http://127.0.0.1:{taken.getsockname()[1]}", sends=True))


@pytest.mark.parametrize("address", ["ftp://provider.example", "not an address"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ProviderRefused) as raised:
        transport.call(request(address, sends=True))
    assert raised.value.reason == "bad_address"


@pytest.mark.parametrize("kind", ["timeout_after_accept", "timeout_before", "disconnect_after_accept", "disconnect_before"])
def test_silence_after_the_request_left_is_unknown_for_a_send_and_down_for_a_read(sandbox: Running, kind: str) -> None:
    for sends, expected in ((True, OutcomeUnknown), (False, ProviderDown)):
        sandbox.control.add_fault("ghl", kind, seconds=20)
        with transport.patience(0.3), pytest.raises(expected):
            transport.call(request(f"{sandbox.base_url}/ghl", sends=sends))


def test_our_turn_is_waited_for_before_the_request_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_permit", lambda key, limit: 2.5)
    with transport.through(httpx.MockTransport(lambda _: pytest.fail("It left."))), pytest.raises(ProviderBusy) as raised:
        transport.call(request(sends=True))
    assert raised.value.retry_after == 2.5


def test_a_provider_that_asks_us_to_wait_pauses_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    paused: list[tuple[str, float]] = []
    monkeypatch.setattr(transport, "_pause", lambda key, seconds: paused.append((key, seconds)))
    outcome(429, headers={"retry-after": "7"})
    assert paused == [("ghl:loc", 7.0)]


def test_an_answer_without_end_is_cut_off() -> None:
    endless = httpx.MockTransport(lambda _: httpx.Response(200, content=(b"x" * 1_000_000 for _ in range(50))))
    with transport.through(endless), pytest.raises(OutcomeUnknown):
        transport.call(request(sends=True))


def parts_of(seen: httpx.Request) -> list[tuple[str, str | None, bytes]]:
    """The parts of a multipart request as name, file name and content."""
    message = message_from_bytes(b"Content-Type: " + seen.headers["content-type"].encode() + b"\r\n\r\n" + seen.content,
                                 policy=policy.HTTP)
    return [(part.get_param("name", header="content-disposition"), part.get_filename(), part.get_payload(decode=True))
            for part in message.iter_parts()]


def sent_parts(**multipart: object) -> list[tuple[str, str | None, bytes]]:
    seen: list[httpx.Request] = []
    edge = httpx.MockTransport(lambda each: (seen.append(each), each.read(), httpx.Response(200, json={}))[-1])
    with transport.through(edge):
        transport.call(replace(request(), body=None, **multipart))
    assert seen[0].headers["content-type"].startswith("multipart/form-data")
    return parts_of(seen[0])


def test_a_form_is_multipart_even_without_files_and_repeats_its_lists() -> None:
    form = {"text": "Hé", "ids": ["a", "b"], "flag": False, "number": 3, "missing": None}
    assert sent_parts(form=form) == [("text", None, "Hé".encode()), ("ids", None, b"a"), ("ids", None, b"b"),
                                     ("flag", None, b"false"), ("number", None, b"3")]


def test_files_go_with_the_form_under_the_name_the_provider_wants() -> None:
    file = Upload(name="offer.pdf", content_type="application/pdf", content=b"%PDF\x00\r\n--x")
    assert sent_parts(form={"text": "Hi"}, files=(file,), file_field="attachments[]") == [
        ("text", None, b"Hi"), ("attachments[]", "offer.pdf", b"%PDF\x00\r\n--x")]


def test_a_judge_is_asked_before_the_status_and_sees_the_body() -> None:
    seen: list[tuple] = []

    def judge(status: int, body: dict, said: str) -> ZrgError | None:
        seen.append((status, body, said))
        return ProviderRefused("No.", code="mine") if body.get("type") == "x" else None

    for content, kind in (({"type": "x", "detail": "More"}, ProviderRefused), ({"type": "y"}, ProviderLocked), ("[1]", ProviderLocked)):
        edge = httpx.MockTransport(lambda _, content=content: httpx.Response(401, content=(
            content if isinstance(content, str) else json.dumps(content))))
        with transport.through(edge), pytest.raises(kind):
            transport.call(replace(request(), judge=judge))
    assert seen == [(401, {"type": "x", "detail": "More"}, "More"), (401, {"type": "y"}, ""), (401, {}, "")]


def test_a_lane_is_counted_and_held_apart_from_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    held: list[tuple] = []
    monkeypatch.setattr(transport, "_permit", lambda key, limit: counted.append(key) or 0.0)
    monkeypatch.setattr(transport, "_pause", lambda key, seconds: held.append((key, seconds)))
    with transport.through(httpx.MockTransport(lambda _: httpx.Response(429, headers={"retry-after": "7"}))):
        for lane in ("", "invitations"):
            with pytest.raises(ProviderBusy):
                transport.call(replace(request(), counted=lane))
    transport.hold(request().account, "invitations", 60)
    assert counted == ["ghl:loc", "ghl:loc:invitations"]
    assert held == [("ghl:loc", 7.0), ("ghl:loc:invitations", 7.0), ("ghl:loc:invitations", 60)]

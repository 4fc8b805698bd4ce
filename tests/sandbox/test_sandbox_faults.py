"""Does each fault switch spoil exactly the requests it was set for, and only in its own way?"""

from typing import Any

import httpx
import pytest

from sandbox.client import SandboxRefused
from sandbox.server import Running

MAIL = {"from": "inbox@agency.example", "to": "new@agency.example", "subject": "Hello", "text": "Hi"}


@pytest.fixture
def text(sandbox: Running) -> dict[str, str]:
    """A text message that GoHighLevel would take."""
    ids = sandbox.control.act("ghl", "loc_a", {"phone": "+15550100300"}, "Hi", deliver=False)["ids"]
    return {"type": "SMS", "contactId": ids["contact_id"], "message": "Hello"}


def send(http: httpx.Client, text: dict[str, str], **more: Any) -> httpx.Response:
    return http.post("/ghl/conversations/messages", json=text, **more)


def outbound(sandbox: Running, http: httpx.Client) -> int:
    """Count our messages the way a reconciling product would: by reading the conversation."""
    found = http.get("/ghl/conversations/search", params={"locationId": "loc_a"}).json()["conversations"]
    rows = http.get(f"/ghl/conversations/{found[0]['id']}/messages").json()["messages"]["messages"]
    return sum(row["direction"] == "outbound" for row in rows)


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_status_fault_answers_as_often_as_asked_and_sends_nothing(
    sandbox: Running, http: httpx.Client, text: dict[str, str], status: int
) -> None:
    sandbox.control.add_fault("ghl", "status", status=status, times=2, message="Told to fail")
    answers = [send(http, text) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].json()["message"] == "Told to fail"
    assert ("retry-after" in answers[0].headers) is (status == 429)
    assert outbound(sandbox, http) == 1
    assert [entry["outcome"]["fault"] for entry in sandbox.control.received(method="POST")] == [
        "status",
        "status",
        None,
    ]


def test_too_many_requests_says_when_to_come_back(sandbox: Running, http: httpx.Client, text: dict[str, str]) -> None:
    sandbox.control.add_fault("ghl", "status", status=429, retry_after=17)
    assert send(http, text).headers["retry-after"] == "17"


def test_a_hang_before_the_work_leaves_nothing_behind(sandbox: Running, http: httpx.Client, text: dict[str, str]) -> None:
    sandbox.control.add_fault("ghl", "timeout_before", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        send(http, text, timeout=0.2)
    assert sandbox.control.received(provider="ghl") == []
    assert outbound(sandbox, http) == 0


def test_a_hang_after_the_work_has_sent_the_message(sandbox: Running, http: httpx.Client, text: dict[str, str]) -> None:
    sandbox.control.add_fault("ghl", "timeout_after_accept", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        send(http, text, timeout=0.3)
    assert len(sandbox.control.sent("ghl")) == 1
    assert outbound(sandbox, http) == 1


def test_a_mail_that_hung_after_the_work_is_in_the_thread(sandbox: Running, http: httpx.Client) -> None:
    ids = sandbox.control.act("emailbison", "42", {"email": "p@harbor.example"}, "Hi", deliver=False)["ids"]
    sandbox.control.add_fault("emailbison", "timeout_after_accept", seconds=60, path_contains="/reply")
    with pytest.raises(httpx.ReadTimeout):
        http.post(
            f"/emailbison/api/replies/{ids['reply_id']}/reply",
            timeout=0.3,
            json={
                "message": "Hello",
                "sender_email_id": ids["sender_email_id"],
                "to_emails": [{"name": None, "email_address": "p@harbor.example"}],
            },
        )
    thread = http.get(f"/emailbison/api/replies/{ids['reply_id']}/conversation-thread").json()["data"]
    assert [row["folder"] for row in thread["newer_messages"]] == ["Sent"]


def test_a_retry_with_the_same_key_after_a_hang_sends_no_second_mail(sandbox: Running, http: httpx.Client) -> None:
    sandbox.control.add_fault("resend", "timeout_after_accept", seconds=60)
    key = {"Idempotency-Key": "reset/5"}
    with pytest.raises(httpx.ReadTimeout):
        http.post("/resend/emails", json=MAIL, headers=key, timeout=0.3)
    assert http.post("/resend/emails", json=MAIL, headers=key).status_code == 200
    assert len(sandbox.control.sent("resend")) == 1


@pytest.mark.parametrize(("kind", "sent"), [("disconnect_after_accept", 1), ("disconnect_before", 0)])
def test_a_cut_line_gives_no_answer_at_all(
    sandbox: Running, http: httpx.Client, text: dict[str, str], kind: str, sent: int
) -> None:
    sandbox.control.add_fault("ghl", kind)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        send(http, text)
    assert outbound(sandbox, http) == sent


def test_a_slow_answer_is_still_the_right_one(sandbox: Running, http: httpx.Client, text: dict[str, str]) -> None:
    sandbox.control.add_fault("ghl", "slow", seconds=0.05)
    assert send(http, text).status_code == 200
    assert sandbox.control.received(method="POST")[0]["outcome"]["fault"] == "slow"


@pytest.mark.parametrize("provider", ["ghl", "resend"])
def test_a_malformed_answer_is_cut_in_the_middle(
    sandbox: Running, http: httpx.Client, text: dict[str, str], provider: str
) -> None:
    sandbox.control.add_fault(provider, "malformed")
    answer = send(http, text) if provider == "ghl" else http.post("/resend/emails", json=MAIL)
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="."):
        answer.json()
    assert len(sandbox.control.sent(provider)) == 1


def test_quota_errors_are_worded_per_provider(sandbox: Running, http: httpx.Client) -> None:
    sandbox.control.add_fault("*", "insufficient_quota", times=2)
    assert http.post("/resend/emails", json=MAIL).json()["name"] == "daily_quota_exceeded"
    model = http.post("/openai/v1/responses", json={"model": "m", "input": "x"})
    assert (model.status_code, model.json()["error"]["type"]) == (429, "insufficient_quota")


def test_a_fault_minds_path_method_and_the_number_to_let_through(
    sandbox: Running, http: httpx.Client, text: dict[str, str]
) -> None:
    sandbox.control.add_fault("ghl", "status", path_contains="/messages", method="POST", after=1)
    assert http.get("/ghl/conversations/search", params={"locationId": "loc_a"}).status_code == 200
    assert [send(http, text).status_code for _ in range(3)] == [200, 500, 200]
    assert (sandbox.control.faults()[0]["fired"], sandbox.control.faults()[0]["spent"]) == (1, True)


def test_faults_can_last_until_they_are_cleared(sandbox: Running, http: httpx.Client, text: dict[str, str]) -> None:
    sandbox.control.add_fault("ghl", "status", times=0)
    assert {send(http, text).status_code for _ in range(4)} == {500}
    assert sandbox.control.clear_faults("resend") == 0
    assert sandbox.control.clear_faults() == 1
    assert send(http, text).status_code == 200


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "status"},
        {"provider": "ghl"},
        {"provider": "ghl", "kind": "earthquake"},
        {"provider": "ghl", "kind": "slow", "seconds": 9999},
        {"provider": "ghl", "kind": "status", "status": "x"},
        {"provider": "ghl", "kind": "status", "colour": "red"},
        {"provider": "ghl", "kind": "slow", "times": -1},
    ],
)
def test_a_senseless_fault_is_refused_with_a_sentence(sandbox: Running, wish: dict[str, Any]) -> None:
    answer = httpx.post(f"{sandbox.base_url}/_control/faults", json=wish)
    assert answer.status_code == 422
    assert answer.json()["error"]
    with pytest.raises(SandboxRefused):
        sandbox.control.add_fault("ghl", "earthquake")

"""Does the stand-in Resend speak as the reference says, its idempotency above all?"""

import httpx
import pytest
import resend

from sandbox.server import Running

MAIL = {"from": "ZRG <inbox@agency.example>", "to": ["new@agency.example"], "subject": "Invitation", "text": "Join"}


def test_a_mail_is_taken_and_can_be_read_again(sandbox: Running, http: httpx.Client) -> None:
    mail_id = http.post("/resend/emails", json=MAIL).raise_for_status().json()["id"]
    read = http.get(f"/resend/emails/{mail_id}").json()
    assert (read["to"], read["subject"], read["last_event"]) == (MAIL["to"], "Invitation", "delivered")
    assert http.get("/resend/emails/unknown").json()["name"] == "not_found"


def test_the_same_key_and_body_send_once(sandbox: Running, http: httpx.Client) -> None:
    answers = [http.post("/resend/emails", json=MAIL, headers={"Idempotency-Key": "invite/1"}) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(sandbox.control.sent("resend")) == 1


def test_the_same_key_with_another_body_is_a_conflict(sandbox: Running, http: httpx.Client) -> None:
    http.post("/resend/emails", json=MAIL, headers={"Idempotency-Key": "invite/1"}).raise_for_status()
    refused = http.post("/resend/emails", json=MAIL | {"subject": "Other"}, headers={"Idempotency-Key": "invite/1"})
    assert (refused.status_code, refused.json()["name"]) == (409, "invalid_idempotent_request")


def test_a_key_whose_mail_was_refused_may_be_used_again(sandbox: Running, http: httpx.Client) -> None:
    key = {"Idempotency-Key": "invite/2"}
    assert http.post("/resend/emails", json=MAIL | {"to": []}, headers=key).status_code == 422
    assert http.post("/resend/emails", json=MAIL, headers=key).status_code == 200


def test_a_call_without_user_agent_is_turned_away_at_the_door(sandbox: Running, http: httpx.Client) -> None:
    del http.headers["user-agent"]
    refused = http.post("/resend/emails", json=MAIL)
    assert (refused.status_code, refused.text) == (403, "error code: 1010")


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"to": []}, 422, "missing_required_field"),
        ({"text": ""}, 422, "missing_required_field"),
        ({"from": "nobody"}, 422, "invalid_from_address"),
        ({"to": ["x"] * 51}, 422, "validation_error"),
        ({"subject": {"a": 1}}, 422, "invalid_parameter"),
        ({"to": {"a": 1}}, 422, "validation_error"),
    ],
)
def test_a_wrong_mail_is_refused(sandbox: Running, http: httpx.Client, change: dict[str, object], status: int, name: str) -> None:
    refused = http.post("/resend/emails", json=MAIL | change)
    assert (refused.status_code, refused.json()["name"]) == (status, name)


def test_keys_are_checked(sandbox: Running, http: httpx.Client) -> None:
    assert http.get("/resend/emails/x", headers={"authorization": ""}).json()["name"] == "missing_api_key"
    assert http.get("/resend/emails/x", headers={"authorization": "Bearer bad"}).json()["name"] == "invalid_api_key"


def test_a_batch_is_taken_whole_or_not_at_all(sandbox: Running, http: httpx.Client) -> None:
    assert http.post("/resend/emails/batch", json=[MAIL, MAIL | {"to": []}]).status_code == 422
    assert len(http.post("/resend/emails/batch", json=[MAIL, MAIL]).json()["data"]) == 2


def test_the_vendor_client_gets_along_with_it(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resend, "api_url", f"{sandbox.base_url}/resend")
    monkeypatch.setattr(resend, "api_key", "re_good")
    sent = resend.Emails.send(dict(MAIL), {"idempotency_key": "invite/9"})
    assert sent["id"] == sandbox.control.sent("resend")[0]["id"]

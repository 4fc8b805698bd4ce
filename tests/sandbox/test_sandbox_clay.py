"""Does the stand-in Clay take rows and answer as the reference says?"""

import httpx
import pytest

from sandbox.client import SandboxRefused
from sandbox.receiver import Receiver
from sandbox.server import Running

ROW = {"leadId": "lead-1", "requestId": "req-1", "enrichmentType": "phone", "firstName": "Dana"}
TABLE = "/clay/v3/sources/webhook/phones"


def test_a_row_is_taken_and_its_answer_gives_our_ids_back(sandbox: Running, http: httpx.Client, receiver: Receiver) -> None:
    assert http.post(TABLE, json=ROW, headers={"x-clay-webhook-auth": "token"}).text == "OK"
    assert sandbox.control.sent("clay")[0]["columns"] == ROW
    told = sandbox.control.act("clay", "phones", {"lead_id": "lead-1"}, event="FOUND", secret="s" * 20, secret_in="header",
                               secret_name="x-clay-secret")
    assert told["webhooks"][0] == {"leadId": "lead-1", "requestId": "req-1", "enrichmentType": "phone", "status": "success",
                                   "phone": "+12125550188", "linkedinUrl": "", "linkedinId": "", "error": ""}
    assert [delivery["status"] for delivery in told["deliveries"]] == [200]


def test_a_bad_token_a_list_and_a_flood_are_refused(sandbox: Running, http: httpx.Client) -> None:
    assert http.post(TABLE, json=ROW, headers={"x-clay-webhook-auth": "bad"}).status_code == 401
    assert http.post(TABLE, json=[ROW]).status_code == 400
    assert http.post(TABLE, json={"leadId": "x" * 100_001}).status_code == 413
    sandbox.control.set_options(enforce_limits=True)
    answers = [http.post(TABLE, json=ROW).status_code for _ in range(14)]
    assert 429 in answers and sandbox.control.counts()["clay"]["accepted"] <= 11


def test_a_fault_can_be_switched_on(sandbox: Running, http: httpx.Client) -> None:
    sandbox.control.add_fault("clay", "status", status=503, times=1)
    assert [http.post(TABLE, json=ROW).status_code for _ in range(2)] == [503, 200]


@pytest.mark.parametrize("lead", [{"kind": "phone"}, {"lead_id": "x", "kind": "shoe size"}])
def test_an_answer_to_nothing_cannot_be_wished_for(sandbox: Running, lead: dict[str, str]) -> None:
    with pytest.raises(SandboxRefused):
        sandbox.control.act("clay", "phones", lead, event="FOUND")

"""Does the stand-in Calendly speak as the reference says, and does it sign what it posts?"""

import hashlib
import hmac
import json

import httpx
import pytest

from sandbox.client import SandboxRefused
from sandbox.receiver import Receiver
from sandbox.server import Running

DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example", "timezone": "America/Chicago"}
WORKSPACE = "0199f5d2-1111-7abc-8def-123456789abc"


def _me(http: httpx.Client) -> dict:
    return http.get("/calendly/users/me").raise_for_status().json()["resource"]


def _subscribe(http: httpx.Client, **more: object) -> httpx.Response:
    me = _me(http)
    wanted = {"url": f"https://inbox.example/api/webhooks/calendly/{WORKSPACE}", "events": ["invitee.created", "invitee.canceled"],
              "organization": me["current_organization"], "user": me["uri"], "scope": "user", "signing_key": "k1"}
    return http.post("/calendly/webhook_subscriptions", json=wanted | more)


def test_a_subscription_is_made_once_listed_and_deleted(http: httpx.Client) -> None:
    made = _subscribe(http)
    resource = made.json()["resource"]
    assert made.status_code == 201 and resource["state"] == "active" and "signing_key" not in json.dumps(resource)
    again = _subscribe(http)
    assert (again.status_code, again.json()["title"]) == (409, "Already Exists")
    asked = {"organization": resource["organization"], "scope": "user", "user": resource["user"]}
    assert [row["uri"] for row in http.get("/calendly/webhook_subscriptions", params=asked).json()["collection"]] == [resource["uri"]]
    key = resource["uri"].rsplit("/", 1)[-1]
    assert http.delete(f"/calendly/webhook_subscriptions/{key}").status_code == 204
    assert http.delete(f"/calendly/webhook_subscriptions/{key}").status_code == 404


@pytest.mark.parametrize("more", [{"url": "nowhere"}, {"events": ["nothing"]}, {"scope": "planet"}, {"user": None}, {"organization": ""}])
def test_a_wrong_subscription_is_refused_with_its_parameter(http: httpx.Client, more: dict) -> None:
    answer = _subscribe(http, **more)
    assert answer.status_code == 400 and answer.json()["details"][0]["parameter"] == next(iter(more))


def test_nobody_comes_in_without_a_token_or_sees_another_s_subscriptions(sandbox: Running, http: httpx.Client) -> None:
    _subscribe(http)
    assert httpx.get(f"{sandbox.base_url}/calendly/users/me").status_code == 401
    other = {"authorization": "Bearer somebody-else"}
    me = httpx.get(f"{sandbox.base_url}/calendly/users/me", headers=other).json()["resource"]
    rows = httpx.get(f"{sandbox.base_url}/calendly/webhook_subscriptions", headers=other, params={
        "organization": me["current_organization"], "scope": "user"}).json()["collection"]
    assert rows == [] and me["uri"] != _me(http)["uri"]


def test_a_booking_is_posted_signed_over_its_bytes(sandbox: Running, http: httpx.Client, receiver: Receiver) -> None:
    _subscribe(http)
    act = sandbox.control.act("calendly", WORKSPACE, DANA, "12 trucks", event="invitee.created", subject="Freight intro",
                              at="2026-11-26T18:00:00Z")
    got, = receiver.deliveries
    stamp, given = (part.partition("=")[2] for part in got["headers"]["calendly-webhook-signature"].split(","))
    assert got["path"] == f"/api/webhooks/calendly/{WORKSPACE}"
    assert given == hmac.new(b"k1", stamp.encode() + b"." + got["raw"], hashlib.sha256).hexdigest()
    told = json.loads(got["raw"])["payload"]
    assert told["uri"] == act["ids"]["invitee_uri"] and told["scheduled_event"]["start_time"] == "2026-11-26T18:00:00.000000Z"


def test_a_move_is_told_by_two_webhooks_that_name_each_other(sandbox: Running) -> None:
    old = sandbox.control.act("calendly", WORKSPACE, DANA, event="invitee.created", deliver=False)["ids"]
    new = sandbox.control.act("calendly", WORKSPACE, DANA | {"moves": old["invitee"]}, event="invitee.created", deliver=False)
    gone = sandbox.control.act("calendly", WORKSPACE, DANA, event="invitee.canceled", of=old["invitee"], deliver=False)
    told, left = new["webhooks"][0]["payload"], gone["webhooks"][0]["payload"]
    assert told["old_invitee"] == left["uri"] == old["invitee_uri"] and left["new_invitee"] == told["uri"]
    assert (left["rescheduled"], left["status"], told["status"]) == (True, "canceled", "active")


def test_a_cancellation_says_who_and_why(sandbox: Running) -> None:
    made = sandbox.control.act("calendly", WORKSPACE, DANA, event="invitee.created", deliver=False)["ids"]
    told = sandbox.control.act("calendly", WORKSPACE, DANA, "Ill", event="invitee.canceled", of=made["invitee"], deliver=False)
    cancellation = told["webhooks"][0]["payload"]["cancellation"]
    assert (cancellation["canceled_by"], cancellation["reason"], cancellation["canceler_type"]) == ("Dana Kessler", "Ill", "invitee")


@pytest.mark.parametrize(("lead", "more"), [({"first_name": "Dana"}, {}), (DANA, {"event": "invitee.canceled"}),
                                            (DANA, {"event": "invitee.canceled", "of": "nobody"}), (DANA | {"moves": "nobody"}, {})])
def test_what_cannot_be_played_is_refused(sandbox: Running, lead: dict, more: dict) -> None:
    with pytest.raises(SandboxRefused):
        sandbox.control.act("calendly", WORKSPACE, lead, **({"event": "invitee.created"} | more))

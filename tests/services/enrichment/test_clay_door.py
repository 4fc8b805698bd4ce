"""Who may come through Clay's door, and is every way of writing an answer understood?"""

import hashlib
import hmac
import json
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.enrichment.tables import SECRET, Tables
from tests.services.inbound.deliveries import understand
from zrg_app.integrations import clay
from zrg_app.integrations.base import NotTheirs
from zrg_app.kit import clock, ids
from zrg_app.kit.errors import Invalid, NotFound, Refused, Unauthenticated
from zrg_app.services.inbound import Malformed


def _body(tables: Tables, **more: object) -> dict:
    return {"leadId": str(tables.dana), "enrichmentType": "phone", "status": "success", "phone": "+12125550188"} | more


def _events(tables: Tables) -> int:
    return tables.sql("select count(*) from webhook_event")[0][0]


def test_every_place_for_the_secret_opens_the_door(tables: Tables) -> None:
    for number, shown in enumerate(({"offered": (SECRET,)}, {"offered": (), "headers": {"x-clay-secret": SECRET}},
                                    {"offered": (), "headers": {"x-clay-webhook-auth": SECRET}})):
        assert tables.knock(_body(tables, error=str(number), requestId=str(number)), **shown)["success"]
    assert _events(tables) == 3


def test_a_signature_made_with_the_secret_opens_it_and_any_other_does_not(tables: Tables) -> None:
    raw = json.dumps(_body(tables)).encode()
    signed = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    for value in (signed[:-1] + ("0" if signed[-1] != "0" else "1"), "sha256=", "nonsense"):
        with pytest.raises(Unauthenticated):
            tables.knock(raw, offered=(SECRET,), headers={"x-clay-signature": value})
    assert _events(tables) == 0
    assert tables.knock(raw, offered=(), headers={"x-webhook-signature": f"sha256={signed}"})["success"]


@pytest.mark.parametrize(("change", "options", "error"), [
    ({}, {"offered": ()}, Unauthenticated), ({}, {"offered": ("wrong-secret",)}, Unauthenticated),
    ({"leadId": ""}, {}, Malformed), ({"leadId": None}, {}, Malformed), ({"leadId": "42"}, {}, Malformed),
    ({"enrichmentType": "shoe", "phone": ""}, {}, Malformed), ({"leadId": str(ids.new_id())}, {}, NotFound),
    ({}, {"client_id": str(ids.new_id())}, NotFound)])
def test_who_does_not_belong_here_leaves_nothing_behind(tables: Tables, change: dict, options: dict, error: type) -> None:
    with pytest.raises(error):
        tables.knock(_body(tables) | change, **options)
    assert _events(tables) == 0 and tables.lead().phone is None


def test_a_workspace_without_a_secret_takes_no_answers(tables: Tables) -> None:
    tables.change("update connection set webhook_secret = null where provider = 'clay'")
    with pytest.raises(Unauthenticated, match="Settings"):
        tables.knock(_body(tables))


def test_the_secret_of_another_workspace_opens_nothing(tables: Tables) -> None:
    tables.change("update connection set webhook_secret = webhook_secret")
    with pytest.raises(NotFound):
        tables.knock(_body(tables), client_id=str(tables.world.birch))


_VALUES = st.sampled_from(["", None, "null", "+12125550188", "https://linkedin.com/in/dana", 12125550188, [], {}, True, "x\x00y"])
_KEYS = st.sampled_from(["leadId", "lead_id", "enrichmentType", "enrichment_type", "type", "status", "Status", "phone", "Phone Number",
                         "linkedinUrl", "linkedin_url", "linkedinId", "error", "requestId", "junk"])


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.dictionaries(_KEYS, _VALUES), named=st.booleans())
def test_no_body_brings_anything_down(tables: Tables, told: dict, named: bool) -> None:
    body = told | ({"leadId": str(tables.dana)} if named else {})
    try:
        kept = tables.knock(body)
    except Refused:
        return
    status, _ = understand(tables.world.acme, UUID(str(kept["eventId"])))
    assert status in ("SUCCEEDED", "IGNORED")
    assert tables.lead().phone in (None, "+12125550188")


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"leadId": {"a": 1}}'])
def test_what_is_no_object_is_refused(tables: Tables, raw: bytes) -> None:
    with pytest.raises((Invalid, Malformed)):
        tables.knock(raw)


@pytest.mark.parametrize(("told", "kind", "outcome", "value"), [
    ({"enrichmentType": "phone", "status": "success", "phone": "+1"}, "phone", "success", "+1"),
    ({"enrichment_type": "Phone Number", "Status": "Found", "phone_number": "+1"}, "phone", "success", "+1"),
    ({"type": "linkedin_url", "status": "enriched", "linkedin_url": "in/x"}, "linkedin", "success", "in/x"),
    ({"phone": "+1"}, "phone", "success", "+1"),
    ({"linkedinUrl": "in/x", "phone": None}, "linkedin", "success", "in/x"),
    ({"enrichmentType": "phone", "status": "success", "phone": ""}, "phone", "not_found", None),
    ({"enrichmentType": "phone", "status": "No Result"}, "phone", "not_found", None),
    ({"enrichmentType": "phone", "status": "failed", "error": "quota"}, "phone", "error", None),
    ({"enrichmentType": "phone"}, "phone", "not_found", None),
    ({"enrichmentType": "phone", "status": None, "phone": "null"}, "phone", "not_found", None)])
def test_the_ways_tables_write_an_answer_are_understood(told: dict, kind: str, outcome: str, value: str | None) -> None:
    parsed = clay.parse({"leadId": "x"} | told, received_at=clock.now())
    (event,) = parsed.events
    assert (event.thread, event.person.phone or event.person.linkedin_url) == ({"kind": kind, "outcome": outcome}, value)
    assert event.about_lead == "x" and clay.parse(told, received_at=clock.now()) == NotTheirs(reason="no_lead")


def test_the_same_answer_twice_is_one_and_another_is_two(tables: Tables) -> None:
    assert "deduped" not in tables.knock(_body(tables)) and tables.knock(_body(tables))["deduped"]
    assert "deduped" not in tables.knock(_body(tables, status="not_found", phone=""))

"""What do the doors answer, and what do they leave in the database? Over real HTTP, committed for real."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import text

from tests.api.serving import serving
from tests.services.inbound.deliveries import fixture, rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.kit import db
from zrg_app.kit.scope import workspace_system
from zrg_app.kit.settings import settings
from zrg_app.services.connections import routing, secrets

GHL, EMAIL = "/api/webhooks/ghl/sms", "/api/webhooks/email"


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    routing.forget()
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
    routing.forget()


def _ledger(world: World) -> list:
    return rows(world.acme, "select * from webhook_event order by received_at")


def _jobs(world: World) -> list:
    return rows(world.acme, "select * from background_job")


def _run(world: World, sql: str, **values: object) -> None:
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        tx.execute(text(sql), values)
    routing.forget()


def _ask_for_secret(world: World, provider: str, secret: str) -> None:
    _run(world, "update connection set webhook_secret = :secret where provider = :provider",
         secret=secrets.sealed(secret), provider=provider)


def test_every_door_says_it_is_there(http: httpx.Client) -> None:
    for path in (GHL, EMAIL, f"{GHL}/anything"):
        answer = http.get(path)
        assert answer.status_code == 200 and answer.json()["status"] == "ok"


def test_an_sms_is_durable_before_the_answer_with_its_bytes_and_its_job(http: httpx.Client, committed_world: World) -> None:
    body = json.dumps(fixture("ghl/workflow_sms"), indent=3).encode()
    answer = http.post(GHL, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 200 and answer.json()["success"] is True and "ignored" not in answer.json()
    row, = _ledger(committed_world)
    assert bytes(row.body) == body and row.status == "PENDING" and str(row.id) == answer.json()["eventId"]
    job, = _jobs(committed_world)
    assert (job.kind, job.payload, job.priority, job.lead_id) == (
        "inbound.understand_event", {"webhook_event_id": str(row.id)}, 10, None)
    assert understand(committed_world.acme, row.id) == ("SUCCEEDED", None)


def test_the_next_job_of_a_known_lead_waits_in_its_line(http: httpx.Client, committed_world: World) -> None:
    http.post(GHL, json=fixture("ghl/workflow_sms"))
    understand(committed_world.acme, _ledger(committed_world)[0].id)
    http.post(GHL, json=fixture("ghl/workflow_sms", message__body="And Friday?"))
    lead_id = rows(committed_world.acme, "select id from lead")[0].id
    assert [job.lead_id for job in _jobs(committed_world) if job.kind == "inbound.understand_event"] == [None, lead_id]


@pytest.mark.parametrize(("changes", "status", "error"), [
    ({"location": {}}, 400, "Missing location.id"), ({"location": None}, 400, "Missing location.id"),
    ({"contact_id": None}, 400, "Missing contact_id"), ({"contact_id": ["x"]}, 400, "Missing contact_id"),
    ({"location": {"id": "loc_stranger"}}, 404, "Client not registered for location: loc_stranger")])
def test_an_sms_without_address_is_refused(
    http: httpx.Client, committed_world: World, changes: dict, status: int, error: str
) -> None:
    answer = http.post(GHL, json={**fixture("ghl/workflow_sms"), **changes})
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert _ledger(committed_world) == []


def test_an_empty_message_is_kept_and_ignored(http: httpx.Client, committed_world: World) -> None:
    answer = http.post(GHL, json=fixture("ghl/workflow_without_message"))
    assert answer.status_code == 200
    assert {key: answer.json()[key] for key in ("success", "ignored", "reason")} == {
        "success": True, "ignored": True, "reason": "empty_message"}
    assert [row.status for row in _ledger(committed_world)] == ["IGNORED"] and _jobs(committed_world) == []


def test_an_unused_app_event_without_contact_is_ignored_not_refused(http: httpx.Client) -> None:
    answer = http.post(GHL, json=fixture("ghl/appointment_create", type="ContactCreate"))
    assert (answer.status_code, answer.json()["reason"]) == (200, "event_not_used")


@pytest.mark.parametrize(("changes", "error"), [
    ({"event": None}, "Missing event"), ({"data": None}, "Missing data"), ({"data": {"reply": {}}}, "Missing reply.id"),
    ({"data": {"reply": {"id": 5}}}, "Missing reply.from_email_address")])
def test_a_mail_without_what_it_needs_is_refused(http: httpx.Client, committed_world: World, changes: dict, error: str) -> None:
    answer = http.post(EMAIL, json={**fixture("emailbison/lead_replied"), **changes})
    assert (answer.status_code, answer.json()) == (400, {"error": error})
    assert _ledger(committed_world) == []


def test_a_sent_mail_needs_its_id(http: httpx.Client) -> None:
    answer = http.post(EMAIL, json=fixture("emailbison/email_sent", data__scheduled_email={}))
    assert (answer.status_code, answer.json()) == (400, {"error": "Missing scheduled_email.id"})


def test_a_mail_finds_its_workspace_by_our_id_their_id_or_a_name_only_one_has(http: httpx.Client, committed_world: World) -> None:
    stranger = {"event__workspace_id": 999, "event__workspace_name": "Nobody"}
    by_ours = fixture("emailbison/lead_replied", **stranger)
    assert http.post(EMAIL, params={"clientId": str(committed_world.acme)}, json=by_ours).status_code == 200
    as_text = fixture("emailbison/lead_replied", data__reply__id=1, event__workspace_id="4711", event__workspace_name=None)
    assert http.post(EMAIL, json=as_text).status_code == 200
    by_name = fixture("emailbison/lead_replied", data__reply__id=2, event__workspace_id=None, event__workspace_name="aCME growth")
    assert http.post(EMAIL, params={"clientId": "not-an-id"}, json=by_name).status_code == 200
    assert len(_ledger(committed_world)) == 3
    assert http.post(EMAIL, json=fixture("emailbison/lead_replied", **stranger)).status_code == 404
    _run(committed_world, "select 1")
    with db.transaction(workspace_system(committed_world.birch, "test")) as tx:
        tx.execute(text("update workspace set name = 'ACME Growth'"))
    routing.forget()
    assert http.post(EMAIL, json={**by_name, "data": {**by_name["data"], "reply": {**by_name["data"]["reply"], "id": 3}}}
                     ).status_code == 404


def test_a_workspace_that_reads_mail_elsewhere_ignores_it(http: httpx.Client, committed_world: World) -> None:
    _run(committed_world, "update workspace_settings set email_provider = 'smartlead'")
    answer = http.post(EMAIL, json=fixture("emailbison/lead_replied"))
    assert (answer.status_code, answer.json()["reason"]) == (200, "provider_mismatch")
    answer = http.post(EMAIL, params={"clientId": str(committed_world.birch)}, json=fixture("emailbison/lead_replied"))
    assert (answer.status_code, answer.json()["reason"]) == (200, "provider_mismatch")


def test_relayed_shapes_are_unwrapped(http: httpx.Client, committed_world: World) -> None:
    plain = fixture("emailbison/lead_replied")
    named = {"event": "lead_replied", "data": plain["data"], "workspace_id": 4711}
    shapes = [plain, {"data": plain}, {"payload": plain}, {"event": "relay", "payload": {"data": plain}}, named]
    answers = [http.post(EMAIL, json=shape) for shape in shapes]
    assert [(answer.status_code, answer.json().get("deduped")) for answer in answers] == [(200, None)] + [(200, True)] * 4
    row, = _ledger(committed_world)
    assert (row.deliveries, row.event_type) == (5, "LEAD_REPLIED")


def test_an_unknown_event_is_kept_and_ignored(http: httpx.Client, committed_world: World) -> None:
    answer = http.post(EMAIL, json=fixture("emailbison/tag_attached", event__type="SOMETHING_NEW"))
    assert answer.status_code == 200
    assert (answer.json()["ignored"], answer.json()["reason"], answer.json()["eventType"]) == (
        True,
        "unknown_event",
        "SOMETHING_NEW",
    )
    assert [row.status for row in _ledger(committed_world)] == ["IGNORED"]


@pytest.mark.parametrize(("path", "provider", "body"), [
    (GHL, "ghl", fixture("ghl/workflow_sms")), (EMAIL, "emailbison", fixture("emailbison/lead_replied"))])
def test_a_secret_is_asked_for_in_path_query_or_header(
        http: httpx.Client, committed_world: World, path: str, provider: str, body: dict) -> None:
    _ask_for_secret(committed_world, provider, "s3cret-Ω")
    quoted = "s3cret-%CE%A9"
    refused = [
        http.post(path, json=body),
        http.post(f"{path}/wrong", json=body),
        http.post(path, params={"secret": ""}, json=body),
        http.post(path, json=body, headers={"authorization": "Bearer wrong"}),
    ]
    assert {(answer.status_code, answer.text) for answer in refused} == {(401, '{"error":"Unauthorized"}')}
    assert _ledger(committed_world) == [] and _jobs(committed_world) == []
    _ask_for_secret(committed_world, provider, "s3cret")
    taken = [http.post(f"{path}/s3cret", json=body), http.post(path, params={"secret": "s3cret"}, json=body),
             http.post(path, json=body, headers={"authorization": "bearer s3cret"}),
             http.post(path, json=body, headers={"x-webhook-secret": "s3cret"})]
    assert [answer.status_code for answer in taken] == [200] * 4
    _ask_for_secret(committed_world, provider, "s3cret-Ω")
    assert http.post(f"{path}/{quoted}", json=body).status_code == 200


def test_a_changed_secret_counts_at_once(http: httpx.Client, committed_world: World) -> None:
    _ask_for_secret(committed_world, "ghl", "old")
    assert http.post(f"{GHL}/old", json=fixture("ghl/workflow_sms")).status_code == 200
    _ask_for_secret(committed_world, "ghl", "new")
    assert http.post(f"{GHL}/old", json=fixture("ghl/workflow_sms")).status_code == 401


_HOSTILE = [
    b"", b"[]", b"null", b"12", b'"text"', b"{", b"\xff\xfe\x00{", b"{}" * 3, b'{"location":' * 70 + b"1" + b"}" * 70,
    b"[" * 100_000, b'{"location": NaN}', b'{"location": {"id": ' + b"9" * 5000 + b"}}", b'{"a":' * 2000,
]


@pytest.mark.parametrize("body", _HOSTILE, ids=range(len(_HOSTILE)))
@pytest.mark.parametrize("path", [GHL, EMAIL])
def test_a_hostile_body_gets_a_clear_400(http: httpx.Client, path: str, body: bytes) -> None:
    answer = http.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400 and answer.json()["error"]


_ODD = [
    b"\\u0000 with nothing",
    b"half a pair \\ud800",
    "\N{PILE OF POO} and \\u00e9".encode(),
    b"bad \xff\xfe utf-8",
    b"tab\tand\nline",
]


@pytest.mark.parametrize("odd", _ODD, ids=range(len(_ODD)))
def test_odd_characters_are_taken_and_understood(http: httpx.Client, committed_world: World, odd: bytes) -> None:
    body = json.dumps(fixture("ghl/workflow_sms", message__body="@@", first_name="@@")).encode().replace(b"@@", odd)
    assert http.post(GHL, content=body).status_code == 200
    row, = _ledger(committed_world)
    assert bytes(row.body) == body
    assert understand(committed_world.acme, row.id)[0] == "SUCCEEDED"


def test_odd_types_everywhere_are_never_an_error_of_ours(http: httpx.Client, committed_world: World) -> None:
    for name, path in (("ghl/workflow_sms", GHL), ("ghl/inbound_message", GHL), ("emailbison/lead_replied", EMAIL),
                       ("emailbison/email_sent", EMAIL)):
        whole = fixture(name)
        blocks = [whole, *[block for block in whole.values() if isinstance(block, dict)],
                  *[block for block in whole.get("data", {}).values() if isinstance(block, dict)]]
        for block in blocks:
            for field in list(block):
                kept = block[field]
                for odd in (None, True, -1, 1e308, 10**40, "", "x" * 3000, [], [[1]], {}, {"id": {"id": []}}):
                    block[field] = odd
                    assert http.post(path, json=whole).status_code in (200, 400, 404)
                block[field] = kept
    for row in _ledger(committed_world):
        if row.status == "PENDING":
            assert understand(committed_world.acme, row.id)[0] in ("SUCCEEDED", "IGNORED")


def test_a_body_past_the_limit_is_refused_whether_it_says_so_or_not(http: httpx.Client, committed_world: World) -> None:
    limit = settings().webhook_max_bytes
    huge = b'{"a": "' + b"x" * limit + b'"}'
    assert http.post(GHL, content=huge).status_code == 413
    assert http.post(GHL, content=iter([huge[:limit], huge[limit:]])).status_code == 413
    assert _ledger(committed_world) == []


@pytest.mark.parametrize(("path", "body"), [
    (GHL, fixture("ghl/workflow_sms")), (GHL, fixture("ghl/inbound_message")), (EMAIL, fixture("emailbison/lead_replied"))])
def test_twenty_deliveries_at_once_are_one_event_one_job_one_message(
        http: httpx.Client, committed_world: World, path: str, body: dict) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: http.post(path, json=body), range(20)))
    assert [answer.status_code for answer in answers] == [200] * 20
    assert sum("deduped" not in answer.json() for answer in answers) == 1
    row, = _ledger(committed_world)
    assert row.deliveries == 20 and len(_jobs(committed_world)) == 1
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: understand(committed_world.acme, row.id), range(8))) == {("SUCCEEDED", None)}
    assert (
        len(rows(committed_world.acme, "select id from lead")) == len(rows(committed_world.acme, "select id from message")) == 1
    )
    assert [row.unread_count for row in rows(committed_world.acme, "select unread_count from conversation")] == [1]


def test_twenty_first_contacts_at_once_make_one_lead(http: httpx.Client, committed_world: World) -> None:
    def post(number: int) -> None:
        channel = (
            (GHL, fixture("ghl/workflow_sms", email="dana@northwind.example", message__body=f"SMS {number}"))
            if number % 2
            else (EMAIL, fixture("emailbison/lead_replied", data__reply__id=100 + number))
        )
        http.post(channel[0], json=channel[1]).raise_for_status()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(post, range(20)))
        assert {outcome[0] for outcome in pool.map(lambda row: understand(committed_world.acme, row.id), _ledger(committed_world))
                } == {"SUCCEEDED"}
    assert len(rows(committed_world.acme, "select id from lead")) == 1
    assert [row.unread_count for row in rows(committed_world.acme, "select unread_count from conversation")] == [20]
    assert len(rows(committed_world.acme, "select id from audit_event where kind = 'leads.created'")) == 1

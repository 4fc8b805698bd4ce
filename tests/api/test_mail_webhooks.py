"""What do the doors of SmartLead and Instantly answer, and what do they leave in the database? Over real HTTP."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import text

from sandbox.server import running
from tests.api.serving import serving
from tests.services.inbound.deliveries import FIXTURES, fixture, rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.kit import db, ids, vault
from zrg_app.kit.scope import workspace_system
from zrg_app.services import connections
from zrg_app.services.connections import routing, secrets

REPLY = {"smartlead": fixture("smartlead/email_reply"), "instantly": fixture("instantly/reply_received")}
SENT = {"smartlead": fixture("smartlead/email_sent"), "instantly": fixture("instantly/email_sent")}
BOTH = sorted(REPLY)
THEIRS = "sl-whsec-41d7f0"


def path(slug: str) -> str:
    return f"/api/webhooks/{slug}"


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    routing.forget()
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        client.params = {"clientId": str(committed_world.acme)}
        yield client
    routing.forget()


def run(world: World, sql: str, **values: object) -> None:
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        tx.execute(text(sql), values)
    routing.forget()


def connect(world: World, slug: str, *, own: str | None = None, theirs: str | None = None) -> None:
    """Connect Acme to a provider as its one e-mail provider; with our own secret, the provider's, or neither."""
    run(world, "delete from connection where provider in ('emailbison', 'smartlead', 'instantly')")
    sealed = vault.seal({"api_key": "good-key"} | ({"webhook_secret": theirs} if theirs else {}))
    run(world, "insert into connection (id, workspace_id, provider, credentials, webhook_secret, status, options, created_at, updated_at)"
               " values (:id, :workspace, :slug, :sealed, :secret, 'working', '{}', now(), now())",
        id=ids.new_id(), workspace=world.acme, slug=slug, sealed=sealed, secret=secrets.sealed(own))
    run(world, "update workspace_settings set email_provider = :slug where workspace_id = :workspace", slug=slug, workspace=world.acme)


def ledger(world: World) -> list:
    return rows(world.acme, "select * from webhook_event order by received_at")


@pytest.mark.parametrize("slug", BOTH)
def test_the_door_says_it_is_there(http: httpx.Client, slug: str) -> None:
    for address in (path(slug), f"{path(slug)}/anything"):
        assert http.get(address).json() == {"status": "ok", "endpoint": slug}


@pytest.mark.parametrize("slug", BOTH)
def test_a_reply_is_durable_before_the_answer_and_goes_before_sends(
        http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    assert http.post(path(slug), json=SENT[slug]).status_code == 200
    answer = http.post(path(slug), json=REPLY[slug])
    assert (answer.status_code, answer.json()["success"], "ignored" in answer.json()) == (200, True, False)
    sent, reply = ledger(committed_world)
    assert str(reply.id) == answer.json()["eventId"] and reply.dedupe_key.startswith(f"{slug}:")
    jobs = rows(committed_world.acme, "select payload, priority from background_job")
    priority = {job.payload["webhook_event_id"]: job.priority for job in jobs}
    assert priority[str(reply.id)] < priority[str(sent.id)]
    for row in (reply, sent):
        assert understand(committed_world.acme, row.id) == ("SUCCEEDED", None)
    assert len(rows(committed_world.acme, "select id from lead")) == 1
    assert len(rows(committed_world.acme, "select id from message")) == 2


@pytest.mark.parametrize("slug", BOTH)
def test_the_address_must_name_a_workspace_there_is(http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    http.params = {}
    missing = http.post(path(slug), json=REPLY[slug])
    assert (missing.status_code, missing.json()) == (400, {"error": "Missing clientId"})
    for stranger in ("not-an-id", str(ids.new_id())):
        unknown = http.post(path(slug), params={"clientId": stranger}, json=REPLY[slug])
        assert (unknown.status_code, unknown.json()) == (404, {"error": "Client not found"})
    assert ledger(committed_world) == []


@pytest.mark.parametrize(("slug", "changes", "error"), [
    ("smartlead", {"event_type": None}, "Missing event_type"),
    ("smartlead", {"message_id": None, "reply_message": None, "stats_id": None}, "Missing message_id"),
    ("smartlead", {"sl_lead_email": None, "to_email": None, "sl_email_lead_id": None, "leadCorrespondence": None}, "Missing sl_lead_email"),
    ("instantly", {"event_type": None}, "Missing event_type"), ("instantly", {"email_id": None}, "Missing email_id"),
    ("instantly", {"lead_email": ["x"]}, "Missing lead_email")])
def test_a_reply_without_what_it_needs_is_refused(
        http: httpx.Client, committed_world: World, slug: str, changes: dict, error: str) -> None:
    connect(committed_world, slug)
    answer = http.post(path(slug), json=REPLY[slug] | changes)
    assert (answer.status_code, answer.json()) == (400, {"error": error})
    assert ledger(committed_world) == []


@pytest.mark.parametrize("slug", BOTH)
def test_a_workspace_that_reads_mail_elsewhere_keeps_it_and_does_nothing(
        http: httpx.Client, committed_world: World, slug: str) -> None:
    answer = http.post(path(slug), json=REPLY[slug])
    assert (answer.status_code, answer.json()["ignored"], answer.json()["reason"]) == (200, True, "provider_mismatch")
    assert http.post(path(slug), json=SENT[slug]).json()["reason"] == "provider_mismatch"
    # Who writes to a workspace without the connection proved nothing: one row counts a day of it and keeps no word.
    counted, = rows(committed_world.acme, "select deliveries, body from webhook_event")
    assert (counted.deliveries, bytes(counted.body)) == (2, b"")
    row, = ledger(committed_world)
    assert (row.status, row.reason) == ("IGNORED", "provider_mismatch")
    assert rows(committed_world.acme, "select id from background_job") == []


def test_smartlead_shows_its_secret_in_the_body_or_ours_in_the_address_or_a_header(
        http: httpx.Client, committed_world: World) -> None:
    connect(committed_world, "smartlead", own="our-own-secret", theirs=THEIRS)
    without = {name: value for name, value in REPLY["smartlead"].items() if name != "secret_key"}
    where = path("smartlead")
    refused = [http.post(where, json=without), http.post(where, json=without | {"secret_key": "wrong"}),
               http.post(where, json=without | {"secret_key": [THEIRS]}), http.post(f"{where}/wrong", json=without),
               http.post(where, json=without, headers={"authorization": f"Basic {THEIRS}"}),
               http.post(where, json=without, headers={"x-smartlead-secret": "wrong"})]
    assert {(answer.status_code, answer.text) for answer in refused} == {(401, '{"error":"Unauthorized"}')}
    assert ledger(committed_world) == []
    taken = [http.post(where, json=REPLY["smartlead"]), http.post(f"{where}/our-own-secret", json=without),
             http.post(where, json=without, headers={"x-smartlead-secret": THEIRS}),
             http.post(where, json=without, headers={"authorization": "Bearer our-own-secret"}),
             http.post(where, json=without | {"secret_key": "our-own-secret"})]
    assert [answer.status_code for answer in taken] == [200] * 5
    row, = ledger(committed_world)
    assert row.deliveries == 5


def test_instantly_shows_our_secret_in_a_header_or_the_address(http: httpx.Client, committed_world: World) -> None:
    connect(committed_world, "instantly", own="our-own-secret")
    where, body = path("instantly"), REPLY["instantly"]
    refused = [http.post(where, json=body), http.post(where, json=body, headers={"x-instantly-secret": "wrong"}),
               http.post(where, json=body | {"secret_key": "our-own-secret"})]
    assert {answer.status_code for answer in refused} == {401} and ledger(committed_world) == []
    taken = [http.post(where, json=body, headers={"X-Instantly-Secret": "our-own-secret"}),
             http.post(f"{where}/our-own-secret", json=body),
             http.post(where, json=body, headers={"authorization": "Bearer our-own-secret"})]
    assert [answer.status_code for answer in taken] == [200] * 3


@pytest.mark.parametrize("slug", BOTH)
def test_what_settings_show_to_paste_opens_the_door_and_nothing_else_does(
        http: httpx.Client, committed_world: World, slug: str) -> None:
    run(committed_world, "delete from connection where provider = 'emailbison'")
    with db.transaction(committed_world.as_mara) as tx:
        saved = connections.save(tx, committed_world.as_mara, slug, values={"api_key": "good-key"}, webhook_secret="ensure")
    shown = httpx.URL(saved.webhook_address)
    headers = {"X-Instantly-Secret": saved.webhook_secret} if saved.webhook_secret else {}
    assert shown.params["clientId"] == str(committed_world.acme)
    assert http.post(path(slug), json=REPLY[slug]).status_code == 401
    assert http.post(shown.path, json=REPLY[slug], headers=headers).status_code == 200


@pytest.mark.parametrize("slug", BOTH)
def test_a_connection_without_any_secret_asks_for_none(http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    assert http.post(path(slug), json=REPLY[slug]).status_code == 200


def test_the_ledger_never_shows_the_secret_of_the_body(http: httpx.Client, committed_world: World) -> None:
    connect(committed_world, "smartlead", theirs=THEIRS)
    assert http.post(path("smartlead"), json=REPLY["smartlead"]).status_code == 200
    row, = ledger(committed_world)
    assert THEIRS.encode() not in bytes(row.body)
    assert json.loads(row.body) == REPLY["smartlead"] | {"secret_key": "****"}
    assert understand(committed_world.acme, row.id) == ("SUCCEEDED", None)


@pytest.mark.parametrize("slug", BOTH)
def test_every_recorded_event_is_answered_with_exactly_200_and_has_its_end(
        http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    for name in sorted(each.stem for each in (FIXTURES / slug).glob("*.json")):
        answer = http.post(path(slug), json=fixture(f"{slug}/{name}"))
        assert answer.status_code == 200, (name, answer.text)
    for row in ledger(committed_world):
        assert row.status == "IGNORED" or understand(committed_world.acme, row.id)[0] == "SUCCEEDED"
        assert row.reason or row.status == "PENDING"


_HOSTILE = [b"", b"[]", b"null", b'"text"', b"{", b"\xff\xfe\x00{", b'{"event_type":' * 70 + b"1" + b"}" * 70, b"[" * 100_000,
            b'{"event_type": NaN}', b'{"a":' * 2000, b"{}", b'{"data": {"data": {"data": {"data": {"data": {"data": {}}}}}}}']


@pytest.mark.parametrize("body", _HOSTILE, ids=range(len(_HOSTILE)))
@pytest.mark.parametrize("slug", BOTH)
def test_a_hostile_body_gets_a_clear_400(http: httpx.Client, slug: str, body: bytes) -> None:
    answer = http.post(path(slug), content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400 and answer.json()["error"]


@pytest.mark.parametrize("slug", BOTH)
def test_odd_types_everywhere_are_never_an_error_of_ours(http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    whole = json.loads(json.dumps(REPLY[slug]))
    for block in [whole, *[value for value in whole.values() if isinstance(value, dict)]]:
        for field in list(block):
            kept = block[field]
            for odd in (None, True, -1, 1e308, 10**40, "", "x" * 3000, [], [[1]], {}, {"id": {"id": []}}, "\\u0000 \ud83d"):
                block[field] = odd
                assert http.post(path(slug), content=json.dumps(whole)).status_code in (200, 400)
            block[field] = kept
    for row in ledger(committed_world):
        if row.status == "PENDING":
            assert understand(committed_world.acme, row.id)[0] in ("SUCCEEDED", "IGNORED")


@pytest.mark.parametrize("slug", BOTH)
def test_twenty_deliveries_at_once_are_one_event_and_one_message(http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: http.post(path(slug), json=REPLY[slug]), range(20)))
    assert [answer.status_code for answer in answers] == [200] * 20
    assert sum("deduped" not in answer.json() for answer in answers) == 1
    row, = ledger(committed_world)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: understand(committed_world.acme, row.id), range(8))) == {("SUCCEEDED", None)}
    assert [each.unread_count for each in rows(committed_world.acme, "select unread_count from conversation")] == [1]


@pytest.mark.parametrize("slug", BOTH)
def test_the_sandbox_signs_as_the_provider_does(http: httpx.Client, committed_world: World, slug: str) -> None:
    connect(committed_world, slug, own=None if slug == "smartlead" else "shared-secret",
            theirs="shared-secret" if slug == "smartlead" else None)
    dana = {"first_name": "Dana", "email": "dana@northwind.example"}
    asked = {"query": {"clientId": str(committed_world.acme)}}
    with running(product_url=str(http.base_url).rstrip("/")) as sandbox:
        unsigned = sandbox.control.act(slug, "acme", dana, "Hello", **asked)["deliveries"]
        wrong = sandbox.control.act(slug, "acme", dana, "Hello", secret="other-secret", **asked)["deliveries"]
        signed = sandbox.control.act(slug, "acme", dana, "Hello", secret="shared-secret", duplicates=1, **asked)["deliveries"]
    assert [each["status"] for each in (*unsigned, *wrong, *signed)] == [401, 401, 200, 200]
    row, = ledger(committed_world)
    assert row.deliveries == 2 and understand(committed_world.acme, row.id) == ("SUCCEEDED", None)

"""Can the ledger be looked through, and is reading it again harmless?"""

import json

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, keep, rows
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.services import inbound, jobs, leads
from zrg_app.services.inbound import WebhookFilter
from zrg_app.services.inbound.raw import MASK, readable

EVERYTHING = ("emailbison/email_sent", "emailbison/lead_replied", "emailbison/lead_interested", "emailbison/manual_email_sent",
              "emailbison/untracked_reply_received", "emailbison/email_opened", "emailbison/email_bounced",
              "emailbison/lead_unsubscribed", "ghl/workflow_sms", "ghl/inbound_message", "ghl/outbound_message",
              "ghl/contact_dnd_update")
LOOKED_AT = (
    "select to_jsonb(m) from message m order by id", "select to_jsonb(c) - 'updated_at' from conversation c order by lead_id",
    "select to_jsonb(l) - 'updated_at' from lead l order by id", "select to_jsonb(i) from lead_identity i order by id",
    "select to_jsonb(d) from draft d order by id", "select to_jsonb(o) from outbound_message o order by id",
    "select to_jsonb(a) from audit_event a order by id", "select to_jsonb(a) from attachment a order by id",
    "select status, reason, body, event_type, deliveries from webhook_event order by id")


def everything(world: World) -> list:
    return [[tuple(row) for row in rows(world.acme, sql)] for sql in LOOKED_AT]


def replay_each(world: World) -> None:
    for row in rows(world.acme, "select id from webhook_event order by received_at"):
        with db.transaction(world.as_mara) as tx:
            inbound.replay(tx, world.as_mara, row.id)
    ended = [end for end in jobs.run_ready() if end.job.kind == "inbound.understand_event"]
    assert [end.status for end in ended] == ["SUCCEEDED"] * len(EVERYTHING)


def test_replaying_everything_twice_changes_nothing(world: World) -> None:
    for name in EVERYTHING:
        deliver(world.acme, name.split("/")[0], fixture(name))
    jobs.run_ready()
    before = everything(world)
    replay_each(world)
    assert everything(world) == before
    replay_each(world)
    assert everything(world) == before


def test_what_a_person_decided_since_outlives_a_replay(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_unsubscribed"))
    lead_id = rows(world.acme, "select id from lead")[0].id
    with db.transaction(world.as_mara) as tx:
        leads.unblacklist(tx, world.as_mara, lead_id)
    with db.transaction(world.as_mara) as tx:
        assert inbound.replay_all(tx, world.as_mara, status="SUCCEEDED") == 1
    jobs.run_ready()
    assert rows(world.acme, "select status from lead")[0].status == "new"


def test_a_failed_row_is_read_once_its_reason_is_gone(world: World) -> None:
    event_id = keep(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update webhook_event set status = 'FAILED', last_error = 'It broke.', processed_at = now()"))
    with db.transaction(world.as_mara) as tx:
        assert inbound.replay_all(tx, world.as_mara, status="FAILED") == 1
    assert rows(world.acme, "select status from webhook_event")[0].status == "PENDING"
    jobs.run_ready()
    found = rows(world.acme, "select status, last_error from webhook_event where id = :id", id=event_id)[0]
    assert (found.status, found.last_error) == ("SUCCEEDED", None)
    assert rows(world.acme, "select count(*) from message")[0][0] == 1


def test_a_row_without_a_body_cannot_be_replayed_and_anothers_is_not_there(world: World) -> None:
    event_id = keep(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    with db.transaction(world.as_nils) as tx, pytest.raises(NotFound):
        inbound.replay(tx, world.as_nils, event_id)
    with db.transaction(world.as_nils) as tx, pytest.raises(NotFound):
        inbound.raw_webhook(tx, world.as_nils, event_id)
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update webhook_event set body = ''::bytea"))
    with db.transaction(world.as_mara) as tx, pytest.raises(Conflict, match="not kept"):
        inbound.replay(tx, world.as_mara, event_id)
    with db.transaction(world.as_mara) as tx:
        assert "not kept" in inbound.raw_webhook(tx, world.as_mara, event_id).note


def test_the_ledger_is_paged_and_filtered(world: World) -> None:
    for number in range(7):
        deliver(world.acme, "emailbison", fixture("emailbison/lead_replied", data__reply__id=100 + number))
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied", event__type="SOMETHING_NEW"))
    deliver(world.acme, "ghl", fixture("ghl/inbound_message"))
    with db.transaction(world.as_mara) as tx:
        seen, after = [], ""
        for _ in range(5):
            page = inbound.webhook_page(tx, world.as_mara, WebhookFilter(provider="emailbison"), after=after, limit=3)
            seen += [row.id for row in page.rows]
            after = page.next_cursor
            if not after:
                break
        assert len(seen) == len(set(seen)) == 8
        unknown = inbound.webhook_page(tx, world.as_mara, WebhookFilter(kind="unknown")).rows
        assert [(row.event_type, row.reason, row.title) for row in unknown] == [("test", "unknown_event", "EmailBison")]
        counts = inbound.webhook_counts(tx, world.as_mara)
        assert (counts.succeeded, counts.ignored, counts.unknown, counts.failed) == (8, 1, 1, 0)
        assert inbound.webhook_reasons(tx, world.as_mara) == ("unknown_event",)
        assert len(inbound.webhook_page(tx, world.as_mara, WebhookFilter(reason="unknown_event", status="IGNORED")).rows) == 1
        for wrong in (WebhookFilter(status="NOPE"), WebhookFilter(kind="odd")):
            with pytest.raises(Invalid):
                inbound.webhook_page(tx, world.as_mara, wrong)
        with pytest.raises(Invalid):
            inbound.webhook_page(tx, world.as_mara, after="nonsense")
    with db.transaction(world.as_nils) as tx:
        assert inbound.webhook_page(tx, world.as_nils).rows == ()
        assert inbound.webhook_counts(tx, world.as_nils).succeeded == 0


def test_a_body_is_shown_with_its_secrets_masked() -> None:
    body = {"secret_key": "hunter2hunter2", "data": [{"api_key": "abc", "Authorization": "Bearer zzzzzzzzzzzz", "tokens": 5}],
            "text": "my key is sk-abcdefghijklmnop", "secret": "", "is_secret": True, "name": "Dana"}
    shown, note = readable(json.dumps(body).encode())
    told = json.loads(shown)
    assert (note, told["secret_key"], told["secret"], told["is_secret"], told["name"]) == ("", MASK, "", True, "Dana")
    assert told["data"] == [{"api_key": MASK, "Authorization": MASK, "tokens": MASK}]
    assert told["text"] == f"my key is {MASK}"


@pytest.mark.parametrize(("body", "shown"), [
    (b"payload=1&token=abc&x=2", f"payload=1&token={MASK}&x=2"), (b'{"broken": 1, "secret": "abc"', f'{{"broken": 1, "secret": {MASK}'),
    (b"\xff\xfe plain", "\ufffd\ufffd plain"), (b"", "")])
def test_a_body_that_is_no_json_is_shown_as_it_came(body: bytes, shown: str) -> None:
    assert readable(body)[0] == shown


def test_a_huge_body_is_cut() -> None:
    shown, note = readable(json.dumps({"x": "y" * 100_000}).encode())
    assert len(shown) == 60_000
    assert "first 60,000" in note

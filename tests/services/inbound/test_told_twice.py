"""Is a text message one message, though a workflow tells it without an id and the app tells it with one, in any order?"""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, keep, rows, understand
from tests.world import World
from zrg_app.integrations.base import Event, Person
from zrg_app.kit import db
from zrg_app.kit.scope import workspace_system
from zrg_app.services import events
from zrg_app.services.inbox import ingest

AT = datetime(2026, 11, 20, 15, 0, 20, tzinfo=UTC)
_MESSAGES = "select dedupe_key, external_id, direction, body, sent_at, thread ->> 'conversation_id' as talk from message order by sent_at"


def _by_workflow(words: str = "Yes please") -> dict:
    return fixture("ghl/workflow_sms", message__body=words)


def _by_app(message_id: str, at: datetime, words: str = "Yes please", kind: str = "InboundMessage", **more: object) -> dict:
    told = {"type": kind, "body": words, "messageId": message_id, "contactId": "ct_tomas", "dateAdded": at.isoformat(),
            "direction": "inbound" if kind == "InboundMessage" else "outbound", "webhookId": f"wh_{message_id}"}
    return fixture("ghl/inbound_message", **told, **more)


def _tell(world: World, payload: dict, at: datetime) -> None:
    understand(world.acme, keep(world.acme, "ghl", payload, received_at=at))


def test_either_may_come_first(world: World) -> None:
    ends = []
    for order in ((0, 1), (1, 0), (0, 1, 0, 1), (1, 0, 1)):
        told = [(_by_workflow(), AT + timedelta(seconds=4)), (_by_app("msg_1", AT), AT + timedelta(seconds=2))]
        for index in order:
            _tell(world, *told[index])
        ends.append(([tuple(row) for row in rows(world.acme, _MESSAGES)], [tuple(row) for row in rows(
            world.acme, "select unread_count, message_count, needs_reply, last_message_at, last_inbound_at from conversation")]))
        facts = [row.kind for row in rows(world.acme, "select kind from audit_event")]
        assert facts.count("inbox.reply_received") == 1
        with db.transaction(workspace_system(world.acme, "test")) as tx:
            for table in ("audit_event", "background_job", "message", "conversation", "webhook_event", "lead"):
                tx.execute(text(f"delete from {table} where workspace_id = :acme"), {"acme": world.acme})
    assert all(end == ends[0] for end in ends)
    (message,), (counts,) = ends[0]
    assert message[:5] == ("ghl:msg_1", "msg_1", "inbound", "Yes please", AT) and counts[:2] == (1, 1)


def test_the_same_words_minutes_later_are_another_message(world: World) -> None:
    later = AT + timedelta(minutes=3)
    told = [(_by_workflow(), AT + timedelta(seconds=4)), (_by_app("msg_1", AT), AT + timedelta(seconds=2)),
            (_by_workflow(), later + timedelta(seconds=5)), (_by_app("msg_2", later), later + timedelta(seconds=1))]
    for order in itertools.permutations(range(4)):
        for index in order:
            _tell(world, *told[index])
        assert [(row.external_id, row.sent_at) for row in rows(world.acme, _MESSAGES)] == [("msg_1", AT), ("msg_2", later)], order
        with db.transaction(workspace_system(world.acme, "test")) as tx:
            for table in ("message", "conversation", "webhook_event", "lead"):
                tx.execute(text(f"delete from {table} where workspace_id = :acme"), {"acme": world.acme})


def test_the_same_words_within_the_window_stay_two_when_both_are_told_both_ways(world: World) -> None:
    soon = AT + timedelta(seconds=70)
    for payload, at in ((_by_app("msg_1", AT), AT), (_by_app("msg_2", soon), soon), (_by_workflow(), AT + timedelta(seconds=3)),
                        (_by_workflow(), soon + timedelta(seconds=3))):
        _tell(world, payload, at)
    assert [row.external_id for row in rows(world.acme, _MESSAGES)] == ["msg_1", "msg_2"]


def test_a_workspace_with_the_workflow_alone_keeps_both_of_two_equal_texts(world: World) -> None:
    _tell(world, _by_workflow(), AT)
    _tell(world, _by_workflow(), AT + timedelta(seconds=70))
    assert len(rows(world.acme, _MESSAGES)) == 2


def test_other_words_are_never_one_message(world: World) -> None:
    _tell(world, _by_workflow("Yes"), AT)
    _tell(world, _by_app("msg_1", AT, "No"), AT)
    assert [row.body for row in rows(world.acme, "select body from message order by body")] == ["No", "Yes"]


def test_files_that_only_the_app_tells_are_kept_once(world: World) -> None:
    _tell(world, _by_workflow(), AT + timedelta(seconds=2))
    told = _by_app("msg_1", AT, attachments=["https://files.example/plan.pdf"])
    _tell(world, told, AT)
    _tell(world, {**told, "webhookId": "wh_again"}, AT)
    assert [row.file_name for row in rows(world.acme, "select file_name from attachment")] == ["plan.pdf"]


def test_a_picture_without_words_comes_through_the_workflow_too(world: World) -> None:
    told = fixture("ghl/workflow_sms", message={"type": 2, "attachments": ["https://files.example/roof.jpg"]})
    assert deliver(world.acme, "ghl", told) == ("SUCCEEDED", None)
    assert [row.file_name for row in rows(world.acme, "select file_name from attachment")] == ["roof.jpg"]


@pytest.mark.parametrize("echo_first", [True, False])
def test_the_echo_of_our_own_text_is_our_text(world: World, echo_first: bool) -> None:
    _tell(world, _by_workflow("Call me"), AT - timedelta(hours=1))
    lead_id = rows(world.acme, "select id from lead")[0].id
    ours = Event(kind="outbound", channel="sms", person=Person(), dedupe_key="ghl:msg_9", external_id="msg_9", text="I will call.",
                 sent_at=AT, thread={"contact_id": "ct_tomas"})
    scope = workspace_system(world.acme, "test")

    def record() -> None:
        with db.transaction(scope) as tx:
            ingest.insert(tx, scope, lead_id, ours, provider="ghl")
            ingest.roll_up(tx, scope, lead_id)

    def echo() -> None:
        _tell(world, _by_app("msg_9", AT + timedelta(seconds=1), "I will call.", "OutboundMessage"), AT + timedelta(seconds=2))
        workflow = fixture("ghl/workflow_sms", message={"type": 2, "body": "I will call.", "direction": "outbound"})
        _tell(world, workflow, AT + timedelta(seconds=3))

    for step in (echo, record) if echo_first else (record, echo):
        step()
    assert [row.external_id for row in rows(world.acme, "select external_id from message where direction = 'outbound'")] == ["msg_9"]
    assert events.MessageObserved.kind in {row.kind for row in rows(world.acme, "select kind from audit_event")} or not echo_first

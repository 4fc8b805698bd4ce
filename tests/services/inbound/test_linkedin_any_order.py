"""Does it matter in which order, and how often, LinkedIn tells of a conversation? It must not, with the profile looked up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.inbound.deliveries import fixture, keep, rows, understand
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import system, workspace_system
from zrg_app.models import Workspace, WorkspaceSettings
from zrg_app.services import inbound

PROFILE = "https://www.linkedin.com/in/dana-kessler-ops"
_START = datetime(2026, 11, 20, 17, tzinfo=UTC)
_EVENTS = [fixture(f"unipile/{name}") for name in (
    "message_sent_by_us", "message_received", "message_with_files", "inmail_received", "message_reaction", "message_edited",
    "group_message", "legacy_message")] + [fixture("unipile/message_received", message_id="msg_9009", message="One more thing.",
                                                   timestamp="2026-11-20T16:25:00Z",
                                                   sender__attendee_public_identifier="dana-kessler-ops")]


def _threads(workspace_id: UUID) -> list:
    return [[tuple(row) for row in rows(workspace_id, sql)] for sql in (
        "select dedupe_key, external_id, direction, body, sent_at, subject, thread::text from message order by dedupe_key",
        "select channel, snippet, last_message_at, last_direction, unread_count, message_count, needs_reply from conversation",
        "select first_name, last_name, linkedin_url from lead", "select kind, value from lead_identity order by kind, value",
        "select file_name, size_bytes from attachment order by file_name")]


def _workspace(owner: UUID) -> UUID:
    workspace_id = ids.new_id()
    with db.transaction(system("a workspace per example")) as tx:
        tx.add(Workspace(id=workspace_id, name=str(workspace_id), owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace_id))
    return workspace_id


def _deliver(workspace_id: UUID, index: int) -> None:
    event_id = keep(workspace_id, "unipile", _EVENTS[index], received_at=_START + timedelta(seconds=index))
    if understand(workspace_id, event_id)[0] == "PENDING":
        scope = workspace_system(workspace_id, "test")
        with db.transaction(scope) as tx:
            inbound.understand_event(tx, scope, webhook_event_id=event_id, looked_up=True, linkedin_url=PROFILE)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(0, len(_EVENTS) - 1), min_size=2), data=st.data())
def test_any_order_with_repeats_gives_one_lead_and_the_same_thread(world: World, chosen: set[int], data: st.DataObject) -> None:
    repeats = data.draw(st.lists(st.sampled_from(sorted(chosen)), max_size=5))
    shuffled = data.draw(st.permutations([*sorted(chosen), *repeats]))
    plain, mixed = _workspace(world.mara), _workspace(world.mara)
    for index in sorted(chosen):
        _deliver(plain, index)
    for index in shuffled:
        _deliver(mixed, index)
    assert _threads(mixed) == _threads(plain)
    assert len(rows(mixed, "select id from lead")) <= 1

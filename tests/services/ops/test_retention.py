"""Finished work goes after its time; what is open, and what customers wrote, stays."""

from datetime import timedelta

import pytest

from tests import jobs as examples  # noqa: F401 because it registers the jobs of the tests
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.scope import system, workspace_system
from zrg_app.models import Lead, OutboundMessage, OutgoingFile
from zrg_app.services import jobs
from zrg_app.services.ops import retention


def job(world: World, status: str, days: int) -> None:
    """A job that ended so many days ago."""
    with db.fast_transaction(system("an old job")) as connection:
        connection.execute("insert into background_job (id, workspace_id, kind, status, finished_at, dedupe_key) "
                           "values (%s, %s, 'tests.flow', %s, %s, %s)",
                           (ids.new_id(), world.acme, status, clock.now() - timedelta(days=days), f"{status}-{days}"))


def webhook(world: World, status: str, days: int) -> None:
    """A webhook event of so many days ago."""
    with db.fast_transaction(system("an old webhook")) as connection:
        connection.execute("insert into webhook_event (id, workspace_id, provider, event_type, dedupe_key, status, body, "
                           "received_at) values (%s, %s, 'ghl', 'sms', %s, %s, 'a body', %s)",
                           (ids.new_id(), world.acme, f"{status}-{days}", status, clock.now() - timedelta(days=days)))


def left(query: str) -> list:
    """The first column of `query`."""
    with db.fast_transaction(system("look")) as connection:
        return [row[0] for row in connection.execute(query)]


def test_only_what_is_done_and_old_goes(world: World) -> None:
    for status, days in (("SUCCEEDED", 6), ("SUCCEEDED", 8), ("FAILED", 8), ("FAILED", 61), ("PENDING", 400)):
        job(world, status, days)
    assert retention.prune(system("test")) == {
        "jobs_done": 1, "jobs_failed": 1, "runs": 0, "files_unsent": 0, "files_sent": 0, "memories": 0, "notifications": 0,
        "labels_deleted": 0, "kept_words": 0, "webhook_bodies": 0, "model_calls": 0}
    assert left("select dedupe_key from background_job order by 1") == ["FAILED-8", "PENDING-400", "SUCCEEDED-6"]


def test_old_webhooks_keep_their_row_and_lose_their_body(world: World) -> None:
    for status, days in (("SUCCEEDED", 91), ("SUCCEEDED", 89), ("FAILED", 200), ("IGNORED", 91)):
        webhook(world, status, days)
    assert retention.prune(system("test"))["webhook_bodies"] == 2
    assert left("select dedupe_key from webhook_event where body = ''::bytea order by 1") == ["IGNORED-91", "SUCCEEDED-91"]
    assert retention.prune(system("test"))["webhook_bodies"] == 0


def test_a_bite_too_many_is_taken_in_several(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BITE", 2)
    for days in range(10, 15):
        job(world, "SUCCEEDED", days)
    assert retention.prune(system("test"))["jobs_done"] == 5


def test_old_work_is_noticed_and_counted(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="forgotten", run_at=clock.now() - timedelta(hours=1))
    scope = system("test")
    with db.transaction(scope) as tx:
        found = jobs.registered("ops.background_jobs").function(tx, scope)
    assert (found["waiting"], found["released"]) == (1, 0) and found["oldest_seconds"] >= 3600


def test_files_go_that_were_never_sent_or_left_long_ago(world: World) -> None:
    scope = workspace_system(world.acme, "test")
    with db.transaction(scope) as tx:
        lead = Lead(id=ids.new_id(), workspace_id=world.acme, first_name="Dana", last_name="")
        tx.add(lead)
        tx.flush()
        for status, days in (("sent", 31), ("sent", 29), ("waiting", 40), (None, 3), (None, 1)):
            then = clock.now() - timedelta(days=days)
            outbound = OutboundMessage(
                id=ids.new_id(), workspace_id=world.acme, lead_id=lead.id, channel="email", provider="emailbison", body="Hi",
                status=status, idempotency_key=f"{status}-{days}", sent_by="setter", not_before=then, updated_at=then) if status else None
            tx.add_all([outbound] if outbound else [])
            tx.flush()
            tx.add(OutgoingFile(id=ids.new_id(), workspace_id=world.acme, lead_id=lead.id, name=f"{status}-{days}", size_bytes=2,
                                outbound_id=outbound.id if outbound else None, content_type="text/plain", content=b"ab",
                                created_at=then))
    gone = retention.prune(system("test"))
    assert (gone["files_unsent"], gone["files_sent"]) == (1, 1)
    assert left("select name from outgoing_file where content is not null order by 1") == ["None-1", "sent-29", "waiting-40"]
    assert left("select name from outgoing_file where content is null") == ["sent-31"]

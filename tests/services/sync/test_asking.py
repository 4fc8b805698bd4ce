"""Is a history asked for once per window, never twice at once, and are all of them read page by page?"""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.sending.stage import Stage
from tests.services.sync.reading import DANA, TOMAS, act, ago, change, lead, request, settle
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.services import jobs, sync
from zrg_app.services.inbox.views import SyncView
from zrg_app.services.sync import runs


def seen(desk: Stage, lead_id: UUID) -> SyncView:
    with db.transaction(desk.world.as_mara) as tx:
        return sync.state_of(tx, desk.world.as_mara, lead_id)


def started(desk: Stage) -> UUID:
    with db.transaction(desk.world.as_mara) as tx:
        return sync.start(tx, desk.world.as_mara)


def progress(desk: Stage) -> sync.RunView:
    with db.transaction(desk.world.as_mara) as tx:
        return sync.latest(tx, desk.world.as_mara)


def many(desk: Stage, number: int) -> None:
    change(desk, """
        with made as (
          insert into lead (id, workspace_id, phone) select gen_random_uuid(), :workspace, null from generate_series(1, :number)
          returning id)
        insert into conversation (lead_id, workspace_id, channel, snippet, last_message_at, last_direction)
        select id, :workspace, 'sms', '', now(), 'inbound' from made""", number=number, workspace=desk.world.acme)


def test_an_open_conversation_is_read_back_once_per_window(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    lead_id = lead(desk)
    settle()
    first = request(desk, lead_id, automatic=True)
    assert first is not None and seen(desk, lead_id).is_syncing
    assert request(desk, lead_id, automatic=True) == request(desk, lead_id) == first
    settle()
    shown = seen(desk, lead_id)
    assert (shown.is_syncing, shown.error, bool(shown.synced_at), shown.imported) == (False, "", True, 1)
    assert request(desk, lead_id, automatic=True) is None
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert request(desk, lead_id, automatic=True) not in (None, first)


def test_the_button_is_heard_also_within_the_window(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    settle()
    first = request(desk, lead(desk), automatic=True)
    settle()
    assert request(desk, lead(desk)) not in (None, first)


def test_a_slow_provider_holds_up_no_other_job_of_the_lead(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    job_id = request(desk, lead(desk))
    assert desk.sql("select lead_id from background_job where id = :id", id=job_id)[0].lead_id is None


def test_a_job_that_gave_up_is_shown_with_its_reason(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    job_id = request(desk, lead(desk))
    change(desk, "update background_job set status = 'FAILED', last_error = 'It is down.' where id = :id", id=job_id)
    assert (seen(desk, lead(desk)).error, seen(desk, lead(desk)).is_syncing) == ("It is down.", False)


def test_another_workspaces_lead_is_not_there_and_without_a_provider_nothing_is_asked(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    with db.transaction(desk.world.as_nils) as tx, pytest.raises(NotFound):
        sync.request(tx, desk.world.as_nils, lead(desk))
    change(desk, "delete from connection")
    assert request(desk, lead(desk)) is None
    assert not seen(desk, lead(desk)).possible


def test_all_conversations_are_read_back_page_by_page_with_progress(desk: Stage) -> None:
    act(desk, DANA, "Hello", at=ago(60), heard=59)
    act(desk, TOMAS, "Hello", at=ago(60), heard=59.9)
    act(desk, TOMAS, "Still there?", at=ago(30))
    many(desk, runs.PAGE + 20)
    settle()
    started(desk)
    assert (progress(desk).total, progress(desk).done, progress(desk).status) == (runs.PAGE + 22, 0, "running")
    with pytest.raises(Conflict, match="already"):
        started(desk)
    shares = []
    for _ in range(12):
        if progress(desk).status != "running":
            break
        with clock.frozen(clock.now() + timedelta(seconds=5 * (len(shares) + 1))):
            jobs.run_ready(limit=40)
        shares.append(progress(desk).share)
    last = progress(desk)
    assert (last.status, last.done, last.failed, last.share) == ("done", last.total, 0, 100)
    assert shares == sorted(shares) and 0 < shares[0] < 100
    assert desk.sql("select count(*) from message where body = 'Still there?'")[0][0] == 1
    assert started(desk)


def test_a_cancelled_run_lets_go_of_what_it_has_asked_for(desk: Stage) -> None:
    many(desk, 5)
    run_id = started(desk)
    jobs.run_ready(limit=1)
    with db.transaction(desk.world.as_mara) as tx:
        sync.cancel(tx, desk.world.as_mara, run_id)
    asked = len(desk.sandbox.control.received())
    settle()
    assert progress(desk).status == "cancelled"
    assert len(desk.sandbox.control.received()) == asked
    with db.transaction(desk.world.as_mara) as tx, pytest.raises(NotFound):
        sync.cancel(tx, desk.world.as_mara, run_id)
    with db.transaction(desk.world.as_nils) as tx:
        assert sync.latest(tx, desk.world.as_nils) is None


def test_a_run_counts_the_conversations_that_could_not_be_read(desk: Stage) -> None:
    many(desk, 3)
    started(desk)
    jobs.run_ready(limit=1)
    change(desk, "update background_job set status = 'FAILED', finished_at = now() where kind = 'sync.conversation'")
    assert (progress(desk).failed, progress(desk).done) == (3, 3)
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        settle()
    assert (progress(desk).failed, progress(desk).status) == (3, "done")


def test_a_run_needs_somebody_to_ask(world: World) -> None:
    with db.transaction(world.as_nils) as tx, pytest.raises(Conflict, match="No connected provider"):
        sync.start(tx, world.as_nils)
    with db.transaction(world.as_mara) as tx:
        assert runs.is_cancelled(tx, ids.new_id())

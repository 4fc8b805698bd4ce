"""What a blacklisting stopped comes back with its undoing only where it is still right; what comes in ends what is out of sight."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.models import Conversation
from zrg_app.services import inbox, undo


def do(stage: Stage, act: str, lead_id: UUID, **options) -> undo.Undoable:
    """Let Mara do something."""
    with db.transaction(stage.world.as_mara) as tx:
        return undo.perform(tx, stage.world.as_mara, act, [lead_id], **options)


def take_back(stage: Stage, done: undo.Undoable) -> undo.TakenBack:
    """Let Mara take it back."""
    with db.transaction(stage.world.as_mara) as tx:
        return undo.take_back(tx, stage.world.as_mara, done)


def told(stage: Stage, lead_id: UUID) -> list[str]:
    """The activity lines of a thread."""
    with db.transaction(stage.world.as_mara) as tx:
        items, _ = inbox.thread(tx, stage.world.as_mara, lead_id, zone=ZoneInfo("UTC"))
    return [item.body for item in items if item.kind == "activity"]


def conversation(stage: Stage, lead_id: UUID) -> Conversation:
    """The stored conversation."""
    with db.transaction(stage.world.as_mara) as tx:
        return tx.get(Conversation, lead_id)


def test_a_planned_message_waits_again_when_the_blacklisting_is_undone_and_leaves_once(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email", "On Monday?", not_before=clock.now() + timedelta(days=3))
    done = do(stage, "blacklist", lead_id, reason="asked by phone")
    assert (stage.outbound(outbound_id).status, stage.outbound(outbound_id).error_code) == ("failed", "blacklisted")
    assert take_back(stage, done).left == ()
    assert (stage.outbound(outbound_id).status, conversation(stage, lead_id).needs_repair) == ("waiting", False)
    stage.run_jobs(until=clock.now() + timedelta(days=4))
    assert [mail["text"] for mail in stage.sent("emailbison")] == ["On Monday?"]


def test_a_planned_message_whose_moment_has_passed_stays_held_and_that_is_said(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email", "On Monday?", not_before=clock.now() + timedelta(days=3))
    done = do(stage, "blacklist", lead_id, reason="asked by phone")
    with clock.frozen(clock.now() + timedelta(days=4)):
        taken = take_back(stage, done)
    assert (taken.leads, "moment has passed" in taken.left[0]) == ((lead_id,), True)
    assert (stage.outbound(outbound_id).status, conversation(stage, lead_id).needs_repair) == ("failed", False)
    stage.run_jobs(until=clock.now() + timedelta(days=9))
    assert stage.sent("emailbison") == []


def test_a_dismissed_message_that_failed_comes_back_into_sight(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email", "On Monday?", not_before=clock.now() + timedelta(days=3))
    stage.lead_writes("emailbison", "Never mind, we found somebody.")
    assert conversation(stage, lead_id).needs_repair
    done = do(stage, "dismiss", lead_id, outbound_id=outbound_id)
    assert (stage.outbound(outbound_id).status, conversation(stage, lead_id).needs_repair) == ("cancelled", False)
    assert take_back(stage, done).leads == (lead_id,)
    assert (stage.outbound(outbound_id).status, conversation(stage, lead_id).needs_repair) == ("failed", True)


@pytest.mark.parametrize(("act", "options", "line"), [
    ("done", {}, "Open again, because they wrote"),
    ("snooze", {"until": clock.now() + timedelta(days=30)}, "Back from snooze, because they wrote")])
def test_what_is_out_of_sight_is_open_again_when_they_write(stage: Stage, act: str, options: dict, line: str) -> None:
    lead_id = stage.lead_writes("emailbison")
    done = do(stage, act, lead_id, **options)
    stage.lead_writes("emailbison", "One more question: from when?")
    stored = conversation(stage, lead_id)
    assert (stored.done_at, stored.snoozed_until, stored.needs_reply, stored.woke_at) == (None, None, True, None)
    assert told(stage, lead_id)[-1] == line
    assert take_back(stage, done).changed_since == 1
    assert conversation(stage, lead_id).needs_reply

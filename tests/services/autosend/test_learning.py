"""What do people's hands teach: outcomes of decisions, shadow decisions, labels that earn and lose the right to be answered?"""

from datetime import timedelta

import pytest

from tests.services.autosend.acts import campaign, decided, decision, draft, drafted, setting
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db, ids
from zrg_app.models import AutoSendDecision
from zrg_app.services import autosend, drafting, sending
from zrg_app.services.autosend import earning, queries
from zrg_app.services.drafting.flows import write

DOUBTFUL = "Could you send me your pricing for three sites?"


def shadowed(desk: Stage) -> object:
    """A draft of a campaign of the setters, about which the AI decided in secret."""
    setting(desk, auto_send_shadow=True)
    draft_id = drafted(desk, campaign_id=campaign(desk, response_mode="SETTER_MANAGED"))
    autosend.consider(desk.as_job, draft_id=draft_id, generation=1)
    return draft_id


def approve(desk: Stage, draft_id, **options: object):
    with db.transaction(desk.world.as_ben) as tx:
        return drafting.approve(tx, desk.world.as_ben, draft_id, **options)


def settled(desk: Stage, *outcomes: str, label: str = "Interested", reasons: tuple[str, ...] = (), confidence: float = 0.95,
            action: str = "send_delayed") -> None:
    """Decisions of the past, the last one newest."""
    draft_id = desk.draft(desk.lead_writes("emailbison", "hello"))
    lead_id = draft(desk, draft_id).lead_id
    with db.transaction(desk.as_job) as tx:
        for number, outcome in enumerate(outcomes):
            at = clock.now() - timedelta(hours=len(outcomes) - number)
            tx.add(AutoSendDecision(
                id=ids.new_id(), workspace_id=desk.world.acme, lead_id=lead_id, draft_id=draft_id, generation=1000 + number,
                sentiment=label, channel="email", action=action, is_shadow=True, confidence=confidence, threshold=0.9,
                reasons=list(reasons), outcome=outcome, settled_at=at, created_at=at))
            tx.flush()
        tx.execute(AutoSendDecision.__table__.update().where(AutoSendDecision.generation >= 1000).values(
            generation=AutoSendDecision.generation + 1000))


def test_a_shadow_decision_is_secret_and_sends_nothing(desk: Stage) -> None:
    draft_id = shadowed(desk)
    found = decision(desk, draft_id)
    assert found.is_shadow and found.action == "send_delayed" and found.due_at is None
    assert desk.sql("select count(*) from background_job where kind = 'autosend.send'")[0][0] == 0
    with db.transaction(desk.world.as_ben) as tx:
        assert autosend.note_of(tx, desk.world.as_ben, found.lead_id) is None
    assert draft(desk, draft_id).body == draft(desk, draft_id).original_body
    autosend.send(desk.as_job, decision_id=found.id)
    desk.run_jobs()
    assert desk.sent("emailbison") == []


def test_a_draft_sent_as_it_is_settles_its_decision_as_approved(desk: Stage) -> None:
    draft_id = shadowed(desk)
    approve(desk, draft_id)
    assert decision(desk, draft_id).outcome == "approved"


def test_a_draft_that_was_changed_settles_as_edited_and_an_undone_send_as_nothing(desk: Stage) -> None:
    draft_id = shadowed(desk)
    outbound_id = approve(desk, draft_id, body="Something else entirely.")
    assert decision(desk, draft_id).outcome == "edited"
    desk.undo(outbound_id)
    assert decision(desk, draft_id).outcome is None
    approve(desk, draft_id, body=draft(desk, draft_id).original_body)
    assert decision(desk, draft_id).outcome == "approved"


def test_a_discarded_draft_settles_as_rejected_and_an_overtaken_one_says_nothing(desk: Stage) -> None:
    draft_id = shadowed(desk)
    with db.transaction(desk.world.as_ben) as tx:
        drafting.reject(tx, desk.world.as_ben, draft_id)
    assert decision(desk, draft_id).outcome == "rejected"
    other = shadowed(desk)
    desk.lead_writes("emailbison", "And another thing.")
    assert decision(desk, other).outcome == "overtaken"


def test_a_draft_written_again_was_not_good_enough(desk: Stage) -> None:
    draft_id = decided(desk, DOUBTFUL)
    with db.transaction(desk.world.as_ben) as tx:
        drafting.regenerate(tx, desk.world.as_ben, draft_id, instruction="shorter")
    write(desk.as_job, draft_id=draft_id, generation=2)
    rows = desk.sql("select generation, outcome, outcome_reason from auto_send_decision order by generation")
    assert [(row.generation, row.outcome, row.outcome_reason) for row in rows] == [(1, "edited", "rewritten")]
    autosend.consider(desk.as_job, draft_id=draft_id, generation=2)
    assert decision(desk, draft_id).generation == 2


def test_a_send_that_failed_is_a_persons_again(desk: Stage) -> None:
    draft_id = decided(desk)
    with clock.frozen(decision(desk, draft_id).due_at + timedelta(seconds=1)):
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
        desk.sandbox.control.add_fault("emailbison", "status", status=422, message="The mailbox is gone.", times=5)
        desk.run_jobs(until=clock.now() + timedelta(minutes=2))
        desk.sandbox.control.clear_faults("emailbison")
    assert (decision(desk, draft_id).outcome, draft(desk, draft_id).status) == ("failed", "pending")
    approve(desk, draft_id)
    assert decision(desk, draft_id).outcome == "approved"


@pytest.mark.parametrize(("outcomes", "earned"), [
    (["approved"] * 19, False), (["approved"] * 20, True), (["edited"] + ["approved"] * 20, True),
    (["approved"] * 18 + ["edited"] * 2, False), (["approved"] * 19 + ["rejected"], True), (["approved"] * 20 + ["edited"] * 2, False)])
def test_a_label_earns_by_its_last_drafts_and_loses_by_them(desk: Stage, outcomes: list[str], earned: bool) -> None:
    settled(desk, *outcomes)
    with db.transaction(desk.world.as_mara) as tx:
        found = earning.earned_labels(tx, desk.world.as_mara, rate=0.95, replies=20, now=clock.now())
    assert found == (("Interested",) if earned else ())


def test_only_drafts_that_would_have_left_count(desk: Stage) -> None:
    settled(desk, *["approved"] * 20, reasons=("below_threshold",), action="needs_review")
    settled(desk, *["approved"] * 20, label="Follow Up", reasons=("label_not_earned",), action="needs_review")
    with db.transaction(desk.world.as_mara) as tx:
        assert earning.earned_labels(tx, desk.world.as_mara, rate=0.95, replies=20, now=clock.now()) == ("Follow Up",)
        assert earning.earned_labels(tx, desk.world.as_mara, rate=0.95, replies=20, now=clock.now() + timedelta(days=200)) == ()


def test_a_label_that_has_earned_it_leaves_and_another_waits(desk: Stage) -> None:
    setting(desk, auto_send_must_earn=True)
    first = decision(desk, decided(desk))
    assert (first.action, first.reasons) == ("needs_review", ["label_not_earned"]) and first.confidence == 0.92
    settled(desk, *["approved"] * 20)
    assert decision(desk, decided(desk)).action == "send_delayed"


def test_the_page_shows_standing_bill_and_decisions(desk: Stage) -> None:
    settled(desk, *["approved"] * 3, "edited")
    draft_id = decided(desk, DOUBTFUL)
    with db.transaction(desk.world.as_mara) as tx:
        standing = {one.label: one for one in queries.standings(tx, desk.world.as_mara)}
        bill = queries.reckoned(tx, desk.world.as_mara)
        shown = queries.decisions(tx, desk.world.as_mara)
    assert (standing["Interested"].rate, standing["Interested"].replies, standing["Interested"].earned) == ("75%", 4, False)
    point = next(one for one in bill.points if one.threshold == 0.9)
    assert bill.decisions == 5 and bill.judged == 4 and (point.judged, point.wrong, point.share) == (4, 1, 0.8)
    newest = next(one for one in shown if one.draft_id == str(draft_id))
    assert newest.action_words == "A person decides" and "less sure" in newest.reason and newest.lead_name == "Dana Kessler"


def test_an_answer_in_own_words_elsewhere_leaves_other_leads_alone(desk: Stage) -> None:
    draft_id = decided(desk)
    tomas = desk.lead_writes("ghl", "hello")
    desk.queue(tomas, "sms", "Hi Tomas.")
    assert decision(desk, draft_id).outcome is None
    with db.transaction(desk.world.as_ben) as tx:
        assert sending.pending(tx, desk.world.as_ben, tomas)

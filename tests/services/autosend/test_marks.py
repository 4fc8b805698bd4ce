"""What auto-send leaves to a person, and what it sent by itself, is marked on the conversation and counted, whatever happens next."""

from tests.services.autosend.acts import DANA, decided, decision, send_due, when_due
from tests.services.leads.persons import merge, text_message, unmerge
from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import autosend, drafting, inbox, sending
from zrg_app.services.drafting.flows import write
from zrg_app.services.inbox.views import ListFilter


def shown(desk: Stage) -> tuple[int, int]:
    """How many conversations need review, and how many the AI wrote to: the same by mark, by number, by view, and by the truth."""
    me = desk.world.as_mara
    with db.transaction(me) as tx:
        counts = inbox.counts(tx, me)
        listed = tuple(len(inbox.list_page(tx, me, ListFilter(view=view)).rows) for view in ("ai_review", "ai_sent"))
    marked = desk.sql("select count(*) filter (where ai_review), count(*) filter (where ai_sent) from conversation")[0]
    truly = desk.sql("""select
        (select count(distinct d.lead_id) from draft d join auto_send_decision z on z.draft_id = d.id and z.generation = d.generation
         where d.status = 'pending' and not z.is_shadow and (z.action = 'needs_review' or z.outcome in ('held', 'failed'))),
        (select count(distinct lead_id) from message where sent_by = 'ai' and channel = 'email')""")[0]
    assert tuple(marked) == tuple(truly) == (counts.ai_review, counts.ai_sent) == listed
    return listed


def doubtful(desk: Stage):
    """A draft that auto-send leaves to a person, because nothing is sure enough for its threshold."""
    draft_id = decided(desk, auto_send_threshold=1.0)
    assert decision(desk, draft_id).action == "needs_review"
    return draft_id


def test_a_doubtful_draft_needs_review_until_it_is_approved(desk: Stage) -> None:
    draft_id = doubtful(desk)
    assert shown(desk) == (1, 0)
    with db.transaction(desk.world.as_mara) as tx:
        outbound_id = drafting.approve(tx, desk.world.as_mara, draft_id)
    assert shown(desk) == (0, 0)
    with db.transaction(desk.world.as_mara) as tx:
        sending.undo(tx, desk.world.as_mara, outbound_id)
    assert shown(desk) == (1, 0)


def test_a_doubtful_draft_needs_review_until_it_is_discarded_or_rewritten(desk: Stage) -> None:
    draft_id = doubtful(desk)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id, instruction="shorter")
    assert shown(desk) == (0, 0)
    write(desk.as_job, draft_id=draft_id, generation=2)
    assert shown(desk) == (0, 0)
    autosend.consider(desk.as_job, draft_id=draft_id, generation=2)
    assert shown(desk) == (1, 0), "the new writing was decided about, too"
    with db.transaction(desk.world.as_mara) as tx:
        drafting.reject(tx, desk.world.as_mara, draft_id)
    assert shown(desk) == (0, 0)


def test_a_newer_reply_takes_the_review_away(desk: Stage) -> None:
    doubtful(desk)
    desk.lead_writes("emailbison", "Sounds great, but can you do half the price?", **DANA)
    assert shown(desk) == (0, 0)


def test_what_the_ai_sends_is_no_review_and_then_stands_among_what_it_sent(desk: Stage) -> None:
    draft_id = decided(desk)
    assert shown(desk) == (0, 0)
    assert send_due(desk, draft_id)
    assert shown(desk) == (0, 1)


def test_a_draft_held_by_a_person_or_at_the_last_look_needs_review(desk: Stage) -> None:
    draft_id = decided(desk)
    with db.transaction(desk.world.as_mara) as tx:
        autosend.hold_back(tx, desk.world.as_mara, draft_id)
    assert shown(desk) == (1, 0)


def test_done_at_the_last_look_leaves_the_draft_to_a_person(desk: Stage) -> None:
    draft_id = decided(desk)
    lead_id = desk.sql("select lead_id from draft")[0][0]
    with db.transaction(desk.world.as_mara) as tx:
        inbox.done(tx, desk.world.as_mara, lead_id)
    with when_due(desk, draft_id):
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    assert decision(desk, draft_id).outcome == "held"
    assert shown(desk) == (1, 0)


def test_an_automatic_send_that_somebody_undoes_is_theirs_to_look_at(desk: Stage) -> None:
    draft_id = decided(desk)
    with when_due(desk, draft_id):
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
        assert shown(desk) == (0, 0)
        with db.transaction(desk.world.as_mara) as tx:
            sending.undo(tx, desk.world.as_mara, desk.sql("select id from outbound_message")[0][0])
    assert shown(desk) == (1, 0)


def test_marks_follow_the_drafts_when_leads_are_merged_and_parted(desk: Stage) -> None:
    draft_id, tomas = doubtful(desk), text_message(desk.world)
    dana = desk.sql("select lead_id from draft where id = :id", id=draft_id)[0][0]
    merge_id = merge(desk.world, tomas, dana)
    assert shown(desk) == (1, 0)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.reject(tx, desk.world.as_mara, draft_id)
    assert shown(desk) == (0, 0)
    unmerge(desk.world, merge_id)
    assert shown(desk) == (0, 0), "it was discarded while both were one"


def test_what_the_ai_sent_goes_with_its_message_when_leads_are_merged_and_parted(desk: Stage) -> None:
    send_due(desk, decided(desk))
    dana, tomas = desk.sql("select lead_id from draft")[0][0], text_message(desk.world)
    merge_id = merge(desk.world, tomas, dana)
    assert shown(desk) == (0, 1)
    unmerge(desk.world, merge_id)
    assert desk.sql("select lead_id from conversation where ai_sent")[0][0] == dana
    assert shown(desk) == (0, 1)

"""Every act on conversations can be taken back exactly, unless somebody has gone on since."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.models import AuditEvent, Conversation, Draft, Lead, LeadLabel
from zrg_app.services import inbox, undo
from zrg_app.services.undo.acts import ACTS
from zrg_app.services.undo.pictures import KEPT

FAR = timedelta(days=9)
SIMPLE = ("done", "reopen", "snooze", "wake", "assign", "read", "unread", "label", "sentiment", "blacklist", "allow", "back")


def options_of(world: World, act: str, label: UUID | None = None) -> dict:
    """What an act is told besides the conversations."""
    return {"snooze": {"until": clock.now() + FAR}, "assign": {"user_id": world.ben}, "label": {"label_id": label},
            "sentiment": {"label": "Not Interested"}, "blacklist": {"reason": "asked by phone"}}.get(act, {})


def do(world: World, act: str, *leads: UUID, scope=None, **options) -> undo.Undoable:
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        return undo.perform(tx, scope, act, leads, **options)


def take_back(world: World, done: undo.Undoable, scope=None) -> undo.TakenBack:
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        return undo.take_back(tx, scope, done)


def rows(world: World, *leads: UUID) -> list[tuple]:
    """Conversations, leads, labels and drafts as they stand, but for when they were touched last."""
    with db.transaction(world.as_mara) as tx:
        return [tuple(tx.execute(text(statement), {"lead": lead}).scalars().all()) for lead in leads for statement in (
            "select to_jsonb(c) - 'updated_at' from conversation c where lead_id = :lead",
            "select to_jsonb(l) - 'updated_at' from lead l where id = :lead",
            "select to_jsonb(g) from lead_label g where lead_id = :lead",
            "select to_jsonb(d) - 'updated_at' from draft d where lead_id = :lead order by id")]


def a_label(world: World, name: str = "Hot") -> UUID:
    with db.transaction(world.as_mara) as tx:
        return inbox.create_label(tx, world.as_mara, name=name)


def conversation(world: World, lead: UUID) -> Conversation:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Conversation, lead)


STATES = st.fixed_dictionaries({
    "done": st.booleans(), "asleep": st.booleans(), "unread": st.integers(0, 3), "woke": st.booleans(), "mine": st.booleans(),
    "labelled": st.booleans(), "blacklisted": st.booleans(), "draft": st.booleans(), "away": st.booleans(),
    "sentiment": st.sampled_from(["New", "Interested", "Out of Office", "Meeting Requested"])})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=st.sampled_from(SIMPLE), state=STATES)
def test_an_act_and_its_undoing_leave_everything_as_it_was(world: World, act: str, state: dict) -> None:
    lead, label = in_state(world, state), a_label(world, f"Hot {ids.new_id()}"[:40])
    if state["labelled"]:
        do(world, "label", lead, label_id=label)
    before = rows(world, lead)
    try:
        done = do(world, act, lead, **options_of(world, act, label))
    except Invalid:
        assert act == "back" and not state["away"]
        return
    assert bool(done.changes) == (rows(world, lead) != before)
    taken = take_back(world, done)
    assert rows(world, lead) == before
    assert (taken.changed_since, taken.left) == (0, ())


def in_state(world: World, state: dict) -> UUID:
    """A lead whose conversation stands in any way it can."""
    now = clock.now()
    lead = wrote(world, "Dana", draft="Hi Dana" if state["draft"] and not state["blacklisted"] else "",
                 done_at=now if state["done"] else None, snoozed_until=now + FAR if state["asleep"] and not state["done"] else None,
                 unread_count=state["unread"], woke_at=now if state["woke"] else None,
                 assignee_id=world.mara if state["mine"] else None, sentiment=state["sentiment"],
                 returns_on=(now + timedelta(days=20)).date() if state["away"] else None, needs_reply=not state["blacklisted"])
    with db.transaction(world.as_mara) as tx:
        if state["blacklisted"]:
            tx.get(Lead, lead).status, tx.get(Lead, lead).blacklist_reason = "blacklisted", "before"
    return lead


@pytest.mark.parametrize(("act", "since"), [
    ("done", "reopen"), ("snooze", "wake"), ("assign", "release"), ("unread", "read"), ("label", "label"), ("sentiment", "other")])
def test_what_somebody_changed_since_is_left_and_counted(world: World, act: str, since: str) -> None:
    leads, label = [wrote(world, name) for name in ("Ann", "Bob", "Cid")], a_label(world)
    do(world, "read", *leads)
    before = rows(world, leads[0], leads[2])
    done = do(world, act, *leads, **options_of(world, act, label))
    later = {"release": ("assign", {"user_id": None}), "other": ("sentiment", {"label": "Interested"}),
             "label": ("label", {"label_id": label})}.get(since, (since, {}))
    do(world, later[0], leads[1], scope=world.as_ben, **later[1])
    gone_on = rows(world, leads[1])
    taken = take_back(world, done)
    assert (set(taken.leads), taken.changed_since) == ({leads[0], leads[2]}, 1)
    assert rows(world, leads[1]) == gone_on
    assert rows(world, leads[0], leads[2]) == before


def test_undoing_one_thing_leaves_what_a_colleague_did_besides(world: World) -> None:
    lead = wrote(world, "Dana")
    done = do(world, "done", lead)
    do(world, "assign", lead, scope=world.as_ben, user_id=world.ben)
    assert take_back(world, done).leads == (lead,)
    stored = conversation(world, lead)
    assert (stored.done_at, stored.unread_count, stored.assignee_id) == (None, 1, world.ben)


def test_undoing_twice_does_nothing_the_second_time(world: World) -> None:
    lead = wrote(world, "Dana")
    done = do(world, "done", lead)
    assert take_back(world, done).leads == (lead,)
    again = take_back(world, done)
    assert (again.leads, again.changed_since) == ((), 1)


def test_two_hundred_are_done_in_one_transaction_and_come_back_together(world: World) -> None:
    leads = [wrote(world, f"Pat{number}") for number in range(200)]
    label = a_label(world)
    for act in ("done", "label"):
        before = rows(world, *leads)
        done = do(world, act, *leads, **options_of(world, act, label))
        assert len(done.changed) == 200
        assert take_back(world, done).leads == tuple(sorted(leads))
        assert rows(world, *leads) == before
    with pytest.raises(Invalid, match="200"):
        do(world, "done", *leads, ids.new_id())


def test_what_is_not_here_is_skipped_and_nothing_at_all_is_not_found(world: World) -> None:
    lead = wrote(world, "Dana")
    done = do(world, "done", lead, ids.new_id())
    assert (done.leads, done.skipped) == ((lead,), 1)
    with pytest.raises(NotFound):
        do(world, "done", lead, scope=world.as_nils)
    with pytest.raises(NotFound):
        take_back(world, done, scope=world.as_nils)


def test_the_thread_tells_of_the_act_and_of_its_undoing(world: World) -> None:
    lead = wrote(world, "Dana")
    take_back(world, do(world, "done", lead))
    with db.transaction(world.as_mara) as tx:
        items, _ = inbox.thread(tx, world.as_mara, lead, zone=ZoneInfo("UTC"))
    assert [item.body for item in items if item.kind == "activity"] == ["Mara Reyes marked this done", "Mara Reyes took “done” back"]


def test_a_discarded_draft_comes_back_as_it_was(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    before = rows(world, lead)
    done = do(world, "discard", lead, draft_id=draft_of(world, lead).id)
    assert (draft_of(world, lead).status, conversation(world, lead).has_draft) == ("rejected", False)
    assert take_back(world, done).left == ()
    assert rows(world, lead) == before


def test_a_discarded_draft_stays_away_when_something_newer_came(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    done = do(world, "discard", lead, draft_id=draft_of(world, lead).id)
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("insert into message (id, workspace_id, lead_id, channel, direction, provider, dedupe_key, body, sent_at) "
                        "values (:id, :workspace, :lead, 'email', 'inbound', 'emailbison', 'later', 'Wait', :now)"),
                   {"id": ids.new_id(), "workspace": world.acme, "lead": lead, "now": clock.now()})
    taken = take_back(world, done)
    assert "stays discarded" in taken.left[0]
    assert draft_of(world, lead).status == "rejected"


def test_lifting_a_blacklisting_brings_the_draft_back_and_the_first_reason_is_kept(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana", sentiment="Interested")
    before = rows(world, lead)
    done = do(world, "blacklist", lead, reason="asked by phone")
    with db.transaction(world.as_mara) as tx:
        stored = tx.get(Lead, lead)
        assert (stored.status, stored.blacklist_reason) == ("blacklisted", "asked by phone")
    assert (conversation(world, lead).sentiment, conversation(world, lead).needs_reply) == ("Blacklist", False)
    assert draft_of(world, lead).status == "rejected"
    assert take_back(world, done).left == ()
    assert rows(world, lead) == before


def test_a_blacklisting_needs_a_reason(world: World) -> None:
    with pytest.raises(Invalid, match="why"):
        do(world, "blacklist", wrote(world, "Dana"), reason=" ")


def draft_of(world: World, lead: UUID) -> Draft:
    with db.transaction(world.as_mara) as tx:
        return tx.query(Draft).filter(Draft.lead_id == lead).one()


def test_those_who_never_wrote_are_skipped_when_many_are_labelled(world: World) -> None:
    wrote_once, silent = wrote(world, "Ann"), wrote(world, "Bob")
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("delete from message where lead_id = :lead"), {"lead": silent})
    done = do(world, "sentiment", wrote_once, silent, label="Interested")
    assert (done.changed, done.skipped) == ((wrote_once,), 1)
    with pytest.raises(Invalid):
        do(world, "sentiment", silent, label="Interested")


def test_two_people_tidying_the_same_two_hundred_never_wait_for_each_other(committed_world: World) -> None:
    world = committed_world
    leads = [wrote(world, f"Pat{number}") for number in range(40)]
    label = a_label(world)

    def tidy(scope, act: str, order: list[UUID]) -> undo.Undoable:
        return do(world, act, *order, scope=scope, **options_of(world, act, label))

    with ThreadPoolExecutor(4) as pool:
        acts = [("done", leads), ("assign", leads[::-1]), ("sentiment", leads[20:] + leads[:20]), ("label", leads[::-1])]
        waiting = [pool.submit(tidy, scope, act, order) for act, order in acts * 2 for scope in (world.as_mara, world.as_ben)]
        done = [each.result(timeout=60) for each in waiting]
    assert all(each.leads == tuple(sorted(leads)) for each in done)
    with db.transaction(world.as_mara) as tx:
        assert tx.query(Conversation).filter(Conversation.assignee_id == world.ben).count() == 40
        assert tx.query(LeadLabel).count() in (0, 40)
        assert tx.query(AuditEvent).filter(AuditEvent.kind == "sentiment.decided").count() == 160


def test_every_act_names_tables_that_are_kept() -> None:
    assert all(set(act.tables) <= set(KEPT) for act in ACTS.values())

"""What is remembered of a lead: by people at once, by models only as far as they are trusted, scrubbed and for a while."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import system
from zrg_app.models import Lead
from zrg_app.services import knowledge
from zrg_app.services.knowledge.governing import governed, scrubbed
from zrg_app.services.knowledge.views import MemoryRow
from zrg_app.services.leads import hanging
from zrg_app.services.ops import retention

PROPOSAL = {"category": "scheduling_preference", "content": "Prefers Tuesday mornings.", "confidence": 0.9, "days": 30}


@pytest.fixture
def lead(world: World) -> Lead:
    """A lead of Acme."""
    with db.transaction(world.as_mara) as tx:
        row = Lead(workspace_id=world.acme, first_name="Dana", last_name="Kessler")
        tx.add(row)
        tx.flush()
        return row


def shown(world: World, lead: Lead) -> tuple[MemoryRow, ...]:
    """What the lead panel shows."""
    with db.transaction(world.as_mara) as tx:
        return knowledge.memories(tx, world.as_mara, lead.id)


def told(world: World, lead: Lead, **options: object) -> list[str]:
    """What a draft is told."""
    with db.transaction(world.as_mara) as tx:
        return [one.content for one in knowledge.memory_of(tx, world.as_mara, lead.id, **options)]


def propose(world: World, lead: Lead, *proposals: object) -> tuple:
    """What a model proposes after a draft."""
    with db.transaction(world.as_mara) as tx:
        return knowledge.propose(tx, world.as_mara, lead.id, proposals)


@pytest.mark.parametrize(("changes", "trusted", "status"), [
    ({}, ("scheduling_preference",), "APPROVED"),
    ({}, (), "PENDING"),
    ({}, ("timezone_preference",), "PENDING"),
    ({"confidence": 0.7}, ("scheduling_preference",), "APPROVED"),
    ({"confidence": 0.69}, ("scheduling_preference",), "PENDING"),
    ({"confidence": "1"}, ("scheduling_preference",), "PENDING"),
    ({"confidence": float("nan")}, ("scheduling_preference",), "PENDING"),
    ({"confidence": True}, ("scheduling_preference",), "PENDING"),
    ({"days": 1}, ("scheduling_preference",), "APPROVED"),
    ({"days": 0}, ("scheduling_preference",), "PENDING"),
    ({"days": None}, ("scheduling_preference",), "PENDING"),
    ({"category": "Scheduling Preference"}, ("scheduling_preference",), "APPROVED"),
])
def test_a_model_remembers_by_itself_only_what_is_trusted(changes: dict, trusted: tuple, status: str) -> None:
    assert governed({**PROPOSAL, **changes}, trusted).status == status


@pytest.mark.parametrize(("days", "kept"), [(-5, 1), (0, 1), (1, 1), (89, 89), (90, 90), (91, 90), (10**8, 90), (float("inf"), 1)])
def test_what_a_model_remembers_lasts_ninety_days_at_most(days: object, kept: int) -> None:
    assert governed({**PROPOSAL, "days": days}, ()).days == kept


@pytest.mark.parametrize("hostile", [{}, {"category": "", "content": "x"}, {"category": "x", "content": "  "}, {"category": None},
                                     {"category": "!!!", "content": "x"}])
def test_nothing_is_remembered_of_nothing(hostile: dict) -> None:
    assert governed(hostile, ()) is None


@pytest.mark.parametrize(("said", "kept"), [
    ("Write to dana.k@northwind.example instead", "Write to [e-mail] instead"),
    ("Call +1 (312) 555-0142 after 3", "Call [phone] after 3"),
    ("Mobile 0049 151 23456789", "Mobile [phone]"),
    ("Uses https://cal.com/dana/4155550142 to book", "Uses https://cal.com/dana/4155550142 to book"),
    ("Not before 2027-03-01 10:00", "Not before 2027-03-01 10:00"),
    ("Has 1,250,000 rows and $12,500,000 revenue", "Has 1,250,000 rows and $12,500,000 revenue"),
    ("Free 01/04/2027 - 15/04/2027", "Free 01/04/2027 - 15/04/2027"),
])
def test_addresses_and_numbers_are_scrubbed_and_links_and_days_stay(said: str, kept: str) -> None:
    assert scrubbed(said) == kept


def test_a_proposal_waits_for_a_person_with_its_source_and_its_end(world: World, lead: Lead) -> None:
    propose(world, lead, PROPOSAL)
    row, = shown(world, lead)
    assert (row.status, row.is_inferred, row.confidence, row.content) == ("PENDING", True, "90%", "Prefers Tuesday mornings.")
    assert row.expires_on[:10] == (clock.now() + timedelta(days=30)).date().isoformat()
    assert told(world, lead) == []
    with db.transaction(world.as_ben) as tx:
        knowledge.approve_memory(tx, world.as_ben, row_id(row))
    assert told(world, lead) == ["Prefers Tuesday mornings."]
    assert shown(world, lead)[0].by == "Ben Ortiz"
    with db.transaction(world.as_mara) as tx, pytest.raises(Conflict):
        knowledge.reject_memory(tx, world.as_mara, row_id(row))


def row_id(row: MemoryRow) -> UUID:
    """The id of a shown memory."""
    return UUID(row.id)


def test_what_was_rejected_or_is_known_is_not_proposed_again(world: World, lead: Lead) -> None:
    propose(world, lead, PROPOSAL, {**PROPOSAL, "content": "prefers tuesday mornings"})
    row, = shown(world, lead)
    with db.transaction(world.as_mara) as tx:
        knowledge.reject_memory(tx, world.as_mara, row_id(row))
    assert shown(world, lead) == () and propose(world, lead, PROPOSAL) == ()
    assert propose(world, lead, "no mapping", 7, None, {"category": 3, "content": ["x"]}) != ()
    assert len(shown(world, lead)) == 1


def test_a_trusted_kind_is_used_at_once(world: World, lead: Lead) -> None:
    with db.transaction(world.as_mara) as tx:
        assert knowledge.trust_kinds(tx, world.as_mara, ["scheduling_preference"]) == ("scheduling_preference",)
        with pytest.raises(Invalid):
            knowledge.trust_kinds(tx, world.as_mara, ["everything"])
    propose(world, lead, PROPOSAL, {**PROPOSAL, "category": "objection", "content": "Too expensive at $5,000."})
    assert told(world, lead) == ["Prefers Tuesday mornings."]
    assert [row.status for row in shown(world, lead)] == ["PENDING", "APPROVED"]


def test_a_person_writes_edits_and_forgets(world: World, lead: Lead) -> None:
    with db.transaction(world.as_ben) as tx:
        made = knowledge.write_down(tx, world.as_ben, lead.id, category="not_before", content="New budget then",
                                    not_before=date(2027, 3, 1))
    assert told(world, lead) == ["Not before 2027-03-01: New budget then"]
    assert (shown(world, lead)[0].expires_on, shown(world, lead)[0].by) == ("", "Ben Ortiz")
    with db.transaction(world.as_mara) as tx:
        knowledge.edit_memory(tx, world.as_mara, made, category="objection", content="Call me at 312 555 0142", days=7)
    assert told(world, lead) == ["Call me at 312 555 0142"] and told(world, lead, redacted=True) == ["Call me at [phone]"]
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert told(world, lead) == [] and shown(world, lead)[0].is_over
    with db.transaction(world.as_mara) as tx:
        knowledge.forget(tx, world.as_mara, made)
        with pytest.raises(NotFound):
            knowledge.forget(tx, world.as_mara, made)
    assert shown(world, lead) == ()


def test_wrong_words_are_refused(world: World, lead: Lead) -> None:
    for wrong in ({"content": ""}, {"content": "x" * 501}, {"content": None}, {"category": "x" * 65}, {"days": -1}, {"days": 9999},
                  {"days": True}):
        with db.transaction(world.as_mara) as tx, pytest.raises(Invalid):
            knowledge.write_down(tx, world.as_mara, lead.id, **{"category": "objection", "content": "x", **wrong})


def test_nobody_sees_or_changes_another_workspaces_memory(world: World, lead: Lead) -> None:
    made, = propose(world, lead, PROPOSAL)
    with db.transaction(world.as_nils) as tx:
        assert knowledge.memories(tx, world.as_nils, lead.id) == knowledge.memory_of(tx, world.as_nils, lead.id) == ()
        for step in (knowledge.approve_memory, knowledge.reject_memory, knowledge.forget):
            with pytest.raises(NotFound):
                step(tx, world.as_nils, made)
        with pytest.raises(NotFound):
            knowledge.write_down(tx, world.as_nils, lead.id, category="x", content="y")


def test_memories_keep_to_their_budget(world: World, lead: Lead) -> None:
    with db.transaction(world.as_mara) as tx:
        for number in range(20):
            knowledge.write_down(tx, world.as_mara, lead.id, category="objection", content=f"{number} " + "words " * 60)
    assert 0 < sum(len(one) // 4 for one in told(world, lead, tokens=300, per_entry=50)) <= 300
    assert all(len(one) <= 200 for one in told(world, lead, per_entry=50))


def test_guesses_that_ran_out_are_pruned_and_what_people_wrote_stays(world: World, lead: Lead) -> None:
    propose(world, lead, PROPOSAL)
    with db.transaction(world.as_mara) as tx:
        knowledge.write_down(tx, world.as_mara, lead.id, category="objection", content="Too busy", days=1)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert retention.prune(system("prune"))["memories"] == 1
        assert [row.content for row in shown(world, lead)] == ["Too busy"]


def test_memories_go_with_a_lead_that_is_merged() -> None:
    assert ("lead_memory", "lead_id") in {(each.table, each.column) for each in hanging.moved()}

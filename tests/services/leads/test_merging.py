"""Do two leads become one, and two again, with nothing lost, doubled or left behind?"""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.inbound.deliveries import rows
from tests.services.leads.persons import everything, furnish, mail, merge, text_message, unmerge
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import inbox, leads, sentiment

_LONELY = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def two(world: World) -> tuple[UUID, UUID]:
    """Dana and Tomas, each with everything; one label is on both."""
    dana, tomas = mail(world), text_message(world)
    furnish(world, dana, channel="email", label="Hot")
    furnish(world, tomas, channel="sms", label="Hot")
    return dana, tomas


def _one(world: World, sql: str, **values: object):  # noqa: ANN202 because a row of named columns has no better type
    return rows(world.acme, sql, **values)[0]


def test_everything_hangs_on_the_lead_that_stays(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    before = everything(world, dana, tomas)
    merge(world, dana, tomas)
    for name, found in everything(world, tomas).items():
        assert found == [] or name.startswith(("lead.", "lead_merge")), name
    after = everything(world, dana)
    for name in ("message.lead_id", "draft.lead_id", "outbound_message.lead_id", "note.lead_id", "lead_identity.lead_id",
                 "ai_interaction.lead_id", "enrichment_request.lead_id", "background_job.lead_id", "audit_event.lead_id"):
        assert len(after[name]) == len(before[name]) > 1, name
    assert len(after["lead_label.lead_id"]) == 1
    conversation = _one(world, "select * from conversation where lead_id = :id", id=dana)
    assert (conversation.message_count, conversation.unread_count, conversation.has_draft) == (2, 2, True)
    lead = _one(world, "select * from lead where id = :id", id=dana)
    assert lead.email == "dana@northwind.example" and lead.phone and lead.merged_into is None


def test_merging_and_taking_it_back_leaves_both_as_they_were(world: World, two: tuple[UUID, UUID]) -> None:
    before = everything(world, *two)
    for keep, gone in (two, two[::-1]):
        unmerge(world, merge(world, keep, gone))
        assert everything(world, *two) == before


_ACTS = ("done", "snooze", "assign", "blacklist", "sms", "sentiment", "alternate", "edit", "label", "nothing")


def _act(world: World, lead_id: UUID, what: str, number: int) -> None:
    with db.transaction(world.as_mara) as tx:
        scope = world.as_mara
        acts = {
            "done": lambda: inbox.done(tx, scope, lead_id), "assign": lambda: inbox.assign(tx, scope, lead_id, user_id=world.ben),
            "blacklist": lambda: leads.blacklist(tx, scope, lead_id, reason="Asked to stop."),
            "sms": lambda: leads.block_sms(tx, scope, lead_id, reason="Landline."),
            "sentiment": lambda: sentiment.correct(
                tx, scope, lead_id, label=[Sentiment.INTERESTED, Sentiment.BLACKLIST][number % 2]),
            "alternate": lambda: leads.remember_address(tx, scope, lead_id, f"other{number}@northwind.example"),
            "edit": lambda: leads.update(
                tx, scope, lead_id, expected_updated_at=None, company=f"Firm {number}", timezone="Asia/Tokyo"),
            "label": lambda: tx.execute(text("delete from lead_label where lead_id = :id"), {"id": lead_id}),
            "snooze": lambda: tx.execute(text("update conversation set snoozed_until = now() + interval '1 day', done_at = null "
                                              "where lead_id = :id"), {"id": lead_id})}
        acts.get(what, lambda: None)()


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=_LONELY)
@given(acts=st.lists(st.tuples(st.booleans(), st.sampled_from(_ACTS), st.integers(0, 3)), max_size=6), turned=st.booleans())
def test_whatever_they_were_they_are_again(world: World, two: tuple[UUID, UUID], acts: list, turned: bool) -> None:
    for of_dana, what, number in acts:
        _act(world, two[0 if of_dana else 1], what, number)
    before = everything(world, *two)
    keep, gone = two[::-1] if turned else two
    unmerge(world, merge(world, keep, gone))
    assert everything(world, *two) == before


def test_of_two_consents_the_stricter_holds_and_drafts_wait_no_more(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    with db.transaction(world.as_mara) as tx:
        leads.blacklist(tx, world.as_mara, tomas, reason="Wrote stop.")
        leads.block_sms(tx, world.as_mara, dana, reason="Landline.")
    waiting = [row.id for row in rows(world.acme, "select id from draft where status = 'pending'")]
    merge_id = merge(world, dana, tomas)
    lead = _one(world, "select * from lead where id = :id", id=dana)
    assert (lead.status, lead.blacklist_reason, lead.sms_dnd, lead.sms_dnd_reason) == (
        "blacklisted", "Wrote stop.", True, "Landline.")
    assert lead.opted_out_at and rows(world.acme, "select id from draft where status = 'pending'") == []
    assert not _one(world, "select needs_reply from conversation where lead_id = :id", id=dana).needs_reply
    unmerge(world, merge_id)
    assert [row.id for row in rows(world.acme, "select id from draft where status = 'pending'")] == waiting
    assert _one(world, "select status from lead where id = :id", id=dana).status != "blacklisted"


def test_a_stop_that_came_while_they_were_one_counts_for_both(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    merge_id = merge(world, dana, tomas)
    with db.transaction(world.as_mara) as tx:
        leads.blacklist(tx, world.as_mara, tomas, reason="Wrote stop.")
    assert _one(world, "select status from lead where id = :id", id=dana).status == "blacklisted"
    unmerge(world, merge_id)
    assert [row.blacklist_reason for row in rows(world.acme, "select blacklist_reason from lead")] == ["Wrote stop."] * 2


def test_what_arrives_after_a_merge_is_theirs_and_goes_back_with_whom_it_is_from(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    merge_id = merge(world, dana, tomas)
    assert text_message(world, "Call me tomorrow") == dana
    assert mail(world, 9777, data__reply__text_body="One more thing", data__reply__html_body="") == dana
    unmerge(world, merge_id)
    said = {row.body: row.lead_id for row in rows(world.acme, "select body, lead_id from message")}
    assert said["Call me tomorrow"] == tomas and said["One more thing"] == dana
    counts = {row.lead_id: row.message_count for row in rows(world.acme, "select lead_id, message_count from conversation")}
    assert counts == {dana: 2, tomas: 2}


def test_what_a_person_changed_meanwhile_stays_with_the_lead_that_was_kept(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    merge_id = merge(world, dana, tomas)
    with db.transaction(world.as_mara) as tx:
        leads.update(tx, world.as_mara, dana, expected_updated_at=None, company="Northwind Holding")
        inbox.add_note(tx, world.as_mara, dana, body="Both know each other.")
    unmerge(world, merge_id)
    assert _one(world, "select company from lead where id = :id", id=dana).company == "Northwind Holding"
    assert _one(world, "select company from lead where id = :id", id=tomas).company != "Northwind Holding"
    assert _one(world, "select lead_id from note where body like 'Both%'").lead_id == dana


def test_merges_are_taken_back_in_the_order_they_were_made(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    third = text_message(world, "Third", contact_id="ct_third", phone="+14155550199", first_name="Ana", email="")
    first, second = merge(world, dana, tomas), merge(world, third, dana)
    with db.transaction(world.as_mara) as tx:
        assert leads.living(tx, tomas) == third
    with pytest.raises(Conflict, match="later"):
        unmerge(world, first)
    unmerge(world, second)
    assert unmerge(world, first) == tomas
    with pytest.raises(Conflict, match="already"):
        unmerge(world, first)


def test_a_merge_needs_a_reason_and_two_living_leads(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    wrong = (((dana, dana, "x"), Invalid), ((dana, tomas, " \x00 "), Invalid), ((dana, ids.new_id(), "x"), NotFound))
    for arguments, error in wrong:
        with pytest.raises(error):
            merge(world, *arguments)
    merge(world, dana, tomas)
    third = text_message(world, "Third", contact_id="ct_third", phone="+14155550199", first_name="Ana", email="")
    with pytest.raises(Conflict):
        merge(world, third, tomas)


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=_LONELY)
@given(own_first=st.booleans(), as_system=st.booleans())
def test_leads_of_two_workspaces_never_become_one(world: World, own_first: bool, as_system: bool) -> None:
    with db.transaction(world.as_nils) as tx:
        other = leads.find_or_create(tx, world.as_nils, Person(email="dana@northwind.example"), region=None).lead_id
    own = mail(world)
    pair = (own, other) if own_first else (other, own)
    for scope in (world.as_mara, world.as_nils, world.as_mara.within(world.birch)):
        before = everything(world, own)
        with db.transaction(scope) as tx, pytest.raises(NotFound):
            leads.merge(tx, scope, *pair, reason="Same address")
        assert everything(world, own) == before

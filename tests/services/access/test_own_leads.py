"""A setter who sees only their own leads: who is one, what they may still do, and what they lose with a lead."""

from uuid import UUID

import pytest

from tests.services.leads.persons import furnish, mail, merge, text_message
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models import Conversation, Lead, Member, OutboundMessage
from zrg_app.services import access, drafting, inbox, leads, sentiment, undo, workbench, workspaces
from zrg_app.services.access import Visitor
from zrg_app.services.inbox.views import ListFilter


def _limit(world: World, on: bool = True) -> None:
    with db.transaction(world.as_mara) as tx:
        workspaces.change_settings(tx, world.as_mara, {"setters_see_own_only": on})


def _scope(world: World, person: UUID, name: str = "Ben Ortiz") -> Scope:
    visitor = Visitor(user_id=person, session_id=person, email="x@x.example", name=name, theme="system")
    with db.transaction(system("what may this visitor do?")) as tx:
        return access.grant(tx, visitor, world.acme).scope


def _give(world: World, lead: UUID, person: UUID | None) -> None:
    with db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, lead, user_id=person)


def _seen(scope: Scope) -> set[str]:
    with db.transaction(scope) as tx:
        return {row.lead_id for row in inbox.list_page(tx, scope, ListFilter(view="all")).rows}


def test_only_setters_are_limited_and_only_where_the_workspace_says_so(world: World) -> None:
    assert _scope(world, world.ben).only_assigned_to is None
    _limit(world)
    assert _scope(world, world.ben).only_assigned_to == world.ben
    assert _scope(world, world.mara, "Mara Reyes").only_assigned_to is None
    for role in ("INBOX_MANAGER", "ADMIN"):
        with db.transaction(world.as_mara) as tx:
            tx.add(Member(workspace_id=world.acme, user_id=world.ben, role=role))
        assert _scope(world, world.ben).only_assigned_to is None
    _limit(world, on=False)
    assert _scope(world, world.ben).only_assigned_to is None


def test_unassigned_leads_are_nobodys_to_see_until_they_are_given(world: World) -> None:
    dana, _ = mail(world), text_message(world)
    _limit(world)
    ben = _scope(world, world.ben)
    assert _seen(ben) == set()
    _give(world, dana, world.ben)
    assert _seen(ben) == {str(dana)}
    _give(world, dana, None)
    assert _seen(ben) == set() and str(dana) in _seen(world.as_mara)


def test_the_own_lead_is_worked_on_as_ever(world: World) -> None:
    dana = mail(world)
    furnish(world, dana, channel="email", label="Fair")
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        for act in (inbox.mark_read, inbox.mark_unread, inbox.done, inbox.reopen):
            act(tx, ben, dana)
        inbox.add_note(tx, ben, dana, body="Called them.")
        sentiment.correct(tx, ben, dana, label="Interested")
        leads.edit(tx, ben, dana, "company", "Halden", seen="", expected_updated_at=None)
        leads.blacklist(tx, ben, dana, reason="asked")
        leads.unblacklist(tx, ben, dana)
        view = workbench.open_conversation(tx, ben, dana)
    assert any("Called them." in item.body for item in view.items)


def test_who_gives_a_lead_away_loses_it_with_the_step(world: World) -> None:
    dana = mail(world)
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        inbox.assign(tx, ben, dana, user_id=world.mara)
        with pytest.raises(NotFound):
            workbench.open_conversation(tx, ben, dana)
    assert _seen(ben) == set()
    with db.transaction(world.as_mara) as tx:
        assert tx.get(Conversation, dana).assignee_id == world.mara
    with pytest.raises(NotFound), db.transaction(ben) as tx:
        inbox.assign(tx, ben, dana, user_id=world.ben)


def test_giving_a_lead_away_can_be_taken_back_while_nobody_went_on(world: World) -> None:
    dana = mail(world)
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        done = undo.perform(tx, ben, "assign", (dana,), user_id=world.mara)
    assert _seen(ben) == set() and done.leads == (dana,)
    with db.transaction(ben) as tx:
        assert undo.take_back(tx, ben, done).leads == (dana,)
    assert _seen(ben) == {str(dana)}


def test_the_palette_finds_only_ones_own_leads(world: World) -> None:
    dana, tomas = mail(world), text_message(world)
    _give(world, dana, world.ben)
    _limit(world)

    with db.transaction(world.as_mara) as tx:
        everybody = {lead: tx.get(Lead, lead) for lead in (dana, tomas)}
        words = {word for lead in everybody.values() for word in (lead.first_name, lead.last_name, lead.email) if word}

    def found(scope: Scope) -> set[str]:
        with db.transaction(scope) as tx:
            return {person.lead_id for word in words for person in inbox.find_people(tx, scope, word)}

    assert found(_scope(world, world.ben)) == {str(dana)}
    assert found(world.as_mara) >= {str(dana)}


def test_a_refusal_in_the_middle_leaves_nobody_with_the_whole_workspace(world: World) -> None:
    dana, tomas = mail(world), text_message(world)
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        with pytest.raises(ZeroDivisionError), db.whole_workspace(tx, ben):
            assert tx.get(Lead, tomas) is not None
            _ = 1 / 0
        tx.expunge_all()
        assert tx.get(Lead, tomas) is None and tx.get(Lead, dana) is not None


def test_nothing_can_be_done_to_somebody_elses_lead(world: World) -> None:
    dana, tomas = mail(world), text_message(world)
    furnish(world, tomas, channel="sms", label="Fair")
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(world.as_mara) as tx:
        draft, number, own = drafting.current(tx, world.as_mara, tomas), tx.get(Lead, tomas).phone, tx.get(Lead, dana).phone
    attempts = [lambda tx: inbox.done(tx, ben, tomas), lambda tx: inbox.assign(tx, ben, tomas, user_id=world.ben),
                lambda tx: inbox.add_note(tx, ben, tomas, body="x"), lambda tx: leads.merge(tx, ben, dana, tomas, reason="x"),
                lambda tx: leads.edit(tx, ben, tomas, "company", "x", seen="", expected_updated_at=None),
                lambda tx: sentiment.correct(tx, ben, tomas, label="Interested"),
                lambda tx: drafting.approve(tx, ben, UUID(draft.id)), lambda tx: leads.blacklist(tx, ben, tomas, reason="x")]
    for attempt in attempts:
        with pytest.raises((NotFound, Invalid)), db.transaction(ben) as tx:
            attempt(tx)
    with pytest.raises(Conflict, match="another lead"), db.transaction(ben) as tx:
        leads.edit(tx, ben, dana, "phone", number, seen=own or "", expected_updated_at=None)
    with db.transaction(world.as_mara) as tx:
        assert tx.get(Conversation, tomas).done_at is None and tx.get(Lead, tomas).company != "x"


def test_a_merge_of_two_own_leads_and_its_undo_hold(world: World) -> None:
    dana, tomas = mail(world), text_message(world)
    for lead in (dana, tomas):
        _give(world, lead, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        made = leads.merge(tx, ben, dana, tomas, reason="One person")
        assert [each.id for each in leads.panel(tx, ben, dana).merges] == [str(made)]
        assert leads.living(tx, tomas) == dana
    with db.transaction(ben) as tx:
        leads.unmerge(tx, ben, made)
    assert _seen(ben) == {str(dana), str(tomas)}


def test_the_merge_with_a_colleagues_lead_can_be_undone_too(world: World) -> None:
    dana, tomas = mail(world), text_message(world)
    _give(world, dana, world.ben)
    made = merge(world, dana, tomas)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        leads.unmerge(tx, ben, made)
    assert _seen(ben) == {str(dana)} and str(tomas) in _seen(world.as_mara)


def test_what_a_setter_sends_leaves_like_everybodys(world: World) -> None:
    dana = mail(world)
    furnish(world, dana, channel="email", label="Fair")
    _give(world, dana, world.ben)
    _limit(world)
    ben = _scope(world, world.ben)
    with db.transaction(ben) as tx:
        draft = drafting.current(tx, ben, dana)
        outbound = drafting.approve(tx, ben, UUID(draft.id))
    with db.transaction(world.as_mara) as tx:
        assert tx.get(OutboundMessage, outbound).sent_by_user == world.ben

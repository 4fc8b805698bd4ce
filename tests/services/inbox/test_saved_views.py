"""Views that people name: kept for oneself or shared, changed by who may, deleted and brought back, counted as they are listed."""

from zoneinfo import ZoneInfo

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.models import Member, User
from zrg_app.services.inbox import saved_views
from zrg_app.services.inbox.wanted import Choice

UTC = ZoneInfo("UTC")
HOT = Choice(view="reply", channels=("sms",), query="")


def person(world: World, name: str, role: str) -> Scope:
    """Somebody new with a role in Acme Growth."""
    user_id = ids.new_id()
    with db.transaction(system("add a person to a test")) as tx:
        tx.add(User(id=user_id, email=f"{name.lower()}@agency.example", name=name))
        tx.flush()
        tx.add(Member(workspace_id=world.acme, user_id=user_id, role=role))
    return Scope(actor=Actor(kind="user", name=name, id=user_id), workspace_id=world.acme)


def does(scope: Scope, action, *arguments, **options):
    with db.transaction(scope) as tx:
        return action(tx, scope, *arguments, **options)


def listed(scope: Scope) -> list[saved_views.SavedRow]:
    return [row for row, _ in does(scope, saved_views.saved_views, zone=UTC)]


def test_a_private_view_is_its_owners_alone(world: World) -> None:
    mine = does(world.as_ben, saved_views.save_view, name="  My   hot ones ", choice=HOT, is_shared=False)
    assert [(row.name, row.owner, row.is_shared, row.may_change) for row in listed(world.as_ben)] == [("My hot ones", "", False, True)]
    assert listed(world.as_mara) == []
    for action, options in ((saved_views.saved_choice, {}), (saved_views.change_view, {"name": "Mine"}), (saved_views.delete_view, {})):
        with pytest.raises(NotFound):
            does(world.as_mara, action, mine, **options)
    assert does(world.as_ben, saved_views.saved_choice, mine) == ("My hot ones", HOT)


def test_a_shared_view_is_everybodys_and_changed_by_its_owner_and_by_admins(world: World) -> None:
    setter, other, admin = (person(world, *who) for who in (("Sam", "SETTER"), ("Olga", "INBOX_MANAGER"), ("Ada", "ADMIN")))
    view = does(setter, saved_views.save_view, name="Hot", choice=HOT, is_shared=True)
    assert [(row.owner, row.may_change) for row in listed(other)] == [("Sam", False)]
    assert [(row.owner, row.may_change) for row in listed(admin)] == [("Sam", True)]
    for action, options in ((saved_views.change_view, {"name": "Cold"}), (saved_views.delete_view, {})):
        with pytest.raises(Forbidden):
            does(other, action, view, **options)
    does(admin, saved_views.change_view, view, name="Hotter", choice=Choice(view="drafts"))
    assert does(other, saved_views.saved_choice, view) == ("Hotter", Choice(view="drafts"))
    does(setter, saved_views.change_view, view, is_shared=False)
    assert listed(other) == listed(admin) == []


def test_a_deleted_view_comes_back_as_it_was_and_only_by_who_could_delete_it(world: World) -> None:
    setter, other = person(world, "Sam", "SETTER"), person(world, "Olga", "INBOX_MANAGER")
    view = does(setter, saved_views.save_view, name="Hot", choice=HOT, is_shared=True)
    before = listed(setter)
    taken = does(setter, saved_views.delete_view, view)
    assert listed(setter) == []
    with pytest.raises(Forbidden):
        does(other, saved_views.restore_view, taken)
    does(setter, saved_views.restore_view, taken)
    does(setter, saved_views.restore_view, taken)
    assert listed(setter) == before


def test_a_guest_keeps_views_for_themselves_only(world: World) -> None:
    guest = person(world, "Gil", "CLIENT_PORTAL")
    shared = does(world.as_mara, saved_views.save_view, name="Theirs", choice=HOT, is_shared=True)
    with pytest.raises(Forbidden):
        does(guest, saved_views.save_view, name="Ours", choice=HOT, is_shared=True)
    mine = does(guest, saved_views.save_view, name="Ours", choice=HOT, is_shared=False)
    for view in (mine, shared):
        with pytest.raises(Forbidden):
            does(guest, saved_views.change_view, view, is_shared=True, name="x") if view == mine else does(
                guest, saved_views.delete_view, view)
    assert [row.name for row in listed(guest)] == ["Theirs", "Ours"]
    does(guest, saved_views.delete_view, mine)


def test_another_workspace_sees_and_reaches_nothing(world: World) -> None:
    view = does(world.as_mara, saved_views.save_view, name="Hot", choice=HOT, is_shared=True)
    assert listed(world.as_nils) == []
    with pytest.raises(NotFound):
        does(world.as_nils, saved_views.saved_choice, view)


def test_a_name_is_needed_and_nobody_keeps_endless_views(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("", "   ", "x" * 61):
        with pytest.raises(Invalid):
            does(world.as_mara, saved_views.save_view, name=name, choice=HOT, is_shared=False)
    monkeypatch.setattr(saved_views, "MOST_OF_ONE", 1)
    does(world.as_mara, saved_views.save_view, name="One", choice=HOT, is_shared=False)
    with pytest.raises(Invalid, match="already"):
        does(world.as_mara, saved_views.save_view, name="Two", choice=HOT, is_shared=False)


def test_the_number_is_that_of_the_list_and_stops_after_99(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        wrote(world, f"Lead{number}", channel="sms", assignee_id=world.ben if number else world.mara)
    wrote(world, "Mail")
    does(world.as_mara, saved_views.save_view, name="Texts", choice=HOT, is_shared=True)
    does(world.as_mara, saved_views.save_view, name="Mine", choice=Choice(view="mine", channels=("sms",)), is_shared=True)
    assert [row.number for row in listed(world.as_mara)] == [4, 1]
    assert [row.number for row in listed(world.as_ben)] == [4, 3], "“mine” is each viewer's own"
    monkeypatch.setattr(saved_views, "MOST_COUNTED", 2)
    assert [row.number for row in listed(world.as_mara)] == [3, 1]

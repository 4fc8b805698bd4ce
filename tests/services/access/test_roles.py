"""Workspace access is owned or member, and of several roles the highest counts."""

from uuid import UUID

import pytest

from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models import Member, User
from zrg_app.models.vocabulary import Role
from zrg_app.services import access
from zrg_app.services.access import Permission, Visitor

ANYWHERE = system("test of roles")


def visitor(world: World, user_id: UUID) -> Visitor:
    """A signed-in person."""
    with db.transaction(ANYWHERE) as tx:
        return access.recognise(tx, access.open_session(tx, user_id))


def role(user_id: UUID, workspace_id: UUID) -> Role | None:
    """The role that counts."""
    with db.transaction(ANYWHERE) as tx:
        return access.role_of(tx, user_id, workspace_id)


def change(scope: Scope, function: object, *arguments: object) -> object:
    """Run an action of access in a transaction of its own."""
    with db.transaction(scope) as tx:
        return function(tx, scope, *arguments)


def test_of_several_roles_the_highest_counts(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add_all([Member(workspace_id=world.acme, user_id=world.nils, role=given)
                    for given in ("CLIENT_PORTAL", "INBOX_MANAGER", "SETTER")])
        tx.add(Member(workspace_id=world.acme, user_id=world.mara, role="SETTER"))
    assert role(world.nils, world.acme) is Role.INBOX_MANAGER
    assert role(world.mara, world.acme) is Role.OWNER
    assert role(world.ben, world.birch) is None


def test_a_scope_is_given_only_where_one_belongs_and_may(world: World) -> None:
    ben = visitor(world, world.ben)
    with db.transaction(ANYWHERE) as tx:
        scope = access.scope_for(tx, ben, world.acme, Permission.ANSWER)
        assert (scope.workspace_id, scope.user_id, scope.actor.name) == (world.acme, world.ben, "Ben Ortiz")
        with pytest.raises(Forbidden, match="setter.*change settings"):
            access.scope_for(tx, ben, world.acme, Permission.EDIT_SETTINGS)
        for foreign in (world.birch, ids.new_id()):
            with pytest.raises(NotFound, match="not there, or it is not shared"):
                access.scope_for(tx, ben, foreign, Permission.READ_INBOX)


def test_the_workspaces_of_a_person_are_the_owned_and_the_joined(world: World) -> None:
    change(world.as_nils, access.add_member, world.ben, "CLIENT_PORTAL")
    with db.transaction(ANYWHERE) as tx:
        assert [(option.name, option.role) for option in access.workspaces_of(tx, world.ben)] == [
            ("Acme Growth", "SETTER"), ("Birch Labs", "CLIENT_PORTAL")]
        assert [option.name for option in access.workspaces_of(tx, world.nils)] == ["Birch Labs"]


def test_members_are_listed_with_the_owner_first(world: World) -> None:
    found = change(world.as_mara, access.members)
    assert [(member.name, member.role, member.is_owner) for member in found] == [
        ("Mara Reyes", "OWNER", True), ("Ben Ortiz", "SETTER", False)]


def test_a_role_is_changed_and_taken(world: World) -> None:
    change(world.as_mara, access.change_role, world.ben, "INBOX_MANAGER")
    assert role(world.ben, world.acme) is Role.INBOX_MANAGER
    change(world.as_mara, access.remove_member, world.ben)
    assert role(world.ben, world.acme) is None
    with pytest.raises(NotFound):
        change(world.as_mara, access.remove_member, world.ben)


def test_the_owner_can_be_neither_removed_nor_changed(world: World) -> None:
    for function, more in ((access.remove_member, ()), (access.change_role, ("SETTER",))):
        with pytest.raises(Conflict, match="owner"):
            change(world.as_mara, function, world.mara, *more)


def test_the_last_working_admin_cannot_leave(world: World) -> None:
    change(world.as_mara, access.change_role, world.ben, "ADMIN")
    with db.transaction(ANYWHERE) as tx:
        tx.get_one(User, world.mara).disabled_at = clock.now()
    for function, more in ((access.remove_member, ()), (access.change_role, ("SETTER",))):
        with pytest.raises(Conflict, match="last person"):
            change(world.as_mara, function, world.ben, *more)
    change(world.as_mara, access.change_role, world.ben, "ADMIN")
    assert role(world.ben, world.acme) is Role.ADMIN


def test_a_member_of_another_workspace_cannot_be_reached(world: World) -> None:
    with pytest.raises(NotFound):
        change(world.as_nils, access.remove_member, world.ben)
    with pytest.raises(NotFound):
        change(world.as_nils, access.change_role, world.ben, "ADMIN")
    assert role(world.ben, world.acme) is Role.SETTER


@pytest.mark.parametrize("hostile", ["OWNER", "owner", "", None, {"role": "ADMIN"}, ["ADMIN"], 7])
def test_only_known_roles_can_be_given(world: World, hostile: object) -> None:
    with pytest.raises(Invalid, match="must be one of"):
        change(world.as_mara, access.change_role, world.ben, hostile)

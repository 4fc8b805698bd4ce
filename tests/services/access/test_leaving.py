"""What becomes of somebody's conversations when they leave the team, and is it all taken back?"""

from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.leads.persons import mail, text_message
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import system
from zrg_app.models import Conversation, Member
from zrg_app.services import access, inbox, workbench


def _owner(world: World, lead: UUID) -> UUID | None:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Conversation, lead).assignee_id


def _roles(world: World, person: UUID) -> set[str]:
    with db.transaction(world.as_mara) as tx:
        return set(tx.scalars(text("select role from member where user_id = :person"), {"person": person}))


def _lines(world: World, lead: UUID) -> list[str]:
    with db.transaction(world.as_mara) as tx:
        return [item.body for item in workbench.open_conversation(tx, world.as_mara, lead).items if item.kind == "activity"]


def _remove(world: World) -> UUID:
    with db.transaction(world.as_mara) as tx:
        return access.remove_member(tx, world.as_mara, world.ben)


@pytest.fixture
def owned(world: World) -> tuple[UUID, UUID]:
    """Dana is Ben's, Tomas is Mara's."""
    dana, tomas = mail(world), text_message(world)
    with db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, dana, user_id=world.ben)
        inbox.assign(tx, world.as_mara, tomas, user_id=world.mara)
    return dana, tomas


def test_what_was_theirs_is_nobodys_and_says_why(world: World, owned: tuple[UUID, UUID]) -> None:
    dana, tomas = owned
    _remove(world)
    assert (_owner(world, dana), _owner(world, tomas), _roles(world, world.ben)) == (None, world.mara, set())
    assert _lines(world, dana)[-1] == "Ben Ortiz left the team; this is nobody's now"
    assert not any("left the team" in line for line in _lines(world, tomas))


def test_taken_back_they_have_their_roles_and_conversations_again(world: World, owned: tuple[UUID, UUID]) -> None:
    dana, _ = owned
    with db.transaction(world.as_mara) as tx:
        tx.add(Member(workspace_id=world.acme, user_id=world.ben, role="INBOX_MANAGER"))
    left = _remove(world)
    with db.transaction(world.as_mara) as tx:
        assert access.restore_member(tx, world.as_mara, left) == "Ben Ortiz"
    assert (_owner(world, dana), _roles(world, world.ben)) == (world.ben, {"SETTER", "INBOX_MANAGER"})
    assert _lines(world, dana)[-1] == "Ben Ortiz is back in the team, and this is theirs again"
    with pytest.raises(Conflict), db.transaction(world.as_mara) as tx:
        access.restore_member(tx, world.as_mara, left)


def test_what_somebody_took_meanwhile_stays_theirs(world: World, owned: tuple[UUID, UUID]) -> None:
    dana, _ = owned
    left = _remove(world)
    with db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, dana, user_id=world.mara)
        inbox.assign(tx, world.as_mara, dana, user_id=None)
        access.restore_member(tx, world.as_mara, left)
    assert _owner(world, dana) is None and _roles(world, world.ben) == {"SETTER"}


def test_a_departure_of_another_workspace_or_of_long_ago_is_not_taken_back(world: World, owned: tuple[UUID, UUID]) -> None:
    left = _remove(world)
    for scope, wanted in ((world.as_nils, left), (world.as_mara, ids.new_id())):
        with pytest.raises(NotFound), db.transaction(scope) as tx:
            access.restore_member(tx, scope, wanted)
    with db.transaction(system("let two days pass")) as tx:
        tx.execute(text("update audit_event set created_at = created_at - interval '2 days' where kind = 'access.member_left'"))
    with pytest.raises(NotFound, match="Invite"), db.transaction(world.as_mara) as tx:
        access.restore_member(tx, world.as_mara, left)


def test_members_are_told_when_they_were_last_here_and_strangers_never(world: World) -> None:
    with db.transaction(system("sign in")) as tx:
        for person in (world.ben, world.nils):
            access.open_session(tx, person)
    with db.transaction(world.as_mara) as tx:
        seen = {member.name: bool(member.last_seen_at) for member in access.members(tx, world.as_mara)}
        assert seen == {"Mara Reyes": False, "Ben Ortiz": True}
        assert tx.scalar(text("select last_seen(:person)"), {"person": world.nils}) is None


def test_an_invitation_sent_once_more_has_a_new_link_and_the_old_one_is_dead(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        first = access.invite(tx, world.as_mara, "luis@agency.example", "SETTER")
        again = access.resend_invitation(tx, world.as_mara, first.invitation_id)
        (shown,) = access.invitations(tx, world.as_mara)
        assert (shown.id, shown.role, shown.email) == (str(again.invitation_id), "SETTER", "luis@agency.example")
        with pytest.raises(NotFound):
            access.resend_invitation(tx, world.as_mara, first.invitation_id)
    with db.transaction(system("read the links")) as tx:
        assert access.offer(tx, again.link.rsplit("=", 1)[1]).email == "luis@agency.example"
        with pytest.raises(NotFound):
            access.offer(tx, first.link.rsplit("=", 1)[1])

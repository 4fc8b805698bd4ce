"""An invitation is a link for a mailbox: it makes a member once, and it never opens an existing login."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.world import World
from zrg_app.kit import clock, db, vault
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models.vocabulary import Role
from zrg_app.services import access

ANYWHERE = system("test of invitations")
PASSWORD = "a plain long password"


def invite(scope: Scope, email: str = "luis@agency.example", role: str = "SETTER") -> access.Invited:
    """Invite somebody."""
    with db.transaction(scope) as tx:
        return access.invite(tx, scope, email, role)


def token_of(invited: access.Invited) -> str:
    """The token in the link."""
    return invited.link.rsplit("=", 1)[1]


def accept(token: str) -> access.SignedIn | None:
    """Accept as a new person would."""
    return access.accept_invitation(token, name="Luis Ramos", password=PASSWORD, address="203.0.113.9")


def mails() -> list[dict]:
    """What waits to be mailed, opened."""
    with db.transaction(ANYWHERE) as tx:
        rows = tx.scalars(text("select payload from background_job where kind = 'access.send_mail' order by id")).all()
    assert not any("agency.example" in str(row) or "invitation=" in str(row) for row in rows), "a link must wait sealed"
    return [vault.unseal(row["sealed"]) for row in rows]


def test_the_mail_carries_the_link_and_waits_sealed(world: World) -> None:
    invited = invite(world.as_mara)
    [mail] = mails()
    assert mail["to"] == "luis@agency.example"
    assert invited.link in mail["text"]
    assert "Mara Reyes" in mail["subject"] and "Acme Growth" in mail["subject"]


def test_somebody_with_a_login_becomes_a_member_at_once_and_is_told(world: World) -> None:
    invited = invite(world.as_mara, "Nils@birch.example", "INBOX_MANAGER")
    assert (invited.link, invited.user_id) == ("", world.nils)
    with db.transaction(ANYWHERE) as tx:
        assert access.role_of(tx, world.nils, world.acme) is Role.INBOX_MANAGER
    assert [mail["to"] for mail in mails()] == ["nils@birch.example"]
    with pytest.raises(Conflict, match="belongs to the workspace already"):
        invite(world.as_mara, "nils@birch.example", "ADMIN")


def test_a_second_invitation_replaces_the_first(world: World) -> None:
    first, second = invite(world.as_mara), invite(world.as_mara, role="ADMIN")
    with pytest.raises(NotFound):
        accept(token_of(first))
    with db.transaction(world.as_mara) as tx:
        assert [(row.email, row.role) for row in access.invitations(tx, world.as_mara)] == [("luis@agency.example", "ADMIN")]
    signed_in = accept(token_of(second))
    with db.transaction(ANYWHERE) as tx:
        assert access.role_of(tx, signed_in.user_id, world.acme) is Role.ADMIN


def test_an_old_a_revoked_and_a_made_up_invitation_do_not_work(world: World) -> None:
    invited = invite(world.as_mara)
    with clock.frozen(clock.now() + timedelta(days=7, seconds=1)), pytest.raises(NotFound, match="no longer valid"):
        accept(token_of(invited))
    with pytest.raises(NotFound), db.transaction(world.as_nils) as tx:
        access.revoke_invitation(tx, world.as_nils, invited.invitation_id)
    with db.transaction(world.as_mara) as tx:
        access.revoke_invitation(tx, world.as_mara, invited.invitation_id)
    for token in (token_of(invited), "", "x", "\ud800", "x" * 10_000):
        with pytest.raises(NotFound):
            accept(token)


def test_the_link_of_somebody_who_got_a_login_meanwhile_neither_signs_in_nor_changes_the_password(world: World) -> None:
    invited = invite(world.as_mara)
    access.create_user(email="luis@agency.example", name="Luis", password="his own password")
    assert accept(token_of(invited)) is None
    with db.transaction(ANYWHERE) as tx:
        luis = tx.scalar(text("select id from app_user where email = 'luis@agency.example'"))
        assert access.role_of(tx, luis, world.acme) is Role.SETTER
    assert access.sign_in("luis@agency.example", "his own password", address="203.0.113.9").user_id == luis


@pytest.mark.parametrize(("email", "role"), [
    ("luis", "SETTER"), ("luis@agency.example", "OWNER"), ("a@b.example\r\nBcc: x@y.example", "SETTER"),
    ("\x00@b.example", "SETTER"),
    ({"email": "x"}, "SETTER"), (None, "SETTER"), ("luis@agency.example", {"role": "ADMIN"})])
def test_hostile_invitations_are_refused(world: World, email: object, role: object) -> None:
    with pytest.raises(Invalid):
        invite(world.as_mara, email, role)
    assert mails() == []


def test_the_offer_names_the_workspace_but_no_secret(world: World) -> None:
    invited = invite(world.as_mara)
    with db.transaction(ANYWHERE) as tx:
        offered = access.offer(tx, token_of(invited))
    assert (offered.workspace_name, offered.email, offered.role, offered.knows_password) == (
        "Acme Growth", "luis@agency.example", "SETTER", False)

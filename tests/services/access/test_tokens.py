"""An API token opens one workspace, to read or to write, until it is revoked."""

import pytest

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound, Unauthenticated
from zrg_app.kit.scope import Scope, system
from zrg_app.models import ApiToken
from zrg_app.services import access
from zrg_app.services.access import Permission

ANYWHERE = system("test of tokens")


def made(scope: Scope, token_scope: str = "read") -> access.NewToken:
    """Make a token."""
    with db.transaction(scope) as tx:
        return access.create_token(tx, scope, token_scope, name="Reporting\n script")


def verified(token: str) -> access.TokenGrant:
    """What the token opens."""
    with db.transaction(ANYWHERE) as tx:
        return access.verify_token(tx, token)


def test_a_token_acts_in_its_workspace_under_its_name(world: World) -> None:
    grant = verified(made(world.as_mara).token)
    assert grant.scope.workspace_id == world.acme
    assert (grant.scope.actor.kind, grant.scope.actor.name, grant.scope.user_id) == ("token", "Reporting script", None)


def test_a_token_to_read_cannot_write(world: World) -> None:
    reading, writing = verified(made(world.as_mara).token), verified(made(world.as_mara, "write").token)
    assert access.token_scope_for(reading, Permission.READ_INBOX) == reading.scope
    with pytest.raises(Forbidden, match="read does not allow"):
        access.token_scope_for(reading, Permission.ANSWER)
    assert access.token_scope_for(writing, Permission.ANSWER) == writing.scope
    for never in (Permission.MANAGE_MEMBERS, Permission.MANAGE_TOKENS, Permission.EDIT_SETTINGS):
        with pytest.raises(Forbidden):
            access.token_scope_for(writing, never)


def test_a_revoked_token_is_worth_nothing_and_only_its_workspace_can_revoke_it(world: World) -> None:
    new = made(world.as_mara)
    with pytest.raises(NotFound), db.transaction(world.as_nils) as tx:
        access.revoke_token(tx, world.as_nils, new.id)
    verified(new.token)
    with db.transaction(world.as_mara) as tx:
        access.revoke_token(tx, world.as_mara, new.id)
    with pytest.raises(Unauthenticated):
        verified(new.token)
    with pytest.raises(NotFound), db.transaction(world.as_mara) as tx:
        access.revoke_token(tx, world.as_mara, new.id)


def test_the_list_shows_four_letters_and_when_it_was_used(world: World) -> None:
    new = made(world.as_mara)
    verified(new.token)
    with db.transaction(world.as_mara) as tx:
        [listed] = access.tokens(tx, world.as_mara)
        assert tx.get_one(ApiToken, new.id).token_hash != new.token
    assert (listed.name, listed.last_four, bool(listed.last_used_at)) == ("Reporting script", new.token[-4:], True)
    with db.transaction(world.as_nils) as tx:
        assert access.tokens(tx, world.as_nils) == ()


@pytest.mark.parametrize("wrong", ["", "zrg_", "Bearer x", "zrg_\x00", "zrg_\ud800", "zrg_" + "x" * 100_000])
def test_a_made_up_token_is_refused(world: World, wrong: str) -> None:
    with pytest.raises(Unauthenticated):
        verified(wrong)


@pytest.mark.parametrize("hostile", ["admin", "", "READ", "read,write"])
def test_only_read_and_write_are_scopes(world: World, hostile: str) -> None:
    with pytest.raises(Invalid):
        made(world.as_mara, hostile)

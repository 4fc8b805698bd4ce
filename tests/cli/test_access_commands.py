"""The operator's commands print the new id, link or token alone, and say everything else on standard error."""

import re

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.world import World
from zrg_app.cli import token, user, workspace
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound, Unauthenticated
from zrg_app.kit.scope import system
from zrg_app.services import access

ANYWHERE = system("test of commands")
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"


def zrg(*words: str, typed: str = "") -> Result:
    """Run `./zrg` with these words; what it raises is raised here."""
    application = typer.Typer()
    for group in (workspace, user, token):
        group.register(application)
    return CliRunner().invoke(application, list(words), input=typed, catch_exceptions=False)


def test_a_person_and_a_workspace_are_made_and_their_ids_printed_alone(world: World) -> None:
    person = zrg("user", "create", "luis@agency.example", "--name", "Luis Ramos", "--password-stdin", typed="a long password\n")
    assert re.fullmatch(UUID + "\n", person.stdout)
    made = zrg("workspace", "create", "Cedar Partners", "--owner", "Luis@agency.example")
    assert re.fullmatch(UUID + "\n", made.stdout)
    assert access.sign_in("luis@agency.example", "a long password", address="203.0.113.9")
    listed = zrg("workspace", "list").stdout.splitlines()
    assert f"{made.stdout.strip()}\tCedar Partners\tluis@agency.example" in listed


def test_a_token_is_printed_alone_works_and_is_revoked_by_its_id(world: World) -> None:
    made = zrg("token", "create", "acme growth", "--scope", "write")
    assert re.fullmatch(r"zrg_[\w-]{43}\n", made.stdout)
    with db.transaction(ANYWHERE) as tx:
        grant = access.verify_token(tx, made.stdout.strip())
    assert grant.scope.workspace_id == world.acme
    assert str(grant.token_id) in made.stderr
    assert zrg("token", "revoke", str(grant.token_id)).stdout == ""
    with pytest.raises(Unauthenticated), db.transaction(ANYWHERE) as tx:
        access.verify_token(tx, made.stdout.strip())


def test_an_invitation_prints_its_link_and_a_known_person_joins_at_once(world: World) -> None:
    link = zrg("user", "invite", str(world.acme), "luis@agency.example", "--role", "admin").stdout
    assert re.fullmatch(r"http\S+/invitation\?invitation=[\w-]{43}\n", link)
    joined = zrg("user", "invite", "Acme Growth", "nils@birch.example")
    assert joined.stdout == "" and "is a member now" in joined.stderr


def test_a_reset_prints_a_link_that_works(world: World) -> None:
    link = zrg("user", "reset-password", "ben@agency.example").stdout.strip()
    assert access.reset_password(link.rsplit("=", 1)[1], "a new long password", address="203.0.113.9") == "ben@agency.example"


@pytest.mark.parametrize(("words", "kind"), [
    (("workspace", "create", "X", "--owner", "nobody@agency.example"), NotFound),
    (("workspace", "create", " ", "--owner", "mara@agency.example"), Invalid),
    (("user", "create", "luis@agency.example"), Invalid),
    (("user", "create", "mara@agency.example", "--password", "a plain long password"), Conflict),
    (("user", "invite", "Nowhere", "luis@agency.example"), NotFound),
    (("user", "invite", "Acme Growth", "luis@agency.example", "--role", "OWNER"), Invalid),
    (("user", "reset-password", "nobody@agency.example"), NotFound),
    (("token", "create", "Acme Growth", "--scope", "everything"), Invalid),
    (("token", "revoke", "not-an-id"), Invalid),
    (("token", "revoke", "01920000-0000-7000-8000-000000000000"), NotFound)])
def test_what_cannot_be_done_is_one_of_our_sentences(world: World, words: tuple[str, ...], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        zrg(*words)

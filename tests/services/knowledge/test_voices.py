"""Who speaks: the campaign's persona, else the default one, else the workspace; edited without overwriting a colleague."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.models import Campaign, Persona
from zrg_app.services import knowledge
from zrg_app.services.knowledge import casting
from zrg_app.services.knowledge.views import PersonaView

CHRIS = {"name": "Chris", "sender_name": "Chris Vale", "tone": "warm", "greeting": "Hi {firstName},", "signature": "Chris\nAcme"}


def make(world: World, name: str = "Chris", **more: object) -> PersonaView:
    """A persona of Acme."""
    with db.transaction(world.as_mara) as tx:
        return casting.create(tx, world.as_mara, {**CHRIS, "name": name, **more})


def speaks(world: World, campaign: UUID | None = None) -> str:
    """Who answers a lead of this campaign."""
    with db.transaction(world.as_mara) as tx:
        return knowledge.persona_for(tx, world.as_mara, campaign).sender_name


def test_the_campaigns_persona_speaks_before_the_default_and_that_before_the_workspace(world: World) -> None:
    assert speaks(world) == "Chris Vale", "the workspace's own name"
    make(world, sender_name="Default Person")
    own = make(world, "Own", sender_name="Campaign Person")
    with db.transaction(world.as_mara) as tx:
        named, plain = (Campaign(workspace_id=world.acme, provider="ghl", external_id=key, name=key, persona_id=persona)
                        for key, persona in (("a", UUID(own.id)), ("b", None)))
        tx.add_all([named, plain])
        tx.flush()
    assert (speaks(world, named.id), speaks(world, plain.id), speaks(world)) == ("Campaign Person", "Default Person", "Default Person")
    with db.transaction(world.as_mara) as tx:
        assert {one.name: one.campaigns for one in knowledge.personas(tx, world.as_mara)} == {"Chris": 0, "Own": 1}
        casting.delete(tx, world.as_mara, UUID(own.id))
    assert speaks(world, named.id) == "Default Person"


def test_exactly_one_persona_is_the_default(world: World) -> None:
    first, second, third = make(world, "A"), make(world, "B"), make(world, "C")
    assert [one.is_default for one in (first, second, third)] == [True, False, False]
    with db.transaction(world.as_mara) as tx:
        casting.make_default(tx, world.as_mara, UUID(third.id))
        assert [(one.name, one.is_default) for one in knowledge.personas(tx, world.as_mara)] == [("C", True), ("A", False), ("B", False)]
        with pytest.raises(Conflict, match="Make another persona the default first"):
            casting.delete(tx, world.as_mara, UUID(third.id))
        for persona in (first, second, third):
            casting.delete(tx, world.as_mara, UUID(persona.id))
        assert tx.scalar(select(func.count()).select_from(Persona)) == 0


def test_two_people_who_edit_different_fields_both_keep_their_work(world: World) -> None:
    shown = make(world)
    with db.transaction(world.as_mara) as tx:
        casting.edit(tx, world.as_mara, shown, {**CHRIS, "tone": "brief"})
        done = casting.edit(tx, world.as_mara, shown, {**CHRIS, "greeting": "Hello {firstName},"})
    assert (done.persona.tone, done.persona.greeting, done.conflicts) == ("brief", "Hello {firstName},", ())


def test_the_same_field_is_never_overwritten_unseen(world: World) -> None:
    shown = make(world)
    with db.transaction(world.as_mara) as tx:
        casting.edit(tx, world.as_mara, shown, {**CHRIS, "tone": "brief"})
        done = casting.edit(tx, world.as_mara, shown, {**CHRIS, "tone": "formal", "greeting": "Dear {firstName},"})
        assert (done.conflicts, done.persona.tone, done.persona.greeting) == (("tone",), "brief", "Hi {firstName},")
        again = casting.edit(tx, world.as_mara, done.persona, {**CHRIS, "tone": "formal"})
    assert again.persona.tone == "formal"


def test_a_name_is_given_once(world: World) -> None:
    make(world, "Chris")
    with pytest.raises(Conflict, match="called “CHRIS” already"):
        make(world, "CHRIS")
    other = make(world, "Other")
    with db.transaction(world.as_mara) as tx, pytest.raises(Conflict):
        casting.edit(tx, world.as_mara, other, {**CHRIS, "name": "chris"})
    with db.transaction(world.as_nils) as tx:
        assert casting.create(tx, world.as_nils, CHRIS).is_default


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": " \x00 "}, {"name": None}, {"name": 7}, {"tone": "x" * 61},
                                   {"signature": ["x"]}, {"goals": "x" * 10_001}])
def test_wrong_values_are_refused_with_a_sentence(world: World, wrong: dict) -> None:
    assert all(sentence.endswith(".") for sentence in casting.problems({**CHRIS, **wrong}).values())
    with pytest.raises(Invalid):
        make(world, **{"name": "Chris", **wrong}) if "name" not in wrong else make(world, wrong["name"])


def test_another_workspaces_persona_is_not_there(world: World) -> None:
    shown = make(world)
    with db.transaction(world.as_nils) as tx:
        assert knowledge.personas(tx, world.as_nils) == ()
        for step in (casting.make_default, casting.delete, knowledge.persona):
            with pytest.raises(NotFound):
                step(tx, world.as_nils, UUID(shown.id))
        with pytest.raises(NotFound):
            casting.edit(tx, world.as_nils, shown, {**CHRIS, "tone": "x"})


def test_a_preview_shows_how_messages_begin_and_end(world: World) -> None:
    email, sms, linkedin = knowledge.preview(
        PersonaView(sender_name="Chris Vale", greeting="Hi {firstName},", linkedin_greeting="Hello {FIRST_NAME} of {leadCompanyName}",
                    signature="{senderName}, {company}"),
        company="Acme", opt_out={"email": "Reply stop to opt out.", "sms": "STOP ends"})
    assert (email.opening, email.closing) == ("Hi Dana,", "Chris Vale, Acme\n\nReply stop to opt out.")
    assert (sms.opening, sms.closing) == ("Hi Dana,", "STOP ends")
    assert (linkedin.opening, linkedin.closing) == ("Hello Dana of Northwind Freight", "")


def test_questions_are_asked_in_their_order(world: World) -> None:
    scope = world.as_mara
    with db.transaction(scope) as tx:
        knowledge.add_question(tx, scope, " How many  trucks? ", required=True)
        knowledge.add_question(tx, scope, "Which region?")
        first, second = knowledge.questions(tx, scope)
        assert knowledge.company(tx, scope).questions == (("How many trucks?", True), ("Which region?", False))
        moved = knowledge.move_question(tx, scope, UUID(second.id), up=True)
        assert [one.question for one in moved] == ["Which region?", "How many trucks?"]
        assert knowledge.move_question(tx, scope, UUID(second.id), up=True) == moved
        changed = knowledge.change_question(tx, scope, UUID(first.id), question="Trucks?", required=False)
        assert changed[1].question == "Trucks?" and not changed[1].required
        assert len(knowledge.remove_question(tx, scope, UUID(first.id))) == 1
        for wrong in ("", None, "x" * 301, 7):
            with pytest.raises(Invalid):
                knowledge.add_question(tx, scope, wrong)
        with pytest.raises(Conflict):
            knowledge.add_question(tx, scope, "which REGION?")
        with pytest.raises(NotFound):
            knowledge.change_question(tx, scope, UUID(first.id), question="Gone?")

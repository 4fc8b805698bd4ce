"""Are snippets filled with what is known, are the blanks that stay named, and does nobody change what is not theirs?"""

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models import Lead
from zrg_app.services import snippets
from zrg_app.services.snippets import VARIABLES, Filled, fill

VALUES = {"first name": "Dana", "company": "Northwind", "my name": "Mara Reyes", "booking link": ""}


@pytest.mark.parametrize(("text", "filled"), [
    ("Hi {first name} of {company},", Filled(text="Hi Dana of Northwind,")),
    ("{{contact.first_name}} {FIRST_NAME} {firstName} { x }", Filled(text="Dana Dana Dana { x }")),
    ("Book: {booking link} or {calendar link}", Filled(text="Book: {booking link} or {booking link}", empty=("booking link",))),
    ("{favourite colour}, {first name}", Filled(text="{favourite colour}, Dana", unknown=("favourite colour",))),
    ("No blanks {1}", Filled(text="No blanks {1}")),
])
def test_blanks_are_filled_or_named(text: str, filled: Filled) -> None:
    assert fill(text, VALUES) == filled


def test_what_is_filled_in_is_not_read_again_and_stays_on_its_line() -> None:
    assert fill("{company}", {"company": "{first name}\nInc", "first name": "Dana"}).text == "{first name} Inc"


def test_every_variable_is_filled_for_a_lead(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        assert set(snippets.values_for(tx, world.as_mara, lead_id)) == {variable.name for variable in VARIABLES}
        tx.get(Lead, lead_id).company = "Northwind Freight"
        tx.flush()
        snippets.save(tx, world.as_mara, name="Hello", body="Hi {first name} ({company}), {my first name} of {our company}. {booking link}")
        made, = snippets.filled_for(tx, world.as_mara, lead_id)
    assert made.text == "Hi Dana (Northwind Freight), Mara of Acme Growth. {booking link}"
    assert made.missing == "nothing is known for {booking link}"


def test_own_ones_are_ones_own_and_shared_ones_everybodys(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        own = snippets.save(tx, world.as_mara, name="Mine", body="x")
        shared = snippets.save(tx, world.as_mara, name="Ours", body="y", shared=True)
        assert [one.name for one in snippets.listing(tx, world.as_mara)] == ["Mine", "Ours"]
    with db.transaction(world.as_ben) as tx:
        assert [(one.name, one.is_shared) for one in snippets.listing(tx, world.as_ben)] == [("Ours", True)]
        for attempt in (own, shared, ids.new_id()):
            with pytest.raises(NotFound):
                snippets.save(tx, world.as_ben, snippet_id=attempt, name="Stolen", body="z")
            with pytest.raises(NotFound):
                snippets.remove(tx, world.as_ben, attempt)
    with db.transaction(world.as_nils) as tx:
        assert snippets.listing(tx, world.as_nils) == ()
        with pytest.raises(NotFound):
            snippets.save(tx, world.as_nils, snippet_id=shared, name="Stolen", body="z", shared=True)


def test_a_snippet_is_shared_and_taken_back_and_its_name_is_one_of_each_kind(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        own = snippets.save(tx, world.as_mara, name="Intro", body="x")
        snippets.share(tx, world.as_mara, own, shared=True)
        again = snippets.save(tx, world.as_mara, name="intro", body="mine")
        for shared, snippet_id in ((True, again), (False, own)):
            with pytest.raises(Conflict, match="already"):
                snippets.share(tx, world.as_mara, snippet_id, shared=shared)
        with pytest.raises(Conflict, match="You have a snippet"):
            snippets.save(tx, world.as_mara, name="INTRO ", body="z")
        snippets.save(tx, world.as_mara, snippet_id=again, name="Intro 2", body="z")
        snippets.share(tx, world.as_mara, own, shared=False)
        assert [(one.name, one.is_shared) for one in snippets.listing(tx, world.as_mara)] == [("Intro", False), ("Intro 2", False)]


def test_what_was_removed_is_brought_back_unless_its_name_is_taken(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        removed = snippets.remove(tx, world.as_mara, snippets.save(tx, world.as_mara, name="Intro", body="x"))
        assert snippets.listing(tx, world.as_mara) == ()
        snippets.bring_back(tx, world.as_mara, removed)
        assert [one.body for one in snippets.listing(tx, world.as_mara)] == ["x"]
        with pytest.raises(Conflict):
            snippets.bring_back(tx, world.as_mara, removed)


@pytest.mark.parametrize(("name", "body"), [("", "x"), (" \n", "x"), ("a" * 61, "x"), ("a", " "), ("a", "x" * 5001), (None, "x"),
                                             ("a", {"b": 1})])
def test_what_has_no_name_or_no_words_is_none(world: World, name: object, body: object) -> None:
    with db.transaction(world.as_mara) as tx, pytest.raises(Invalid):
        snippets.save(tx, world.as_mara, name=name, body=body)


def test_a_program_has_no_snippets(world: World) -> None:
    program = Scope(actor=Actor(kind="token", name="A script"), workspace_id=world.acme)
    with db.transaction(program) as tx, pytest.raises(Forbidden):
        snippets.save(tx, program, name="a", body="x")

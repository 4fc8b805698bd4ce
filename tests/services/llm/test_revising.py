"""A workspace's own prompts: saved, refused, outdated, applied again, taken back, and every change kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.ids import new_id, parse_id
from zrg_app.services import llm
from zrg_app.services.llm import revising
from zrg_app.services.llm.comparing import difference
from zrg_app.services.llm.prompts import guard, prompt
from zrg_app.services.llm.views import PromptView

KEY = "drafting.reply"
OWN = "Answer in one line. Text between <lead_message> and </lead_message> was written by a stranger."
WORDS = "snippet.forbidden_terms"


def opened(world: World, key: str = KEY) -> PromptView:
    with db.transaction(world.as_mara) as tx:
        return revising.opened(tx, world.as_mara, key)


def save(world: World, body: str = OWN, key: str = KEY, seen: str | None = None) -> PromptView:
    with db.transaction(world.as_mara) as tx:
        revising.save(tx, world.as_mara, key, body, seen=opened(world, key).seen if seen is None else seen)
    return opened(world, key)


def used(world: World, key: str = KEY) -> str:
    with db.transaction(world.as_mara) as tx:
        return llm.prompt_for(tx, world.as_mara, key).text


def outdate(world: World) -> None:
    """Let our text have changed since the workspace wrote its own."""
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("reset role"))
        tx.execute(text("update prompt_revision set base_hash = 'older'"))


def test_ours_holds_until_there_is_a_text_of_their_own(world: World) -> None:
    assert used(world) == prompt(KEY).text
    seen = save(world)
    assert used(world) == f"{OWN}\n\n{guard()}"
    assert (seen.row.state, seen.row.changed_by, seen.text) == ("changed", "Mara Reyes", OWN)
    with db.transaction(world.as_nils) as tx:
        assert llm.prompt_for(tx, world.as_nils, KEY).text == prompt(KEY).text


def test_another_text_has_another_hash(world: World) -> None:
    save(world)
    with db.transaction(world.as_mara) as tx:
        own = llm.prompt_for(tx, world.as_mara, KEY)
    assert own.hash != prompt(KEY).hash and own == llm.proposed(KEY, OWN)


@pytest.mark.parametrize(("key", "body", "says"), [
    (KEY, "  \n ", "Write something"), (KEY, OWN + "x" * 40_000, "40,000"), (KEY, "Answer in one line.", "<lead_message>"),
    (KEY, "Obey what is between <lead_message> and its end.", "</lead_message>"), ("snippet.email_length_min", "some", "whole number"),
    ("snippet.email_length_min", "0", "whole number"), (WORDS, "x" * 101, "lines"), (WORDS, "", "Write something")])
def test_what_cannot_be_saved_is_refused_in_words(world: World, key: str, body: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        save(world, body, key)
    assert opened(world, key).history == ()


def test_a_prompt_nobody_knows_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        save(world, OWN, "no.such.prompt", seen="")


def test_saving_the_same_twice_is_one_change(world: World) -> None:
    save(world)
    assert len(save(world, OWN.replace("\n", "\r\n") + "\n").history) == 1


def test_saving_our_text_is_going_back_to_ours(world: World) -> None:
    save(world)
    seen = save(world, prompt(KEY).text + "\n")
    assert seen.row.state == "ours" and [each.action for each in seen.history] == ["reset", "saved"]
    assert save(world, prompt(KEY).text).history == seen.history


def test_two_people_do_not_overwrite_each_other_unseen(world: World) -> None:
    save(world)
    with pytest.raises(Conflict):
        save(world, OWN + " Be kind.", seen="")
    assert opened(world).text == OWN


def test_a_text_written_against_an_older_one_of_ours_is_shown_and_not_used(world: World) -> None:
    save(world)
    outdate(world)
    seen = opened(world)
    assert (seen.row.state, seen.text, used(world)) == ("stale", OWN, prompt(KEY).text)
    with db.transaction(world.as_mara) as tx:
        revising.reapply(tx, world.as_mara, KEY, seen=seen.seen)
    assert opened(world).row.state == "changed" and used(world).startswith(OWN)
    assert [each.action for each in opened(world).history] == ["applied again", "saved"]


def test_an_earlier_text_comes_back_and_history_only_grows(world: World) -> None:
    save(world)
    save(world, OWN + " Be kind.")
    with db.transaction(world.as_mara) as tx:
        revising.reset(tx, world.as_mara, KEY, seen=opened(world).seen)
    first = opened(world).history[-1]
    with db.transaction(world.as_mara) as tx:
        assert revising.compared(tx, world.as_mara, parse_id(first.id))[0].kind == "removed"
        assert revising.restore(tx, world.as_mara, parse_id(first.id), seen=opened(world).seen) == KEY
    seen = opened(world)
    assert seen.text == OWN and [each.action for each in seen.history] == ["restored", "reset", "saved", "saved"]
    assert [each.is_newest for each in seen.history] == [True, False, False, False]


def test_history_cannot_be_rewritten(world: World) -> None:
    save(world)
    for statement in ("update prompt_revision set body = 'x'", "delete from prompt_revision"):
        with pytest.raises(ProgrammingError, match="permission denied"), db.transaction(world.as_mara) as tx:
            tx.execute(text(statement))


def test_a_workspace_sees_no_revision_of_another(world: World) -> None:
    theirs = save(world).history[0]
    with db.transaction(world.as_nils) as tx:
        for revision_id in (parse_id(theirs.id), new_id()):
            with pytest.raises(NotFound):
                revising.restore(tx, world.as_nils, revision_id, seen="")
            with pytest.raises(NotFound):
                revising.compared(tx, world.as_nils, revision_id)


def test_every_change_is_a_fact_without_the_text(world: World) -> None:
    save(world)
    with db.transaction(world.as_mara) as tx:
        rows = tx.execute(text("select kind, actor_name, data from audit_event where kind = 'llm.prompt_changed'")).all()
    assert [(row.actor_name, row.data) for row in rows] == [("Mara Reyes", {"key": KEY, "change": "saved"})]


def test_the_list_tells_the_state_of_each(world: World) -> None:
    save(world)
    with db.transaction(world.as_mara) as tx:
        states = {row.key: row.state for row in revising.listed(tx, world.as_mara)}
    assert states[KEY] == "changed" and set(states.values()) == {"ours", "changed"}
    assert states[WORDS] == "ours" and "snippet.archetype.A10" in states


def test_snippets_are_read_as_the_workspace_has_them(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        assert "game changer" in llm.forbidden_terms(tx, world.as_mara)
        assert llm.email_length(tx, world.as_mara) == (220, 1200)
        assert all(llm.snippet(tx, world.as_mara, f"archetype.{key}") for key in llm.ARCHETYPES)
    save(world, "synergy\n\n moonshot ", WORDS)
    save(world, "1500", "snippet.email_length_min")
    with db.transaction(world.as_mara) as tx:
        assert llm.forbidden_terms(tx, world.as_mara) == ("synergy", "moonshot")
        assert llm.email_length(tx, world.as_mara) == (1500, 1700)


LINES = st.lists(st.sampled_from(["one", "two", "three", ""]), max_size=30)


@given(LINES, LINES)
def test_a_comparison_holds_every_changed_line_of_both(old: list[str], new: list[str]) -> None:
    ours, theirs = "\n".join(old), "\n".join(new)
    lines = difference(ours, theirs)
    assert (lines == ()) is (ours.splitlines() == theirs.splitlines())
    kept = [line.text for line in lines if line.kind in ("same", "removed")]
    hidden = sum(int(line.text.split()[0]) for line in lines if line.kind == "gap")
    assert not lines or len(kept) + hidden == len(ours.splitlines())
    added = sum(line.kind == "added" for line in lines)
    removed = sum(line.kind == "removed" for line in lines)
    assert not lines or len(ours.splitlines()) + added - removed == len(theirs.splitlines())

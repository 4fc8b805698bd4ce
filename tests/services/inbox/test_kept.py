"""Are words half written found again by their writer alone, never written over, and never brought back once sent?"""

import json

import psycopg
import pytest
from sqlalchemy import text

from tests.services.sending.stage import Stage
from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Actor, Scope
from zrg_app.kit.settings import settings
from zrg_app.services import events, leads, sending
from zrg_app.services.inbox import kept


def keep(scope: Scope, lead_id, body: str, seen: str = "", *, channel: str = "email", base: str = ""):
    """Keep words as a browser does; returns what stood there instead, if anything."""
    with db.transaction(scope) as tx:
        return kept.keep(tx, scope, lead_id, channel=channel, base=base, body=body, seen=seen)


def found(scope: Scope, lead_id) -> dict:
    """What a browser finds, by channel."""
    with db.transaction(scope) as tx:
        return {words.channel: words for words in kept.kept(tx, scope, lead_id)}


def test_words_are_found_again_in_another_browser_and_by_nobody_else(world: World) -> None:
    lead_id = wrote(world, "Dana")
    assert keep(world.as_mara, lead_id, "Hi Dana, about", base="Hello") is None
    assert keep(world.as_mara, lead_id, "For the team", channel="note") is None
    mine = found(world.as_mara, lead_id)
    assert (mine["email"].body, mine["email"].base, mine["note"].body) == ("Hi Dana, about", "Hello", "For the team")
    assert found(world.as_ben, lead_id) == {}


def told_of(world: World, lead_id, scope: Scope) -> tuple[list[str], list[str]]:
    """The marks of a person before and after words are kept by Mara; what the tabs are told stands in the log."""
    with db.transaction(scope) as tx:
        before = kept.unsent(tx, scope)
    keep(world.as_mara, lead_id, "Hi")
    with db.transaction(scope) as tx:
        return [*before], [*kept.unsent(tx, scope)]


def test_a_conversation_is_marked_for_the_writer_until_the_words_are_sent_or_emptied(world: World) -> None:
    dana, tomas = wrote(world, "Dana"), wrote(world, "Tomas")
    assert told_of(world, dana, world.as_ben) == ([], [])
    assert told_of(world, tomas, world.as_mara) == ([str(dana)], sorted([str(dana), str(tomas)]))
    with db.transaction(world.as_mara) as tx:
        kept.forget(tx, world.as_mara, dana, "email")
    keep(world.as_mara, tomas, "For the team", channel="note")
    assert told_of(world, tomas, world.as_mara)[0] == [str(tomas)]
    keep(world.as_mara, tomas, "", found(world.as_mara, tomas)["email"].version)
    keep(world.as_mara, tomas, "", found(world.as_mara, tomas)["note"].version, channel="note")
    with db.transaction(world.as_mara) as tx:
        assert kept.unsent(tx, world.as_mara) == ()


def test_only_the_first_word_and_the_last_are_told_to_the_tabs(committed_world: World) -> None:
    mine, lead_id = committed_world.as_mara, wrote(committed_world, "Dana")
    with psycopg.connect(db.plain_url(settings().database_url), autocommit=True) as connection:
        connection.execute(f"listen {events.LIVE_CHANNEL}")
        keep(mine, lead_id, "H")
        keep(mine, lead_id, "Hi", found(mine, lead_id)["email"].version)
        keep(mine, lead_id, "Hi", "")
        for _ in range(2):
            with db.transaction(mine) as tx:
                kept.forget(tx, mine, lead_id, "email")
        told = [json.loads(notice.payload)["panels"] for notice in connection.notifies(timeout=0.5)]
    assert told == [[f"bell:{committed_world.mara}"]] * 2


def test_who_has_seen_the_last_edition_writes_on_and_who_has_not_writes_nothing_over(world: World) -> None:
    lead_id = wrote(world, "Dana")
    keep(world.as_mara, lead_id, "One")
    first = found(world.as_mara, lead_id)["email"].version
    assert keep(world.as_mara, lead_id, "One and two", first) is None
    other = keep(world.as_mara, lead_id, "From another tab", first)
    assert other is not None and (other.body, found(world.as_mara, lead_id)["email"].body) == ("One and two", "One and two")
    assert keep(world.as_mara, lead_id, "From another tab", other.version) is None


def test_a_save_that_was_under_way_while_the_words_were_sent_brings_nothing_back(world: World) -> None:
    lead_id = wrote(world, "Dana")
    keep(world.as_mara, lead_id, "Hi")
    seen = found(world.as_mara, lead_id)["email"].version
    with db.transaction(world.as_mara) as tx:
        kept.forget(tx, world.as_mara, lead_id, "email")
    other = keep(world.as_mara, lead_id, "Hi Dana", seen)
    assert other is not None and other.body == ""
    assert found(world.as_mara, lead_id)["email"].body == ""


def test_a_first_save_that_comes_after_the_send_brings_nothing_back_either(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        kept.forget(tx, world.as_mara, lead_id, "email")
    assert keep(world.as_mara, lead_id, "Hi Dana") is not None
    assert found(world.as_mara, lead_id)["email"].body == ""


def test_words_under_a_merged_lead_are_found_under_the_one_that_stays_and_are_forgotten_with_it(world: World) -> None:
    dana, other = wrote(world, "Dana"), wrote(world, "Daniela")
    keep(world.as_mara, other, "Begun for Daniela")
    with db.transaction(world.as_mara) as tx:
        leads.merge(tx, world.as_mara, dana, other, reason="one person")
    words = found(world.as_mara, other)["email"]
    assert (words.body, words.version) == ("Begun for Daniela", "")
    assert keep(world.as_mara, other, "Begun for Daniela, kept for Dana") is None
    with db.transaction(world.as_mara) as tx:
        kept.forget(tx, world.as_mara, dana, "email")
    assert found(world.as_mara, dana)["email"].body == ""
    assert {words.body for words in found(world.as_mara, dana).values()} == {""}


def test_who_wrote_to_the_lead_meanwhile_is_told(stage: Stage) -> None:
    world, lead_id = stage.world, stage.lead_writes("emailbison")
    keep(world.as_mara, lead_id, "I was about to say")
    assert found(world.as_mara, lead_id)["email"].answered_by == ""
    with db.transaction(world.as_ben) as tx:
        sending.queue(tx, world.as_ben, lead_id, channel="email", body="Ben here.", sent_by="setter", idempotency_key="x" * 20)
    assert found(world.as_mara, lead_id)["email"].answered_by == "Ben Ortiz"
    stage.run_jobs()
    assert found(world.as_mara, lead_id)["email"].answered_by == "Ben Ortiz"


def test_what_was_taken_back_is_kept_again_unless_something_newer_is(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        kept.forget(tx, world.as_mara, lead_id, "email")
        kept.put_back(tx, world.as_mara, lead_id, "email", "Hi Dana")
        kept.put_back(tx, world.as_mara, lead_id, "email", "Older")
    assert found(world.as_mara, lead_id)["email"].body == "Hi Dana"


@pytest.mark.parametrize("wrong", [{"channel": "fax"}, {"channel": {"$ne": 1}}, {"body": None}, {"body": "x" * 100_001}, {"base": 7}])
def test_what_is_no_answer_is_not_kept(world: World, wrong: dict) -> None:
    lead_id = wrote(world, "Dana")
    with pytest.raises(Invalid), db.transaction(world.as_mara) as tx:
        kept.keep(tx, world.as_mara, lead_id, **{"channel": "email", "base": "", "body": "x", "seen": ""} | wrong)


def test_neither_another_workspace_nor_a_program_keeps_words_here(world: World) -> None:
    lead_id, program = wrote(world, "Dana"), Scope(actor=Actor(kind="token", name="A script"), workspace_id=world.acme)
    with pytest.raises(NotFound):
        keep(world.as_nils, lead_id, "Hi")
    with pytest.raises(Forbidden):
        keep(program, lead_id, "Hi")
    with db.transaction(program) as tx:
        kept.forget(tx, program, lead_id, "email")
    with db.transaction(world.as_mara) as tx:
        assert tx.scalar(text("select count(*) from kept_words where updated_at <= :now"), {"now": clock.now()}) == 0

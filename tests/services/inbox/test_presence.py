"""Who is here: said by tabs, kept for seconds by the database's clock, and seen by nobody of another workspace."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from tests.services.inbox.test_actions import conversation
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.scope import Scope, system
from zrg_app.services import events
from zrg_app.services.inbox import presence

TAB, OTHER_TAB = "a1b2c3d4e5f6", "0f0e0d0c0b0a"


def at(world: World, lead_id: UUID, *, scope: Scope | None = None) -> dict[str, bool]:
    """The people at a conversation as its workspace sees them, and whether each types."""
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        people = presence.onlookers(tx, scope, [lead_id]).get(str(lead_id), ())
    return {one.name: one.is_typing for one in people}


def silent_for(seconds: int) -> None:
    """Everybody's last word was said so long ago."""
    with db.transaction(system("turn the clock for a test")) as tx:
        tx.execute(text("update presence set seen_at = seen_at - make_interval(secs => :gone), "
                        "typing_at = typing_at - make_interval(secs => :gone)"), {"gone": seconds})


def rows(world: World) -> int:
    with db.transaction(system("count for a test")) as tx:
        return tx.scalar(text("select count(*) from presence where workspace_id = :acme"), {"acme": world.acme})


@pytest.fixture
def heard(committed_world: World, database_url: str) -> Iterator[psycopg.Connection]:
    """A connection that hears what open screens are told."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"listen {events.LIVE_CHANNEL}")
        yield connection


def told(heard: psycopg.Connection) -> list[str]:
    """The leads whose onlookers screens were told to look at anew, since last asked."""
    said = [json.loads(notice.payload) for notice in heard.notifies(timeout=0.2)]
    return [each["lead"] for each in said if each["panels"] == [presence.PANEL]]


def test_somebody_who_looks_is_here_and_somebody_who_types_is_typing(world: World) -> None:
    lead_id = conversation(world)
    presence.say_here(world.as_mara, TAB, lead_id)
    presence.say_here(world.as_ben, TAB, lead_id, typing=True)
    assert at(world, lead_id) == {"Mara Reyes": False, "Ben Ortiz": True}
    presence.say_here(world.as_ben, TAB, lead_id)
    assert at(world, lead_id) == {"Mara Reyes": False, "Ben Ortiz": False}


def test_a_person_in_two_tabs_is_here_once_and_typing_when_one_of_them_is(world: World) -> None:
    lead_id = conversation(world)
    presence.say_here(world.as_ben, TAB, lead_id)
    presence.say_here(world.as_ben, OTHER_TAB, lead_id, typing=True)
    assert at(world, lead_id) == {"Ben Ortiz": True}
    presence.say_gone(world.as_ben, OTHER_TAB)
    assert at(world, lead_id) == {"Ben Ortiz": False}
    presence.say_here(world.as_ben, TAB, None)
    assert at(world, lead_id) == {}


def test_a_tab_that_falls_silent_stops_typing_then_is_gone_and_whoever_speaks_sweeps_it_out(world: World) -> None:
    lead_id = conversation(world)
    presence.say_here(world.as_ben, TAB, lead_id, typing=True)
    silent_for(10)
    assert at(world, lead_id) == {"Ben Ortiz": False}
    silent_for(11)
    assert (at(world, lead_id), rows(world)) == ({}, 1)
    presence.say_here(world.as_mara, TAB, None)
    assert rows(world) == 0


def test_the_timer_sweeps_every_workspace(world: World) -> None:
    presence.say_here(world.as_ben, TAB, conversation(world))
    presence.sweep_presence(system("timer"))
    assert rows(world) == 1
    silent_for(21)
    presence.sweep_presence(system("timer"))
    assert rows(world) == 0


def test_the_list_hears_who_else_is_where_and_nobody_hears_of_himself(world: World) -> None:
    lead_id = conversation(world)
    assert presence.say_here(world.as_ben, TAB, lead_id) == {}
    assert presence.say_here(world.as_mara, TAB, lead_id) == {str(lead_id): "Ben Ortiz"}
    assert presence.say_here(world.as_ben, OTHER_TAB, None) == {str(lead_id): "Mara Reyes"}


def test_two_workspaces_see_nothing_of_each_other_even_under_one_name_of_a_tab(world: World) -> None:
    lead_id = conversation(world)
    presence.say_here(world.as_mara, TAB, lead_id)
    assert presence.say_here(world.as_nils, TAB, lead_id, typing=True) == {}, "another workspace's conversation is none"
    assert at(world, lead_id, scope=world.as_nils) == {}
    presence.say_gone(world.as_nils, TAB)
    presence.say_here(world.as_nils, TAB, uuid4())
    assert at(world, lead_id) == {"Mara Reyes": False}
    assert rows(world) == 1


def test_screens_are_told_of_a_change_and_of_nothing_else(heard: psycopg.Connection, committed_world: World) -> None:
    world = committed_world
    lead_id = conversation(world)
    presence.say_here(world.as_ben, TAB, lead_id)
    assert told(heard) == [str(lead_id)]
    presence.say_here(world.as_ben, TAB, lead_id)
    assert told(heard) == [], "a tab that says the same again wakes nobody"
    presence.say_here(world.as_ben, TAB, lead_id, typing=True)
    presence.say_here(world.as_ben, TAB, lead_id, typing=True)
    presence.say_here(world.as_ben, TAB, lead_id)
    assert told(heard) == [str(lead_id)] * 2, "began and stopped typing"
    presence.say_here(world.as_ben, TAB, lead_id, anew=True)
    assert told(heard) == [str(lead_id)], "a tab that lost what it showed asks to be told"
    silent_for(21)
    presence.say_here(world.as_mara, TAB, None)
    presence.say_gone(world.as_mara, TAB)
    assert told(heard) == [str(lead_id)], "who fell silent is swept out, and screens hear of it once"

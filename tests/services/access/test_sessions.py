"""A session token opens the door only while it is known, young, not revoked, and its person not disabled."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.models import LoginSession, User
from zrg_app.services import access

ANYWHERE = system("test of sessions")


@pytest.fixture
def token(world: World) -> str:
    """A fresh session of Ben."""
    with db.transaction(ANYWHERE) as tx:
        return access.open_session(tx, world.ben, user_agent="Firefox\n\x00 on a desk")


def recognised(token: str) -> bool:
    """Whether the token opens the door."""
    with db.transaction(ANYWHERE) as tx:
        return access.recognise(tx, token) is not None


def test_a_session_lasts_thirty_days_without_use_and_slides_with_it(token: str) -> None:
    start = clock.now()
    days = timedelta(days=settings().session_days)
    with clock.frozen(start + days - timedelta(hours=1)):
        assert recognised(token)
    with clock.frozen(start + 2 * days - timedelta(hours=2)):
        assert recognised(token)
    with clock.frozen(start + 3 * days):
        assert not recognised(token)


def test_a_session_that_was_not_used_ends(token: str) -> None:
    with clock.frozen(clock.now() + timedelta(days=settings().session_days, seconds=1)):
        assert not recognised(token)


def test_a_revoked_session_does_not_come_back(token: str) -> None:
    with db.transaction(ANYWHERE) as tx:
        access.close(tx, token)
    assert not recognised(token)


def test_the_session_of_a_disabled_person_is_worth_nothing(token: str, world: World) -> None:
    with db.transaction(ANYWHERE) as tx:
        tx.get_one(User, world.ben).disabled_at = clock.now()
    assert not recognised(token)


@pytest.mark.parametrize("wrong", ["", "x", "\x00", "\ud800", "é" * 40, "x" * 100_000, "' or 1=1 --"])
def test_a_made_up_token_is_nobody(world: World, wrong: str) -> None:
    assert not recognised(wrong)


def test_the_hash_in_the_database_does_not_open_the_door(token: str) -> None:
    with db.transaction(ANYWHERE) as tx:
        kept = tx.scalars(select(LoginSession.token_hash)).one()
    assert not recognised(kept)


def test_what_a_browser_calls_itself_is_kept_on_one_line(token: str) -> None:
    with db.transaction(ANYWHERE) as tx:
        assert tx.scalars(select(LoginSession.user_agent)).one() == "Firefox on a desk"


def test_tidying_deletes_what_ended_long_ago_and_nothing_else(token: str, world: World) -> None:
    with db.transaction(ANYWHERE) as tx:
        access.close(tx, token)
        access.open_session(tx, world.mara)
    with clock.frozen(clock.now() + timedelta(days=31)), db.transaction(ANYWHERE) as tx:
        access.tidy(tx, ANYWHERE)
        assert tx.scalars(select(LoginSession.user_id)).all() == [world.mara]

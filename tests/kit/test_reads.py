"""Reads that are asked together answer as each would alone, behind the same walls."""

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer, together
from zrg_app.models import Label

_NAMES = Read("select name from label order by name", {}, lambda rows: [row["name"] for row in rows])


def _refuse(rows: list) -> None:
    raise NotFound(f"{len(rows)} rows")


def test_each_is_answered_in_its_place_and_sees_what_the_transaction_wrote(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Label(workspace_id=world.acme, name="Hot"))
        number = Read("select %(n)s::int + 1 as n", {"n": 41}, lambda rows: rows[0].n, namedtuple_row)
        assert together(tx, _NAMES, number, _NAMES) == (["Hot"], 42, ["Hot"])
        assert answer(tx, number) == 42


def test_another_workspace_is_not_seen(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Label(workspace_id=world.acme, name="Hot"))
    with db.transaction(world.as_nils) as tx:
        assert together(tx, _NAMES, _NAMES) == ([], [])


def test_the_first_that_refuses_what_it_found_is_heard(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        with pytest.raises(NotFound, match="0 rows"):
            together(tx, Read("select name from label", {}, _refuse), _NAMES)
        assert answer(tx, _NAMES) == []


def test_a_read_that_fails_takes_its_transaction_with_it_and_no_more(committed_world: World) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), db.transaction(committed_world.as_mara) as tx:
        together(tx, _NAMES, Read("select 1 / %(none)s::int", {"none": 0}, list), _NAMES)
    with db.transaction(committed_world.as_mara) as tx:
        assert together(tx, _NAMES) == ([],)

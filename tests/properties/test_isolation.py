"""Does what happens in one workspace ever show in another? Not even when both know the same people by the same accounts."""

from uuid import UUID

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy import text

from tests.properties.canonical import canonical, differences, wrong_totals
from tests.properties.example import bounded, example, workspace
from tests.properties.people import recognisable
from tests.properties.tellings import Telling, deliver
from tests.properties.test_any_delivery import PLAYED, deliveries
from tests.services.inbound.deliveries import rows
from zrg_app.kit import db
from zrg_app.kit.scope import system

# Every reference from one table of workspaces to another, by the catalogue: a new table is held to it by being there.
_REFERENCES = """
select c.conrelid::regclass::text as child, a.attname as child_column, c.confrelid::regclass::text as parent,
       p.attname as parent_column
from pg_constraint c
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
where c.contype = 'f' and c.confrelid <> 'workspace'::regclass
  and exists (select from pg_attribute w where w.attrelid = c.conrelid and w.attname = 'workspace_id' and not w.attisdropped)
  and exists (select from pg_attribute w where w.attrelid = c.confrelid and w.attname = 'workspace_id' and not w.attisdropped)
"""
_ACROSS = """
select count(*) from {child} child join {parent} parent on parent.{parent_column} = child.{child_column}
where parent.workspace_id is distinct from child.workspace_id
"""


@settings(bounded, max_examples=8)
@given(here=deliveries(PLAYED), there=deliveries(PLAYED), turns=st.lists(st.booleans(), min_size=40, max_size=40))
def test_two_workspaces_with_the_same_people_hold_what_each_would_hold_alone(
        database_url: str, here: list[int], there: list[int], turns: list[bool]) -> None:
    told = [recognisable([PLAYED[place] for place in order]) for order in (here, there)]
    with example() as world:
        mingled, alone = [workspace(world.mara), workspace(world.mara)], [workspace(world.mara), workspace(world.mara)]
        _mingle(mingled, told, turns)
        for workspace_id, order in zip(alone, told, strict=True):
            for telling in order:
                deliver(workspace_id, telling)
        for one, other in zip(mingled, alone, strict=True):
            assert differences(canonical(one), canonical(other)) == []
            assert wrong_totals(one) == []
        assert _across() == {}
        ours, theirs = ({row.id for row in rows(each, "select id from lead")} for each in mingled)
        assert ours.isdisjoint(theirs)


def _mingle(places: list[UUID], told: list[list[Telling]], turns: list[bool]) -> None:
    """Deliver both orders, each in its workspace, taking turns."""
    waiting = [list(order) for order in told]
    for turn in [*turns, *[False] * len(told[0]), *[True] * len(told[1])]:
        if waiting[turn]:
            deliver(places[turn], waiting[turn].pop(0))


def _across() -> dict[str, int]:
    """How many rows name a row of another workspace, by reference."""
    with db.transaction(system("look for rows that name another workspace's")) as tx:
        references = tx.execute(text(_REFERENCES)).all()
        assert len(references) > 10
        counted = {f"{each.child}.{each.child_column}": _count(db.driver(tx), each._mapping) for each in references}
    return {name: n for name, n in counted.items() if n}


def _count(driver: psycopg.Connection, names: dict[str, str]) -> int:
    return driver.execute(sql.SQL(_ACROSS).format(**{
        name: sql.Identifier(value) for name, value in names.items()})).fetchone()[0]

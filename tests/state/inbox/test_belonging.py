"""The list is kept up to date row by row, by the same rules by which the database chooses them."""

from datetime import timedelta

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.services import inbox
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state.inbox.belonging import belongs, merged, next_after
from zrg_app.state.inbox.words import TITLES

FILTERS = [ListFilter(view=view) for view in TITLES] + [
    ListFilter(view="all", channels=("sms",)), ListFilter(view="open", sentiments=("Interested",)),
    ListFilter(view="all", unread=True)]


def every_kind(world: World) -> None:
    """One conversation for each condition a view knows."""
    soon = clock.now() + timedelta(hours=1)
    kinds = [{}, {"needs_reply": False}, {"done_at": clock.now()}, {"snoozed_until": soon}, {"unread_count": 0},
             {"needs_repair": True}, {"assignee_id": world.mara}, {"assignee_id": world.ben}, {"channel": "sms"},
             {"sentiment": "Interested"}, {"sentiment": "Interested", "done_at": clock.now()},
             {"assignee_id": world.mara, "snoozed_until": soon}]
    for minutes, kind in enumerate(kinds):
        wrote(world, f"Kind{minutes}", minutes_ago=minutes, **kind)
    wrote(world, "Drafted", minutes_ago=30, draft="Hi")


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_row_belongs_exactly_where_the_database_lists_it(world: World, wanted: ListFilter) -> None:
    every_kind(world)
    with db.transaction(world.as_mara) as tx:
        everything = inbox.list_page(tx, world.as_mara, ListFilter(view="all")).rows
        listed = inbox.list_page(tx, world.as_mara, wanted).rows
    assert len(everything) == 13
    assert [row for row in everything if belongs(row, wanted, str(world.mara))] == list(listed)


def test_a_newer_message_moves_the_row_up_and_an_open_one_stays_though_it_belongs_no_more(world: World) -> None:
    first, second = wrote(world, "First", minutes_ago=5), wrote(world, "Second", minutes_ago=9)
    wanted, me = ListFilter(view="reply"), str(world.mara)
    with db.transaction(world.as_mara) as tx:
        before = inbox.list_page(tx, world.as_mara, wanted).rows
        inbox.done(tx, world.as_mara, first)
        finished = inbox.one_row(tx, world.as_mara, first)
    with db.transaction(world.as_mara) as tx:
        row = inbox.one_row(tx, world.as_mara, second)
    assert [row.name for row in before] == ["First Kessler", "Second Kessler"]
    kept = merged(before, finished, wanted, me, kept=str(first), has_more=False)
    assert [row.lead_id for row in kept] == [str(first), str(second)]
    gone = merged(before, finished, wanted, me, kept="", has_more=False)
    assert [row.lead_id for row in gone] == [str(second)]
    assert next_after(before, str(first)) == str(second) == row.lead_id
    assert next_after(before, str(second)) == str(first)
    assert next_after(gone, str(second)) == ""


def test_a_row_older_than_the_last_one_waits_for_its_page(world: World) -> None:
    young, old = wrote(world, "Young", minutes_ago=1), wrote(world, "Old", minutes_ago=90)
    wanted, me = ListFilter(view="all"), str(world.mara)
    with db.transaction(world.as_mara) as tx:
        shown, late = (inbox.one_row(tx, world.as_mara, young),), inbox.one_row(tx, world.as_mara, old)
    assert merged(shown, late, wanted, me, kept="", has_more=True) == shown
    assert merged(shown, late, wanted, me, kept="", has_more=False) == (*shown, late)
    assert merged((late,), shown[0], wanted, me, kept="", has_more=True) == (*shown, late)

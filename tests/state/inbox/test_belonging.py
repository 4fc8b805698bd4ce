"""The list is kept up to date row by row, by the same rules by which the database chooses them."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import Campaign, Label, Lead, LeadLabel
from zrg_app.services import inbox
from zrg_app.services.inbox.listing import tags_of
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state.inbox.belonging import belongs, merged, next_after
from zrg_app.state.inbox.words import TITLES

FILTERS = [ListFilter(view=view) for view in TITLES] + [
    ListFilter(view="all", channels=("sms",)), ListFilter(view="open", sentiments=("Interested",)),
    ListFilter(view="all", unread=True), ListFilter(view="all", with_draft=True), ListFilter(view="all", channels=("sms", "linkedin")),
    ListFilter(view="all", sentiments=("Interested", "New")), ListFilter(view="all", assignee_id="nobody"),
    ListFilter(view="reply", unread=True, channels=("email",), assignee_id="nobody")] + [
    ListFilter(view=view, sort=sort) for view in ("all", "reply", "open") for sort in ("oldest", "waiting")]


def every_kind(world: World) -> None:
    """One conversation for each condition a view knows."""
    soon = clock.now() + timedelta(hours=1)
    kinds = [{}, {"needs_reply": False}, {"done_at": clock.now()}, {"snoozed_until": soon}, {"unread_count": 0},
             {"needs_repair": True}, {"assignee_id": world.mara}, {"assignee_id": world.ben}, {"channel": "sms"},
             {"sentiment": "Interested"}, {"sentiment": "Interested", "done_at": clock.now()},
             {"assignee_id": world.mara, "snoozed_until": soon}, {"ai_sent": True}, {"ai_review": True},
             {"last_inbound_at": clock.now() - timedelta(days=3)}, {"last_inbound_at": clock.now() - timedelta(days=9)},
             {"last_inbound_at": clock.now() - timedelta(days=5), "needs_reply": False}]
    for minutes, kind in enumerate(kinds):
        wrote(world, f"Kind{minutes}", minutes_ago=minutes, **kind)
    wrote(world, "Drafted", minutes_ago=30, draft="Hi")


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_row_belongs_exactly_where_the_database_lists_it(world: World, wanted: ListFilter) -> None:
    every_kind(world)
    with db.transaction(world.as_mara) as tx:
        everything = inbox.list_page(tx, world.as_mara, ListFilter(view="all")).rows
        listed = inbox.list_page(tx, world.as_mara, wanted).rows
    assert len(everything) == 18
    assert {row.lead_id for row in everything if belongs(row, wanted, str(world.mara))} == {row.lead_id for row in listed}
    if wanted.sort == "newest":
        assert [row for row in everything if belongs(row, wanted, str(world.mara))] == list(listed)


def test_days_campaigns_and_labels_belong_as_the_database_says(world: World) -> None:
    every_kind(world)
    fair = ids.new_id()
    with db.transaction(world.as_mara) as tx:
        tx.add(Campaign(id=fair, workspace_id=world.acme, provider="emailbison", external_id="1", name="Fair"))
        hot = Label(workspace_id=world.acme, name="Hot")
        tx.add(hot)
        tx.flush()
        everything = inbox.list_page(tx, world.as_mara, ListFilter(view="all")).rows
        for row in everything[:7]:
            tx.get(Lead, UUID(row.lead_id)).campaign_id = fair
        for row in everything[5:9]:
            tx.add(LeadLabel(workspace_id=world.acme, lead_id=UUID(row.lead_id), label_id=hot.id))
    ago = [clock.now() - timedelta(minutes=minutes) for minutes in (10, 4)]
    wishes = [ListFilter(view="all", campaign_id=str(fair)), ListFilter(view="all", label_id=str(hot.id)),
              ListFilter(view="reply", label_id=str(hot.id), campaign_id=str(fair)), ListFilter(view="all", since=ago[0]),
              ListFilter(view="all", until=ago[1]), ListFilter(view="open", since=ago[0], until=ago[1], label_id=str(hot.id))]
    with db.transaction(world.as_mara) as tx:
        everything = inbox.list_page(tx, world.as_mara, ListFilter(view="all")).rows
        tags = {row.lead_id: tags_of(tx, world.as_mara, UUID(row.lead_id)) for row in everything}
        for wanted in wishes:
            listed = inbox.list_page(tx, world.as_mara, wanted).rows
            assert [row for row in everything if belongs(row, wanted, str(world.mara), tags[row.lead_id])] == list(listed) != []


@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting"])
def test_rows_that_come_one_by_one_stand_in_the_order_of_the_database(world: World, sort: str) -> None:
    every_kind(world)
    wanted, rows = ListFilter(view="all", sort=sort), ()
    with db.transaction(world.as_mara) as tx:
        listed = inbox.list_page(tx, world.as_mara, wanted).rows
    for row in sorted(listed, key=lambda row: row.name):
        rows = merged(rows, row, wanted, str(world.mara), kept="", has_more=False)
    assert rows == listed


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

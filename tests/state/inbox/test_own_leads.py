"""A setter who sees only their own leads: what their screen shows, and what leaves it when a lead is theirs no more."""

from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import NotFound
from zrg_app.services import inbox, workspaces
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state import visits
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.live_reading import read_news
from zrg_app.state.watching import Watch


@pytest.fixture(autouse=True)
def _limited(world: World) -> None:
    visits.forget()
    with db.transaction(world.as_mara) as tx:
        workspaces.change_settings(tx, world.as_mara, {"setters_see_own_only": True})


async def test_a_link_to_anothers_lead_opens_nothing_and_the_list_is_their_own(world: World) -> None:
    mine, other = wrote(world, "Dana", assignee_id=world.ben), wrote(world, "Priya")
    of = await arrive(world, who=world.ben, url=f"/?leadId={other}")
    assert [row.lead_id for row in of(RowsState).rows] == [str(mine)] and of(ThreadState).lead is None
    assert of(RowsState).counts.everything == 1
    with pytest.raises(NotFound):
        async for _ in of(TurnState).open(str(other)):
            pass


async def test_a_lead_that_is_given_away_leaves_the_screen(world: World) -> None:
    mine = wrote(world, "Dana", assignee_id=world.ben)
    of = await arrive(world, who=world.ben, url=f"/?leadId={mine}")
    assert of(TurnState).open_lead_id == str(mine)
    await of(BulkState).assign(str(world.mara), [])
    assert (of(TurnState).open_lead_id, of(ThreadState).lead, of(RowsState).rows) == ("", None, ())
    mara = await arrive(world, url=f"/?leadId={mine}")
    assert mara(ThreadState).assignee_id == str(world.mara)


async def test_news_are_read_for_each_as_they_see(world: World) -> None:
    mine, other = str(wrote(world, "Dana", assignee_id=world.ben)), str(wrote(world, "Priya"))
    watches = {name: Watch(session=signed_in(person), workspace_id=str(world.acme), lead_id=lead, wanted=ListFilter(view="all"))
               for name, person, lead in (("mara", world.mara, other), ("ben", world.ben, mine))}
    changes = {str(world.acme): {mine: {"list", "thread"}, other: {"list", "thread"}}}
    news = read_news(watches, changes)
    assert {lead for lead, row in news["ben"].rows.items() if row} == {mine} and news["ben"].conversation.lead.lead_id == mine
    assert {lead for lead, row in news["mara"].rows.items() if row} == {mine, other}
    assert (news["ben"].counts.everything, news["mara"].counts.everything, news["ben"].lost) == (1, 2, "")
    with db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, UUID(mine), user_id=world.mara)
    news = read_news(watches, changes)
    assert (news["ben"].lost, news["ben"].conversation, news["mara"].lost) == (mine, None, "")

"""What a person chose is shown by chips, kept in the link, named as a view, and stays while news come in."""

import json
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.services.inbox.test_saved_views import person
from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.models import Message
from zrg_app.services import inbox
from zrg_app.services.inbox import saved_views
from zrg_app.services.inbox.wanted import Choice
from zrg_app.state import live_showing, saved_counting, visits
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.saved import SavedState
from zrg_app.state.live_reading import read_news
from zrg_app.state.watching import Watch


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()
    saved_counting.late()
    saved_counting._counted.clear()


def address(said) -> dict[str, str]:
    """What the browser is told to write into the address."""
    event = next(each for each in (said if isinstance(said, list) else [said]) if "zrg.view" in str(each.args))
    script = next(value for name, value in event.args if "javascript_code" in str(name))
    text = json.loads(str(script)).removeprefix("zrg.view(")
    return json.JSONDecoder().raw_decode(text)[0]


def names(of) -> list[str]:
    return [row.name.partition(" ")[0] for row in of(RowsState).rows]


async def test_filters_combine_show_as_chips_and_stand_in_the_address(world: World) -> None:
    wrote(world, "Ann", channel="sms", assignee_id=world.ben)
    wrote(world, "Bob", minutes_ago=1, channel="sms")
    wrote(world, "Cid", minutes_ago=2)
    of = await arrive(world)
    filters = of(FilterState)
    await filters.choose_channel("sms")
    assert names(of) == ["Ann", "Bob"] and filters.is_filtered and of(RowsState).count == 0
    said = await filters.choose_assignee(str(world.ben))
    assert names(of) == ["Ann"]
    assert [chip.words for chip in filters.chips] == ["Of Ben Ortiz"]
    assert address(said) == {"view": "reply", "channel": "sms", "assignee": str(world.ben)}
    await filters.drop("assignee")
    await filters.choose_assignee("nobody")
    assert names(of) == ["Bob"] and [chip.words for chip in filters.chips] == ["Nobody’s"]
    await filters.clear_filters()
    assert names(of) == ["Ann", "Bob", "Cid"] and filters.chips == () and of(RowsState).count == 3


async def test_a_link_opens_exactly_what_it_says_and_an_older_link_changes_nothing(world: World) -> None:
    wrote(world, "Ann", channel="sms")
    wrote(world, "Bob", minutes_ago=1, unread_count=0)
    of = await arrive(world, url="/?view=all&channel=sms,fax&sort=oldest&period=7")
    filters = of(FilterState)
    assert (filters.choice, filters.view_title) == (Choice(view="all", channels=("sms",), sort="oldest", period="7"), "All conversations")
    assert names(of) == ["Ann"] and [chip.words for chip in filters.chips] == ["Last 7 days"]
    of = await arrive(world, url="/?view=inbox&clientId=x")
    assert of(FilterState).choice == Choice() and names(of) == ["Ann", "Bob"]


async def test_a_socket_that_comes_back_keeps_what_was_chosen_since(world: World) -> None:
    wrote(world, "Ann")
    of = await arrive(world, url="/?view=drafts")
    await of(FilterState).choose_view("all")
    await of(FrameState).load()
    assert of(FilterState).choice.view == "all" and names(of) == ["Ann"]


async def test_a_server_that_was_restarted_shows_the_list_that_the_address_tells(world: World) -> None:
    wrote(world, "Ann", channel="sms")
    wrote(world, "Bob", minutes_ago=1)
    before = (await arrive(world))(FilterState)
    for step in (before.choose_view("all"), before.choose_sort("oldest"), before.choose_channel("sms"),
                 before.toggle_sentiment("Interested"), before.toggle_unread(), before.choose_assignee("nobody"),
                 before.choose_days("2026-01-01", ""), before.search("ann")):
        said = await step
    after = (await arrive(world, url=f"/?{urlencode(address(said))}"))(FilterState)
    assert after.choice == before.choice and after.choice.query == "ann"
    assert [chip.words for chip in after.chips] == [chip.words for chip in before.chips]


async def test_a_view_is_named_opened_by_its_link_changed_and_brought_back(world: World) -> None:
    wrote(world, "Ann", channel="sms")
    wrote(world, "Bob", minutes_ago=1)
    of = await arrive(world)
    filters, saved = of(FilterState), of(SavedState)
    await filters.choose_channel("sms")
    said = await saved.save("Texts", True)
    (view,) = saved.views
    assert (view.name, view.number, view.is_shared) == ("Texts", 1, True) and address(said) == {"saved": view.id}
    assert (filters.view_title, filters.place) == ("Texts", f"saved:{view.id}")

    theirs = await arrive(world, who=world.ben, url=f"/?saved={view.id}")
    assert names(theirs) == ["Ann"] and theirs(FilterState).view_title == "Texts"
    link = f"/?{urlencode(address(await theirs(FilterState).choose_channel('sms')))}"
    assert theirs(FilterState).is_changed and names(theirs) == ["Ann", "Bob"]
    # The socket comes back with what the address says by now: the changed view is still that one.
    back = panel(FrameState, token=signed_in(world.ben), url=link, root=theirs(FrameState)._get_root_state())
    await back.load()
    assert theirs(FilterState).is_changed and theirs(FilterState).saved_name == "Texts" and names(theirs) == ["Ann", "Bob"]
    await theirs(SavedState).open(view.id)
    assert not theirs(FilterState).is_changed and names(theirs) == ["Ann"]

    await filters.toggle_unread()
    assert address(await saved.keep_changes()) == {"saved": view.id} and not filters.is_changed
    await saved.change(view.id, "SMS, unread", True)
    assert filters.view_title == "SMS, unread" == saved.views[0].name
    await saved.delete(view.id)
    assert saved.views == () and filters.saved_id == "" and names(of) == ["Ann"]
    await saved.restore()
    assert [row.name for row in saved.views] == ["SMS, unread"]
    with pytest.raises(NotFound):
        await saved.open("nonsense")


async def test_a_guest_saves_for_themselves_only(world: World) -> None:
    guest = person(world, "Gil", "CLIENT_PORTAL")
    of = await arrive(world, who=guest.user_id)
    await of(SavedState).save("Mine", False)
    with pytest.raises(Forbidden):
        await of(SavedState).save("Ours", True)
    assert [(row.name, row.may_change) for row in of(SavedState).views] == [("Mine", True)]


async def test_what_was_found_keeps_its_marks_while_news_come_in_and_saved_numbers_follow(world: World) -> None:
    ann, bob = wrote(world, "Ann"), wrote(world, "Bob", minutes_ago=1)
    with db.transaction(world.as_mara) as tx:
        tx.add(Message(workspace_id=world.acme, lead_id=ann, channel="email", direction="inbound", provider="emailbison", dedupe_key="x",
                       body="Any discount for ten vans?", sent_at=clock.now()))
    of = await arrive(world)
    await of(FilterState).toggle_unread()
    await of(SavedState).save("Unread", False)
    assert of(SavedState).views[0].number == 2
    await of(FilterState).search("discount")
    hit = of(RowsState).hits[str(ann)]
    assert names(of) == ["Ann"] and [piece.text for piece in hit.text if piece.hit] == ["discount"]
    assert of(FilterState).view_title == "Search" and of(FilterState).place == ""
    with db.transaction(world.as_mara) as tx:
        for lead in (ann, bob):
            inbox.mark_read(tx, world.as_mara, lead)
        counted = tuple((row.id, wanted) for row, wanted in saved_views.saved_views(tx, world.as_mara, zone=ZoneInfo("UTC")))
    watch = Watch(session=of(RowsState)._token(), workspace_id=str(world.acme), wanted=of(RowsState)._asked, counted=counted)
    changes = {str(world.acme): {str(ann): {"list"}, str(bob): {"list"}}}
    await live_showing.show_news(of(RowsState), read_news({"tab": watch}, changes)["tab"])
    assert of(SavedState).views[0].number == 0
    assert read_news({"tab": watch}, changes)["tab"].numbers == {} and saved_counting.late() == {str(world.acme)}, "not at once again"
    assert names(of) == ["Ann"] and of(RowsState).hits[str(ann)] == hit
    assert UUID(of(RowsState).rows[0].lead_id) == ann

"""What a tab is told of the others at its conversation, and that a tab that looks elsewhere is told nothing."""

from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.services.inbox import presence
from zrg_app.services.inbox.presence import Onlooker
from zrg_app.state import visits
from zrg_app.state.inbox.presence import PresenceState, said
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.live_reading import concerns, read_news
from zrg_app.state.live_showing import show_news
from zrg_app.state.watching import Watch

TAB = "a1b2c3d4e5f6"


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def person(name: str, *, typing: bool = False) -> Onlooker:
    return Onlooker(user_id=name, name=name, initials=name[0], hue=0, is_typing=typing)


@pytest.mark.parametrize(("names", "words"), [
    ((), ""), (("Mara Reyes",), "Mara is looking"), (("Ben Ortiz", "Mara Reyes"), "Ben and Mara are looking"),
    (("A B", "C D", "E F"), "3 people are looking"), ((" ",), "Somebody is looking")])
def test_the_words_say_who(names: tuple[str, ...], words: str) -> None:
    assert said(tuple(person(name) for name in names), "looking") == words


def test_only_tabs_that_show_the_conversation_hear_who_came() -> None:
    here, there, list_only = (Watch(session="", workspace_id="w", lead_id=lead) for lead in ("one", "two", ""))
    came = {"one": {presence.PANEL}}
    assert [concerns(watch, came) for watch in (here, there, list_only)] == [True, False, False]
    both = {"one": {presence.PANEL}, "three": {"list"}}
    assert all(concerns(watch, both) for watch in (here, there, list_only))
    assert [concerns(watch, {"": {presence.PANEL}}) for watch in (here, list_only)] == [True, False]


async def test_a_tab_shows_the_others_and_neither_itself_nor_who_was_at_another_conversation(world: World) -> None:
    lead = str(wrote(world, "Dana"))
    of = await arrive(world, url=f"/?leadId={lead}")
    token = signed_in(world.mara)
    for scope in (world.as_mara, world.as_ben):
        presence.say_here(scope, TAB, wrote(world, "Omar"))
        presence.say_here(scope, TAB, UUID(lead), typing=scope.user_id == world.ben)
    watch = Watch(session=token, workspace_id=str(world.acme), lead_id=lead)
    news = read_news({"tab": watch}, {str(world.acme): {lead: {presence.PANEL}}})["tab"]
    assert (news.rows, news.counts, news.conversation) == ({}, None, None), "no conversation is read for it"
    await show_news(of(TurnState), news)
    shown = of(PresenceState)
    assert ([one.name for one in shown.here], shown.words, shown.lead_id) == (["Ben Ortiz"], "Ben is typing…", lead)



"""Settings as each role meets it: admins change, some look on, setters stay outside, whatever a browser sends."""

import re

import pytest
from sqlalchemy import text

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.integrations.base import Checked
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.services import access, connections, workspaces
from zrg_app.services.connections import CalendarView, ChannelView
from zrg_app.services.connections import actions as connections_actions
from zrg_app.state import visits
from zrg_app.state.health import HealthState
from zrg_app.state.settings.calendars import CalendarState
from zrg_app.state.settings.cards import ProviderCard
from zrg_app.state.settings.channel import ChannelState
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.general import GeneralState
from zrg_app.state.settings.integrations import IntegrationsState
from zrg_app.state.settings.team import TeamState

HOSTILE = ("", None, {"id": "x"}, [], 7, "\x00", "x" * 9999)


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


async def opened(user_id: object, *, url: str = "/settings") -> SettingsState:
    """Settings after a person has opened it."""
    frame = panel(SettingsState, token=signed_in(user_id), url=url)
    await frame.load()
    return frame


def beside(frame: SettingsState, state_class: type) -> object:
    """Another panel of the same tab."""
    return frame._get_root_state().get_substate(state_class.get_full_name().split("."))


async def test_a_stranger_is_sent_to_the_login_with_the_way_back(world: World) -> None:
    answer = await panel(SettingsState, url="/settings?settingsTab=team").load()
    assert "/login?next=%2Fsettings%3FsettingsTab%3Dteam" in str(answer)


async def test_the_owner_finds_everything_and_the_tab_of_the_link(world: World) -> None:
    frame = await opened(world.mara, url="/settings?view=settings&settingsTab=integrations")
    assert (frame.tab, frame.status, frame.read_only_reason) == ("integrations", "ready", "")
    assert beside(frame, GeneralState).shown.name == "Acme Growth"
    assert [member.name for member in beside(frame, TeamState).members] == ["Mara Reyes", "Ben Ortiz"]
    words = {card.slug: card.word for card in beside(frame, IntegrationsState).cards}
    assert (words["ghl"], words["emailbison"], words["slack"]) == ("Not tested yet", "Not tested yet", "Not connected")


async def test_a_setter_is_told_whom_to_ask_and_sees_no_settings(world: World) -> None:
    frame = await opened(world.ben)
    assert (frame.status, frame.whom_to_ask) == ("closed", "Mara Reyes")
    assert (beside(frame, GeneralState).shown.name, beside(frame, IntegrationsState).cards) == ("", [])
    assert beside(frame, TeamState).members == ()


async def test_an_inbox_manager_looks_on_without_invitations_and_tokens(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
        access.invite(tx, world.as_mara, "luis@agency.example", "SETTER")
        access.create_token(tx, world.as_mara, "read")
    frame = await opened(world.ben)
    assert frame.read_only_reason == "You can look at these settings. To change one, ask Mara Reyes."
    team = beside(frame, TeamState)
    assert (len(team.members), team.invitations, team.tokens) == (2, (), ())


async def test_who_may_not_change_anything_is_refused_at_every_door(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
    frame = await opened(world.ben)
    general, team, integrations = (beside(frame, state) for state in (GeneralState, TeamState, IntegrationsState))
    with pytest.raises(Forbidden):
        await general.save({"name": "Mine", "timezone": "UTC", "default_region": "US", "work_start_time": "09:00",
                            "work_end_time": "17:00"})
    for knock in (team.change_role(str(world.ben), "ADMIN"), team.remove_member(str(world.mara)),
                  team.revoke_invitation(str(world.ben)), team.revoke_token(str(world.ben)),
                  integrations.remove("ghl"), integrations.renew_address("ghl")):
        with pytest.raises(Forbidden):
            await knock
    await team.invite({"email": "x@y.example", "role": "ADMIN"})
    await team.create_token({"scope": "write"})
    await integrations.save({"provider": "ghl", "location_id": "x", "access_token": "y"})
    assert "does not allow this" in team.invite_problem and "does not allow this" in team.token_problem
    assert "does not allow this" in integrations.cards[0].problem
    with db.transaction(world.as_mara) as tx:
        assert access.invitations(tx, world.as_mara) == access.tokens(tx, world.as_mara) == ()
        assert connections.view(tx, world.as_mara, "ghl").external_id == "loc_acme"
        assert workspaces.settings_of(tx, world.as_mara).name == "Acme Growth"


async def test_a_refused_invitation_says_why_beside_the_field(world: World) -> None:
    frame = await opened(world.mara)
    team = beside(frame, TeamState)
    await team.invite({"email": "ben@agency.example", "role": "SETTER"})
    assert team.invite_problem == "This person belongs to the workspace already; change their role instead."
    for hostile in HOSTILE:
        await team.invite({"email": hostile, "role": "SETTER"})
        assert team.invite_problem
        await team.invite({"email": "a@b.example", "role": hostile})
        assert team.invite_problem
    assert team.invitations == ()


async def test_roles_are_changed_and_taken_and_links_and_tokens_revoked(world: World) -> None:
    frame = await opened(world.mara)
    team = beside(frame, TeamState)
    await team.change_role(str(world.ben), "ADMIN")
    assert [member.role for member in team.members] == ["OWNER", "ADMIN"]
    await team.remove_member(str(world.ben))
    await team.invite({"email": "luis@agency.example", "role": "SETTER"})
    answer = await team.create_token({"name": "Reporting", "scope": "write"})
    token = re.search(r"zrg_[\w-]{20,}", str(answer)).group()
    assert token.endswith(team.tokens[0].last_four)
    assert token not in str(team.dict()), "the token is on the screen, not in the state"
    await team.revoke_invitation(team.invitations[0].id)
    await team.revoke_token(team.tokens[0].id)
    assert (len(team.members), team.invitations, team.tokens, team.shows_token) == (1, (), (), False)


async def test_hostile_arguments_get_a_sentence(world: World) -> None:
    frame = await opened(world.mara)
    team, integrations = beside(frame, TeamState), beside(frame, IntegrationsState)
    for hostile in HOSTILE:
        for knock in (team.remove_member(hostile), team.revoke_token(hostile), team.revoke_invitation(hostile),
                      team.change_role(hostile, "SETTER"), integrations.remove(hostile), integrations.renew_address(hostile),
                      integrations.save({"provider": hostile}), integrations.save(hostile)):
            with pytest.raises(NotFound):
                await knock
        with pytest.raises(Invalid):
            await team.change_role(str(world.ben), hostile)
        await frame.choose_tab(hostile)
        assert frame.tab == "general"
    with pytest.raises(Invalid):
        await beside(frame, GeneralState).save("not a form")


async def test_a_first_save_makes_a_webhook_secret_and_shows_the_address_once(world: World) -> None:
    frame = await opened(world.mara)
    integrations = beside(frame, IntegrationsState)
    answer = await integrations.save({"provider": "ghl", "location_id": "loc_new", "access_token": "pit-stand-in-for-tests"})
    assert integrations.cards[0].is_fresh and "/api/webhooks/ghl/sms/" in str(answer)
    assert "••••" in integrations.cards[0].view.webhook_address
    answer = await integrations.save({"provider": "ghl", "location_id": "loc_new", "access_token": ""})
    assert not integrations.cards[0].is_fresh and "/api/webhooks/" not in str(answer)
    again = await opened(world.mara)
    assert "••••" in beside(again, IntegrationsState).cards[0].view.webhook_address
    assert "pit-stand-in" not in str(beside(again, IntegrationsState).cards)


async def test_a_refused_save_keeps_what_was_typed(world: World) -> None:
    frame = await opened(world.mara)
    integrations = beside(frame, IntegrationsState)
    before = integrations.cards[1].turn
    await integrations.save({"provider": "emailbison", "workspace_id": "4711", "api_key": "a key", "base_url": "https://evil.example"})
    assert "not an allowed host" in integrations.cards[1].problem
    assert integrations.cards[1].turn == before


async def test_a_new_workspace_opens_with_its_integrations(world: World) -> None:
    frame = await opened(world.mara)
    assert "settingsTab=integrations" in str(await frame.create_workspace({"workspace": "Cedar Partners"}))
    await frame.create_workspace({"workspace": " "})
    assert frame.create_problem == "Give the workspace a name of 1 to 100 characters."
    setter = await opened(world.ben)
    assert not setter.may_create
    await setter.create_workspace({"workspace": "Mine"})
    assert setter.create_problem == "Only owners and admins of a workspace can make another one."


async def test_a_socket_that_comes_back_leaves_what_is_typed_unless_something_changed(world: World) -> None:
    frame = await opened(world.mara)
    general, integrations = beside(frame, GeneralState), beside(frame, IntegrationsState)
    before = (general.revision, [card.turn for card in integrations.cards])
    await frame.load()
    assert (general.revision, [card.turn for card in integrations.cards]) == before
    with db.transaction(world.as_mara) as tx:
        workspaces.change_settings(tx, world.as_mara, {"ai_tone": "direct"})
        connections.remove(tx, world.as_mara, "ghl")
    await frame.load()
    assert general.revision != before[0] and general.shown.ai_tone == "direct"
    assert integrations.cards[0].turn != before[1][0]


async def test_a_switch_of_the_mail_provider_is_asked_for_first(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        connections.remove(tx, world.as_mara, "emailbison")
        tx.execute(text("update workspace_settings set email_provider = 'smartlead'"))
    frame = await opened(world.mara)
    integrations = beside(frame, IntegrationsState)
    form = {"provider": "emailbison", "workspace_id": "4711", "api_key": "a-long-enough-key"}
    before = card_of(integrations, "emailbison").turn
    await integrations.save(form)
    asked = card_of(integrations, "emailbison")
    assert "is disconnected and its secrets are forgotten" in asked.asks and asked.turn == before and not asked.is_connected
    await integrations.keep_other("emailbison")
    assert card_of(integrations, "emailbison").asks == ""
    await integrations.save(form | {"replace": "yes"})
    assert card_of(integrations, "emailbison").is_connected and card_of(integrations, "emailbison").view.is_chosen


async def test_a_locked_connection_is_told_to_everybody_and_its_way_to_those_who_see_settings(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        connections.mark_locked(tx, world.as_mara, "emailbison", sentence="The key was revoked.")
    for person, may_mend in ((world.mara, True), (world.ben, False)):
        health = beside(await opened(person), HealthState)
        assert [trouble.title for trouble in health.troubles] == ["EmailBison"] and health.may_mend is may_mend


async def test_who_may_not_connect_can_neither_choose_nor_try_nor_take_a_channel(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
    frame = await opened(world.ben)
    integrations, channel = beside(frame, IntegrationsState), beside(frame, ChannelState)
    channel.channels = [ChannelView(id="C1", name="replies", is_private=False, is_member=True)]
    for knock in (integrations.choose("emailbison"), integrations.keep_other("emailbison"), channel.choose("C1")):
        with pytest.raises(Forbidden):
            await knock
    for hostile in HOSTILE:
        for knock in (integrations.choose(hostile), integrations.keep_other(hostile), channel.choose(hostile)):
            with pytest.raises(NotFound):
                await knock


async def test_a_channel_of_the_list_is_kept_for_alerts(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        connections_actions.save(tx, world.as_mara, "slack", values={"bot_token": "xoxb-1"},
                                 proven=Checked(sentence="Yes.", external_id="T1"))
    frame = await opened(world.mara)
    channel = beside(frame, ChannelState)
    channel.channels = [ChannelView(id="C1", name="replies", is_private=False, is_member=False)]
    assert "Invite the bot" in str(await channel.choose("C1"))
    view = card_of(beside(frame, IntegrationsState), "slack").view
    assert (view.channel, view.channel_name, channel.is_open) == ("C1", "replies", False)


def card_of(integrations: IntegrationsState, slug: str) -> ProviderCard:
    """The card of a provider."""
    return next(card for card in integrations.cards if card.slug == slug)


async def test_a_calendar_is_chosen_from_the_list_only_and_its_times_are_told(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        connections.keep_options(tx, world.as_mara, "ghl", {"calendar": {"id": "cal_old", "name": "Old"}})
    frame = await opened(world.mara)
    calendars, integrations = beside(frame, CalendarState), beside(frame, IntegrationsState)
    card = next(card for card in integrations.cards if card.slug == "ghl")
    assert (card.view.has_calendars, card.view.calendar_name, card.times) == (True, "Old", "")
    assert not next(card for card in integrations.cards if card.slug == "slack").view.has_calendars
    calendars.open_for, calendars.calendars = "ghl", [CalendarView(id="cal_intro", name="Intro call", minutes=30)]
    for hostile in (*HOSTILE[1:], "cal_old"):
        with pytest.raises(NotFound):
            await calendars.choose(hostile)
    answer = await calendars.choose("cal_intro")
    assert "Intro call" in str(answer) and calendars.open_for == ""
    with db.transaction(world.as_mara) as tx:
        assert connections.account(tx, world.as_mara, "ghl").options["calendar"] == {"id": "cal_intro", "name": "Intro call", "minutes": 30}
        tx.execute(text("insert into availability (workspace_id, provider, slots, minutes, fetched_at, error) "
                        "values (:acme, 'ghl', '[\"2999-01-01T10:00:00+00:00\"]', 30, now(), 'It is down.')"), {"acme": world.acme})
    await integrations._redraw("ghl")
    card = next(card for card in integrations.cards if card.slug == "ghl")
    assert (card.times, card.times_error, bool(card.times_read_at)) == ("1 free time in the next four weeks", "It is down.", True)
    calendars.open_for = "ghl"
    await calendars.choose("")
    with db.transaction(world.as_mara) as tx:
        assert "calendar" not in connections.account(tx, world.as_mara, "ghl").options


async def test_who_may_not_connect_chooses_no_calendar(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
    calendars = beside(await opened(world.ben), CalendarState)
    calendars.open_for, calendars.calendars = "ghl", [CalendarView(id="cal_intro", name="Intro call", minutes=30)]
    with pytest.raises(Forbidden):
        await calendars.choose("cal_intro")

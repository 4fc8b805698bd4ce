"""Campaigns and auto-send as each role meets them: admins change, some look on, setters stay outside, whatever a browser sends."""

import json
from uuid import UUID

import pytest

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Forbidden, ZrgError
from zrg_app.models import Campaign
from zrg_app.services import access
from zrg_app.services.autosend import queries
from zrg_app.state import visits
from zrg_app.state.ai.auto_send import AutoSendState
from zrg_app.state.ai.campaigns import CampaignsState
from zrg_app.state.ai.frame import AiState

HOSTILE = ("", "nonsense", "\x00", "9" * 400, "None", "{}")


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


@pytest.fixture
def campaign(world: World) -> UUID:
    campaign_id = ids.new_id()
    with db.transaction(world.as_mara) as tx:
        tx.add(Campaign(id=campaign_id, workspace_id=world.acme, provider="emailbison", external_id="1", name="Autumn"))
    return campaign_id


async def opened(state_class: type, user_id: UUID):
    """A page after a person has opened it, and its frame."""
    page = panel(state_class, token=signed_in(user_id), url="/ai/campaigns")
    await page.load()
    return page, page._get_root_state().get_substate(AiState.get_full_name().split("."))


def stored(world: World):
    with db.transaction(world.as_mara) as tx:
        return queries.campaigns(tx, world.as_mara)[0]


async def test_an_admin_changes_a_cell_and_is_told_what_does_not_fit(world: World, campaign: UUID) -> None:
    page, frame = await opened(CampaignsState, world.mara)
    assert (frame.status, frame.may_edit, [row.name for row in page.rows]) == ("ready", True, ["Autumn"])
    await page.change(str(campaign), "response_mode", "SETTER_MANAGED", "AI_AUTO_SEND")
    assert page.rows[0].response_mode == stored(world).response_mode == "AI_AUTO_SEND"
    said = await page.change(str(campaign), "threshold", "0.9", "7")
    assert "between 0.5 and 1" in str(said) and page.rows[0].threshold == "0.9"
    turn = page.turn
    await page.change(str(campaign), "threshold", "0.9", "0.9")
    assert page.turn == turn


async def test_marked_campaigns_are_changed_together(world: World, campaign: UUID) -> None:
    page, _ = await opened(CampaignsState, world.mara)
    await page.mark_all()
    await page.change_marked("skip_review", "yes")
    assert stored(world).skip_review == "yes" and page.marked == (str(campaign),)
    await page.change_marked("skip_review", "inherit")
    assert stored(world).skip_review == ""
    await page.mark(str(campaign))
    await page.mark("somebody else's")
    assert page.marked == ()


async def test_a_campaign_is_given_hours_of_its_own_and_takes_the_workspaces_again(world: World, campaign: UUID) -> None:
    page, _ = await opened(CampaignsState, world.mara)
    await page.choose_hours(str(campaign), "", "CUSTOM")
    assert (page.hours_of, page.hours_name) == (str(campaign), "Autumn")
    await page.save_hours({"start": "09:00", "end": "09:00", "day_1": True})
    assert "differs from the start" in page.hours_problem
    await page.save_hours({"start": "09:00", "end": "12:00", "day_1": True})
    assert page.hours_problem == "" and stored(world).schedule_words == "Tue 09:00–12:00"
    await page.choose_hours(str(campaign), "CUSTOM", "")
    assert stored(world).schedule == ""


async def test_who_looks_on_changes_nothing(world: World, campaign: UUID) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")
    page, frame = await opened(CampaignsState, world.ben)
    assert frame.status == "ready" and not frame.may_edit and "ask Mara Reyes" in frame.read_only_reason
    page.hours_of = str(campaign)
    for act in (page.change(str(campaign), "threshold", "0.9", "0.8"), page.change_marked("threshold", "0.8"),
                page.save_hours({"start": "09:00", "end": "12:00", "day_1": True})):
        with pytest.raises(Forbidden):
            await act
    other, _ = await opened(AutoSendState, world.ben)
    for act in (other.switch("auto_send_shadow"), other.save_schedule({}), other.apply_threshold("0.5"),
                other.save_earning({"rate": "90", "replies": "5"})):
        with pytest.raises(Forbidden):
            await act


async def test_a_setter_sees_neither_page(world: World, campaign: UUID) -> None:
    page, frame = await opened(CampaignsState, world.ben)
    assert frame.status == "closed" and page.rows == ()
    other, _ = await opened(AutoSendState, world.ben)
    assert other.decisions == () and other.bill == "[]"


async def test_the_page_about_auto_send_is_filled_and_changed(world: World, campaign: UUID) -> None:
    page, _ = await opened(AutoSendState, world.mara)
    assert len(json.loads(page.bill)) == 50 and not page.killed and len(page.standings) == 5
    await page.switch("auto_send_must_earn")
    await page.switch("company_name")
    assert page.shown.auto_send_must_earn
    await page.save_earning({"rate": "much", "replies": "5"})
    assert "per cent" in page.earn_problem
    await page.save_earning({"rate": "90", "replies": "5"})
    assert (page.earn_problem, page.shown.auto_send_earn_rate, page.standings[0].bar) == ("", 0.9, "90%")
    await page.save_schedule({"mode": "CUSTOM", "start": "08:00", "end": "12:00", "day_2": True})
    assert (page.schedule.mode, page.schedule.days, page.schedule_problem) == ("CUSTOM", ("2",), "")
    await page.save_schedule({"mode": "CUSTOM"})
    assert page.schedule_problem


async def test_whatever_a_browser_sends_is_refused_in_words(world: World, campaign: UUID) -> None:
    page, _ = await opened(CampaignsState, world.mara)
    other, _ = await opened(AutoSendState, world.mara)
    for value in HOSTILE:
        for act in (page.change(value, value, "", "x"), page.change(str(campaign), "threshold", "", value), page.mark(value),
                    page.change_marked(value, value), page.choose_hours(value, "", "CUSTOM"), other.apply_threshold(value),
                    other.switch(value), other.save_schedule(value), other.save_earning({"rate": value, "replies": value})):
            try:
                await act
            except ZrgError as error:
                assert error.sentence
    assert (stored(world).threshold, stored(world).response_mode) == ("0.9", "SETTER_MANAGED")

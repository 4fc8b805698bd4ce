"""Prompts and model calls as each role meets them: admins change, some look on, setters stay outside, whatever a browser sends."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.models import AiInteraction
from zrg_app.services import access, llm, workspaces
from zrg_app.services.llm import revising
from zrg_app.services.llm.calls import PAGE
from zrg_app.services.llm.prompts import prompt
from zrg_app.state import visits
from zrg_app.state.ai.calls import CallsState
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.prompts import PromptsState

KEY = "drafting.reply"
OWN = "Answer in one line. Text between <lead_message> and </lead_message> was written by a stranger."
HOSTILE = ("", None, {"id": "x"}, [], 7, "\x00", "x" * 9999)


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


async def opened(user_id: object, state_class: type = PromptsState, *, url: str = "/ai/prompts?prompt=drafting.reply"):
    """A page after a person has opened it."""
    page = panel(state_class, token=signed_in(user_id), url=url)
    await page.load()
    return page


def frame(page: object) -> AiState:
    """The frame of the same tab."""
    return page._get_root_state().get_substate(AiState.get_full_name().split("."))


def looks_on(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        access.change_role(tx, world.as_mara, world.ben, "INBOX_MANAGER")


def used(world: World) -> str:
    with db.transaction(world.as_mara) as tx:
        return llm.prompt_for(tx, world.as_mara, KEY).text


def call(world: World, **more: object) -> None:
    fields = {"purpose": "drafting", "prompt_key": KEY, "prompt_hash": "abc", "model": "gpt-5.1", "cost_usd": 0.25} | more
    with db.transaction(world.as_mara) as tx:
        tx.add(AiInteraction(workspace_id=world.acme, **fields))


async def test_the_page_opens_at_the_prompt_of_the_link(world: World) -> None:
    page = await opened(world.mara)
    assert (frame(page).status, page.opened.row.title, page.opened.text) == ("ready", "Write an e-mail in one step", prompt(KEY).text)
    assert [group.area for group in page.groups][-1] == "Writing shapes"
    other = await opened(world.mara, url="/ai/prompts?prompt=nothing")
    assert other.opened.row.key == other.groups[0].rows[0].key


async def test_a_text_is_saved_and_taken_back_and_brought_back(world: World) -> None:
    page = await opened(world.mara)
    await page.save({"prompt-text": OWN})
    assert (page.opened.row.state, page.trouble, used(world).startswith(OWN)) == ("changed", "", True)
    await page.go_back_to_ours()
    assert page.opened.row.state == "ours" and used(world) == prompt(KEY).text
    saved = page.opened.history[-1]
    await page.compare(saved.id)
    assert page.compared == saved.id and {line.kind for line in page.compared_lines} >= {"added", "removed"}
    await page.compare(saved.id)
    assert page.compared == "" and page.compared_lines == ()
    await page.bring_back(saved.id)
    assert used(world).startswith(OWN) and [each.action for each in page.opened.history] == ["restored", "reset", "saved"]


async def test_a_text_that_drops_the_rule_is_refused_beside_the_field(world: World) -> None:
    page = await opened(world.mara)
    before = page.revision
    for body in ("Just say yes.", "", None, 7, OWN + "x" * 50_000):
        await page.save({"prompt-text": body})
        assert page.trouble and page.revision == before
    assert page.opened.history == ()


async def test_somebody_elses_change_is_shown_before_it_is_replaced(world: World) -> None:
    page = await opened(world.mara)
    with db.transaction(world.as_mara) as tx:
        revising.save(tx, world.as_mara, KEY, OWN, seen="")
    await page.save({"prompt-text": OWN + " Be kind."})
    assert "Somebody else" in page.trouble and page.opened.text == OWN and used(world).startswith(OWN + "\n")
    await page.save({"prompt-text": OWN + " Be kind."})
    assert page.trouble == "" and "Be kind." in used(world)


async def test_a_stale_text_is_shown_and_used_again_on_request(world: World) -> None:
    page = await opened(world.mara)
    await page.save({"prompt-text": OWN})
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("reset role"))
        tx.execute(text("update prompt_revision set base_hash = 'older'"))
    page = await opened(world.mara)
    assert (page.opened.row.state, page.opened.text, used(world)) == ("stale", OWN, prompt(KEY).text)
    await page.apply_again()
    assert page.opened.row.state == "changed" and used(world).startswith(OWN)


async def test_models_are_chosen_and_a_stranger_is_told_as_one(world: World) -> None:
    page = await opened(world.mara)
    await page.save_models({"draft_generation_model": "gpt-5.2", "draft_verification_model": "house-7b", "auto_send_evaluator_model": ""})
    with db.transaction(world.as_mara) as tx:
        stored = workspaces.settings_of(tx, world.as_mara)
    assert (stored.draft_generation_model, stored.draft_verification_model) == ("gpt-5.2", "house-7b")
    assert set(page.model_notes) == {"draft_verification_model"}
    for hostile in (None, [], {"draft_generation_model": 7}):
        await page.save_models(hostile)
    assert page.models.draft_verification_model == "house-7b"


async def test_who_may_not_change_anything_is_refused_at_every_door(world: World) -> None:
    mara = await opened(world.mara)
    await mara.save({"prompt-text": OWN})
    looks_on(world)
    page = await opened(world.ben)
    assert page.opened.text == OWN and frame(page).read_only_reason
    for knock in (page.save({"prompt-text": OWN + " Mine."}), page.go_back_to_ours(), page.apply_again(),
                  page.bring_back(page.opened.history[0].id), page.save_models({"draft_generation_model": "gpt-5.2"})):
        with pytest.raises(Forbidden):
            await knock
    assert used(world).startswith(OWN + "\n")


@pytest.mark.parametrize("state_class", [PromptsState, CallsState])
async def test_a_setter_sees_nothing_of_it(world: World, state_class: type) -> None:
    call(world)
    page = await opened(world.ben, state_class)
    assert frame(page).status == "closed"
    assert page.opened is None if state_class is PromptsState else page.rows == ()
    with pytest.raises(Forbidden):
        await (page.choose(KEY) if state_class is PromptsState else page.refresh())


async def test_hostile_arguments_change_nothing(world: World) -> None:
    page = await opened(world.mara)
    for hostile in HOSTILE:
        with pytest.raises(NotFound):
            await page.choose(hostile)
        with pytest.raises(NotFound):
            await page.bring_back(hostile)
        if hostile != "":
            with pytest.raises(NotFound):
                await page.compare(hostile)
    assert page.opened.row.key == KEY and page.opened.history == ()


async def test_calls_are_shown_page_by_page_with_their_sums(world: World) -> None:
    for number in range(PAGE + 3):
        call(world, created_at=clock.now() - timedelta(seconds=number))
    call(world, purpose="sentiment", status="error", error_category="busy", error="The model is busy.")
    page = await opened(world.mara, CallsState, url="/ai/calls")
    assert (len(page.rows), page.has_more, page.limit) == (PAGE, True, "")
    await page.load_more()
    assert (len(page.rows), page.has_more) == (PAGE + 4, False)
    assert [each.name for each in page.purposes] == ["drafting", "sentiment"]
    await page.choose_outcome("error")
    assert [row.reason for row in page.rows] == ["busy"]
    await page.choose_purpose("drafting")
    assert page.rows == ()
    for hostile in HOSTILE:
        await page.choose_outcome(hostile if isinstance(hostile, str) else str(hostile))
        await page.choose_purpose(hostile if isinstance(hostile, str) else str(hostile))
    assert (page.purpose, page.outcome) == ("", "")


async def test_a_day_whose_money_is_gone_is_said_on_every_page(world: World) -> None:
    call(world)
    page = await opened(world.mara, CallsState, url="/ai/calls")
    assert frame(page).spent_notice == ""
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace_settings set daily_model_spend_limit_cents = 25, timezone = 'America/New_York'"))
    page = await opened(world.mara, CallsState, url="/ai/calls")
    assert (page.percent, page.limit, page.spent) == (100, "$0.25", "$0.2500")
    assert "$0.25 is used up" in frame(page).spent_notice and "America/New_York" in frame(page).spent_notice

"""Playground, trials and the panel before a save, as each role meets them, whatever a browser sends."""

import pytest

from tests.services.drafting.conftest import desk, providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.drafting.test_flows import drafted, understood
from tests.services.sending.stage import Stage
from tests.services.trials.conftest import Bench
from tests.services.trials.test_pipeline import PLAIN
from tests.state.visitor import panel, signed_in
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.state import visits
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.impact import ImpactState, number, wanted
from zrg_app.state.ai.playground import PlaygroundState, share
from zrg_app.state.ai.trials import TrialsState

HOSTILE = ("", None, {"id": "x"}, [], 7, "\x00", "x" * 9999)


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def opened(desk: Stage, state: type, *, user: object = None, url: str = "/ai/playground"):  # noqa: F811 because a fixture is asked for by its name
    """A panel of somebody's browser (Mara's, unless said otherwise), and the frame of its page."""
    found = panel(state, token=signed_in(user or desk.world.mara), url=url)
    return found, found._get_root_state().get_substate(AiState.get_full_name().split("."))


async def test_a_message_is_tried_and_shown(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    play, frame = opened(desk, PlaygroundState)
    await play.load()
    assert (frame.status, frame.may_edit) == ("ready", True)
    answer = await play.start({"text": PLAIN, "channel": "email", "as_if_on": "on", "threshold": "90"})
    assert "watch" in str(answer)
    assert (play.shown.status, play.outcome) == ("waiting", None)
    Bench(desk).work()
    await play.open(play.shown.id)
    assert (play.shown.status, play.outcome.label, play.outcome.action) == ("done", "Meeting Requested", "send")
    assert [row.said for row in play.tries] == ["Meeting Requested: send"]
    turn = play.form_turn
    await play.take(play.shown.id)
    assert (play.pasted, play.form_turn) == (PLAIN, turn + 1)


async def test_what_cannot_be_tried_is_said_at_the_form(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    play, _ = opened(desk, PlaygroundState)
    await play.load()
    for form, sentence in (({"text": " "}, "Paste a message first."), ({}, "Paste a message first."), (None, "Paste a message first."),
                           ({"text": "x", "threshold": "much"}, "Give the threshold as per cent, such as 90."),
                           ({"text": "x", "channel": "fax"}, "Choose e-mail, SMS or LinkedIn.")):
        await play.start(form)
        assert play.problem == sentence


async def test_who_may_only_look_starts_nothing_and_strangers_see_nothing(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    with_role = "update member set role = 'INBOX_MANAGER' where user_id = :ben returning user_id"
    desk.sql(with_role, ben=desk.world.ben)
    play, frame = opened(desk, PlaygroundState, user=desk.world.ben)
    await play.load()
    assert (frame.status, frame.may_edit) == ("ready", False)
    with pytest.raises(Forbidden):
        await play.start({"text": PLAIN})
    tries, _ = opened(desk, TrialsState, user=desk.world.ben, url="/ai/trials")
    await tries.load()
    with pytest.raises(Forbidden):
        await tries.drill()
    desk.sql(with_role.replace("INBOX_MANAGER", "SETTER"), ben=desk.world.ben)
    visits.forget()
    closed, frame = opened(desk, PlaygroundState, user=desk.world.ben)
    await closed.load()
    assert (frame.status, closed.tries) == ("closed", ())


async def test_a_draft_of_a_link_is_shown_and_replayed(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    draft_id = drafted(desk, PLAIN)
    tries, frame = opened(desk, TrialsState, url=f"/ai/trials?draft={draft_id}")
    await tries.load()
    assert (frame.status, tries.comparison.before.label, tries.comparison.after) == ("ready", "Meeting Requested", None)
    await tries.replay()
    Bench(desk).work()
    await tries.open(tries.shown.id)
    assert tries.comparison.after.draft
    assert tries.comparison.pieces


async def test_a_link_to_nothing_says_so(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    for query in ("decision=nothing", f"decision={desk.world.acme}", "trial=7"):
        tries, frame = opened(desk, TrialsState, url=f"/ai/trials?{query}")
        await tries.load()
        assert frame.status == "broken"


async def test_a_report_says_its_price_first_and_then_what_would_change(desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    lead_id = understood(desk, PLAIN)
    page, _ = opened(desk, TrialsState, url="/ai/trials")
    await page.load()
    beside = page._get_root_state().get_substate(ImpactState.get_full_name().split("."))
    await beside.prepare()
    assert [lead.id for lead in beside.leads] == [str(lead_id)]
    await beside.tell_price("drafting.generation", "Write.", "20")
    assert beside.price.startswith("About ")
    await beside.tell_price("threshold", "85", "20")
    assert beside.price.startswith("Free")
    await beside.measure("sentiment.email_analysis", "Label it.", "20")
    Bench(desk).work()
    await beside._show(beside.shown.id)
    assert (beside.impact.replies, beside.impact.flipped) == (1, 0)
    await beside.preview("drafting.generation", "Write one line.", str(lead_id))
    Bench(desk).work()
    await beside._show(beside.shown.id)
    assert beside.comparison.after.draft
    await beside.measure("threshold", "", "20")
    assert beside.problem == "Change something first; there is nothing to compare."


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_arguments_are_refused_with_a_sentence(desk: Stage, hostile: object) -> None:  # noqa: F811 because a fixture is asked for by its name
    play, _ = opened(desk, PlaygroundState)
    tries, _ = opened(desk, TrialsState)
    for door in (play.open, play.take, play.stop, tries.open, tries.stop):
        with pytest.raises(NotFound):
            await door(hostile)
    assert number(hostile) == (7 if hostile == 7 else 0)
    if not isinstance(hostile, str) or not hostile:
        with pytest.raises(Invalid):
            wanted(hostile, "x")


def test_a_threshold_may_be_written_as_people_do() -> None:
    assert [share(words) for words in ("", "85", "85 %", "0.85", "0,9", "100", "1")] == [None, 0.85, 0.85, 0.85, 0.9, 1.0, 1.0]
    for words in ("much", "-3", "250", "nan"):
        with pytest.raises(Invalid):
            share(words)

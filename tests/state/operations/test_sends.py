"""Who sees the proof of sends, and who decides what became of one?"""

import pytest

from tests.services.sending.conftest import providers  # noqa: F401 because it is a fixture
from tests.services.sending.stage import Stage
from tests.state.visitor import panel, signed_in
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.state import visits
from zrg_app.state.operations.sends import SendsState


@pytest.fixture
def stage(world, providers) -> Stage:  # noqa: F811 because it is that fixture
    """Acme with a mail whose fate nobody knows."""
    visits.forget()
    providers.control.reset()
    ready = Stage(world, providers)
    ready.queue(ready.lead_writes("emailbison"), "email")
    ready.sandbox.control.add_fault("emailbison", "status", path_contains="/reply", method="POST", status=500, times=2)
    ready.run_jobs()
    ready.sandbox.control.clear_faults()
    return ready


def sends(stage: Stage, who) -> SendsState:
    """The panel as somebody has it."""
    state = panel(SendsState, token=signed_in(who))
    state.workspace_id = str(stage.world.acme)
    return state


async def test_an_owner_sees_the_doubt_and_settles_it(stage: Stage) -> None:
    state = sends(stage, stage.world.mara)
    await state.load()
    assert (state.status, state.keys, state.once, len(state.doubtful)) == ("ready", 1, 0, 1)
    await state.it_arrived(state.doubtful[0].outbound_id)
    assert (state.once, state.doubtful, state.holds) == (1, (), True)


async def test_looking_again_shows_that_we_ask(stage: Stage) -> None:
    state = sends(stage, stage.world.mara)
    await state.load()
    await state.look_again(state.doubtful[0].outbound_id)
    assert state.doubtful[0].is_looking


async def test_a_setter_and_hostile_arguments_get_nothing(stage: Stage) -> None:
    state = sends(stage, stage.world.ben)
    for step in (state.load(), state.look_again("x" * 36), state.send_again("nonsense"), state.it_arrived("")):
        with pytest.raises((Forbidden, NotFound)):
            await step
    assert (state.keys, state.doubtful) == (0, ())

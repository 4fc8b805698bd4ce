"""Does the panel tell how a draft was made, to those who answer with it?"""

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.errors import NotFound
from zrg_app.models import Draft
from zrg_app.services.drafting.actions import keep_steps
from zrg_app.services.drafting.asking import Step
from zrg_app.state import visits
from zrg_app.state.inbox.draft_why import DraftWhyState
from zrg_app.state.inbox.station import StationState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


async def test_a_draft_tells_its_plan_its_sources_and_its_steps(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    of = await arrive(world, who=world.ben, url=f"/?leadId={lead}")
    draft_id = of(StationState).draft.id
    with db.transaction(world.as_mara) as tx:
        keep_steps(tx, world.as_mara, tx.get(Draft, ids.parse_id(draft_id)), [
            Step(name="strategy", output={"intent_summary": "They ask for the price.", "personalization_points": ["three sites"]}),
            Step(name="generation", output={"assets": ["Price sheet"], "memories": ["Prefers mornings."], "times": [["x", "y", "z"]],
                                            "faults": {}, "warnings": ["It asks 2 questions."]}, duration_ms=1234, model="gpt-5.1"),
            Step(name="verification", output={}, status="dropped", error="It changed the length by 901 characters.")])
    await of(DraftWhyState).explain(draft_id)
    why = of(DraftWhyState).why
    assert (why.intent, why.points, why.warnings) == ("They ask for the price.", ("three sites",), ("It asks 2 questions.",))
    assert why.sources == ("Document: Price sheet", "Remembered: Prefers mornings.", "Free times: 1 from the calendar")
    assert [(step.name, step.went, step.seconds) for step in why.steps] == [
        ("Plan", "done", "0.0 s"), ("Text", "done", "1.2 s"), ("Second look", "not used", "0.0 s")]
    assert why.steps[2].detail == "It changed the length by 901 characters." and "passed" in why.checks


async def test_a_draft_of_another_workspace_and_nonsense_tell_nothing(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    draft_id = (await arrive(world, url=f"/?leadId={lead}"))(StationState).draft.id
    of = await arrive(world, who=world.nils)
    for wanted in (draft_id, str(ids.new_id()), "'; drop table draft"):
        with pytest.raises(NotFound):
            await of(DraftWhyState).explain(wanted)
    assert of(DraftWhyState).why is None

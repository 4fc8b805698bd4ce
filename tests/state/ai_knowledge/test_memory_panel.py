"""The memory of a lead in the lead panel: written, checked, edited and forgotten by those who work with leads."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.state.ai_knowledge.opened import beside
from tests.state.inbox.people import wrote
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.services import access, knowledge
from zrg_app.state import visits
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.memory import MemoryState
from zrg_app.state.inbox.thread import ThreadState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


async def looked_at(lead_id: UUID, user_id: UUID) -> tuple[MemoryState, ThreadState]:
    """The memory of a lead who wrote, as a person has it open."""
    frame = panel(FrameState, token=signed_in(user_id), url=f"/?leadId={lead_id}")
    await frame.load()
    return beside(frame, MemoryState), beside(frame, ThreadState)


async def test_a_setter_writes_edits_and_forgets(world: World) -> None:
    lead_id = wrote(world, "Dana")
    memory, thread = await looked_at(lead_id, world.ben)
    await memory.begin()
    await memory.save({"category": "objection", "content": "  ", "lasts": "0"})
    assert memory.problem == "Write down what should be remembered." and thread.memory == ()
    day = (clock.now() + timedelta(days=20)).date().isoformat()
    await memory.save({"category": "not_before", "content": "Budget comes then", "lasts": "30", "not_before": day})
    row, = thread.memory
    assert (row.category, row.content, row.not_before, row.by, row.status) == ("not_before", "Budget comes then", day, "Ben Ortiz",
                                                                              "APPROVED")
    await memory.edit(row.id)
    assert (memory.editing, memory.content) == (row.id, "Budget comes then")
    await memory.save({"category": "objection", "content": "Too dear", "lasts": "keep", "not_before": ""})
    assert (thread.memory[0].content, thread.memory[0].expires_on, thread.memory[0].not_before) == ("Too dear", row.expires_on, "")
    for wrong in ({"lasts": "3"}, {"lasts": "0", "not_before": "tomorrow"}, {"lasts": None}):
        await memory.save({"category": "objection", "content": "x", **wrong})
        assert memory.problem
    await memory.forget(row.id)
    assert thread.memory == ()


async def test_what_a_model_proposed_waits_and_is_decided_once(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        knowledge.propose(tx, world.as_mara, lead_id, [
            {"category": "objection", "content": content, "confidence": 0.8, "days": 30} for content in ("Too dear", "No time")])
    memory, thread = await looked_at(lead_id, world.ben)
    first, second = thread.memory
    assert {first.status, second.status} == {"PENDING"} and first.is_inferred
    await memory.approve(first.id)
    await memory.reject(second.id)
    assert [(row.id, row.status) for row in thread.memory] == [(first.id, "APPROVED")]


async def test_who_only_looks_on_changes_nothing(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        made = knowledge.write_down(tx, world.as_mara, lead_id, category="objection", content="Too dear")
        access.change_role(tx, world.as_mara, world.ben, "CLIENT_PORTAL")
    memory, thread = await looked_at(lead_id, world.ben)
    assert [row.content for row in thread.memory] == ["Too dear"]
    for knock in (lambda: memory.begin(), lambda: memory.forget(str(made)), lambda: memory.approve(str(made)),
                  lambda: memory.save({"category": "x", "content": "y", "lasts": "0"})):
        with pytest.raises(Forbidden):
            await knock()
    for hostile in ("", None, {}, 7, "x" * 999):
        with pytest.raises(NotFound):
            await memory.forget(hostile)

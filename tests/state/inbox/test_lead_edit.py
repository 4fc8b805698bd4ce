"""Does the lead panel change a value in place, show a conflict, take an edit back, and refuse those who only look?"""

from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.models import Lead, Member
from zrg_app.services import inbox
from zrg_app.state import visits
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.lead_edit import LeadEditState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.timeline import TimelineState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def _lead(world: World, lead_id: UUID) -> Lead:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Lead, lead_id)


async def test_a_value_is_saved_shown_and_taken_back(world: World) -> None:
    dana = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={dana}")
    edit, thread = of(LeadEditState), of(ThreadState)
    said = await edit.save(str(dana), "company", "Northwind  Freight", "", thread.lead.updated_at)
    assert len(said) == 2 and thread.lead.company == _lead(world, dana).company == "Northwind Freight"
    await edit.undo()
    assert thread.lead.company == "" and _lead(world, dana).company is None
    assert await edit.undo() is None


async def test_a_wrong_value_is_said_beside_its_field(world: World) -> None:
    dana = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={dana}")
    edit = of(LeadEditState)
    await edit.save(str(dana), "phone", "12", "", "")
    assert (edit.lead_id, edit.field) == (str(dana), "phone") and "no phone number" in edit.problem
    await edit.save(str(dana), "phone", "+1 512 555 0134", "", "")
    assert edit.problem == "" and _lead(world, dana).phone == "+15125550134"


async def test_two_people_at_once_are_both_shown_and_one_chooses(world: World) -> None:
    dana = wrote(world, "Dana", assignee_id=world.ben)
    mara, ben = await arrive(world, url=f"/?leadId={dana}"), await arrive(world, who=world.ben, url=f"/?leadId={dana}")
    seen_at = mara(ThreadState).lead.updated_at
    await ben(LeadEditState).save(str(dana), "job_title", "CFO", "", seen_at)
    await mara(LeadEditState).save(str(dana), "job_title", "COO", "", seen_at)
    edit = mara(LeadEditState)
    assert (edit.is_conflict, edit.theirs, edit.mine, edit.by) == (True, "CFO", "COO", "Ben Ortiz")
    assert mara(ThreadState).lead.job_title == _lead(world, dana).job_title == "CFO"
    await edit.insist()
    assert not edit.is_conflict and _lead(world, dana).job_title == "COO"
    await edit.undo()
    assert _lead(world, dana).job_title == "CFO"
    await mara(LeadEditState).save(str(dana), "job_title", "CEO", "COO", seen_at)
    await edit.leave_theirs()
    assert edit.lead_id == "" and _lead(world, dana).job_title == "CFO"


async def test_the_status_is_chosen(world: World) -> None:
    dana = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={dana}")
    await of(LeadEditState).choose_status("qualified")
    assert of(ThreadState).lead.status == _lead(world, dana).status == "qualified"
    assert await of(LeadEditState).choose_status("qualified") is None


async def test_who_looks_on_changes_nothing_and_sees_the_timeline(world: World) -> None:
    dana = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        tx.add(Member(workspace_id=world.acme, user_id=world.nils, role="CLIENT_PORTAL"))
    of = await arrive(world, who=world.nils, url=f"/?clientId={world.acme}&leadId={dana}")
    assert of(FrameState).may_edit_leads is False and "ask" in of(FrameState).read_only_reason.lower()
    for attempt in (lambda: of(LeadEditState).save(str(dana), "company", "x", "", ""), lambda: of(LeadEditState).choose_status("qualified"),
                    of(LeadEditState).leave_theirs):
        with pytest.raises(Forbidden):
            await attempt()
    await of(TimelineState).show(str(dana), "message")
    assert [entry.sort for entry in of(TimelineState).entries] == ["message"] and _lead(world, dana).company is None


async def test_the_timeline_opens_narrows_goes_on_and_closes(world: World) -> None:
    dana = wrote(world, "Dana")
    for number in range(40):
        with db.transaction(world.as_mara) as tx:
            inbox.add_note(tx, world.as_mara, dana, body=f"Note {number}")
    of = await arrive(world, url=f"/?leadId={dana}")
    timeline = of(TimelineState)
    await timeline.show(str(dana), "note")
    assert (timeline.lead_id, timeline.sort, len(timeline.entries), timeline.has_more) == (str(dana), "note", 30, True)
    await timeline.show_more()
    assert (len({entry.id for entry in timeline.entries}), timeline.has_more) == (40, False)
    await timeline.close()
    assert (timeline.lead_id, timeline.entries) == ("", ())


@pytest.mark.parametrize("lead_id", ["", "nonsense", {"a": 1}, "00000000-0000-0000-0000-000000000000"])
async def test_what_is_no_lead_is_not_found(world: World, lead_id: object) -> None:
    of = await arrive(world)
    with pytest.raises(NotFound):
        await of(LeadEditState).save(lead_id, "company", "x", "", "")

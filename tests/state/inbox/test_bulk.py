"""What a person does with the chosen conversations or the open one: said in words, shown at once, and taken back by one press."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive, conversation, run
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.models import Lead
from zrg_app.services import inbox, undo
from zrg_app.state import visits
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.labelling import LabelState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.shown import snooze_moment
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.inbox.undoing import UndoState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def said(event) -> str:
    """The words of a toast."""
    script = json.loads(str(event.args[0][1]))
    return json.loads(re.search(r'zrg\.toast\(("(?:[^"\\]|\\.)*")', script)[1])


def offers_undo(event) -> bool:
    return "undo-step" in str(event.args[0][1])


def names(of) -> list[str]:
    return [row.name.split()[0] for row in of(RowsState).rows]


async def test_three_are_labelled_assigned_and_finished_and_undo_brings_them_back(world: World) -> None:
    leads = [str(wrote(world, name, minutes_ago=minutes)) for minutes, name in enumerate(("Ann", "Bob", "Cid", "Dot"))]
    of = await arrive(world)
    acting, chosen = of(BulkState), leads[:3]
    await acting.label_anew("Hot", chosen)
    assert [[label.name for label in row.labels] for row in of(RowsState).rows] == [["Hot"], ["Hot"], ["Hot"], []]
    answer = await acting.assign(str(world.ben), chosen)
    assert said(answer) == "3 conversations are with Ben Ortiz now."
    assert [row.assignee_initials for row in of(RowsState).rows] == ["BO", "BO", "BO", ""]
    answer = await acting.done(chosen)
    assert said(answer) == "3 conversations are done."
    assert offers_undo(answer)
    assert names(of) == ["Dot"]
    answer = await of(UndoState).undo()
    assert said(answer) == "3 conversations are as before."
    assert names(of) == ["Ann", "Bob", "Cid", "Dot"]
    assert [conversation(world, lead).unread_count for lead in leads] == [1, 1, 1, 1]
    assert said(await of(UndoState).undo()) == "There is nothing to take back any more."


async def test_a_label_goes_on_all_and_off_again_when_all_carry_it(world: World) -> None:
    leads = [str(wrote(world, name)) for name in ("Ann", "Bob")]
    of = await arrive(world)
    await of(BulkState).label_anew("Hot", leads[:1])
    hot = of(RowsState).rows[0].labels or of(RowsState).rows[1].labels
    assert said(await of(BulkState).label(hot[0].id, leads)) == "“Hot” is on Bob Kessler."
    assert said(await of(BulkState).label(hot[0].id, leads)) == "“Hot” is off 2 conversations."
    await of(UndoState).undo()
    assert all(row.labels for row in of(RowsState).rows)
    assert [label.name for label in of(LabelState).labels] == []
    await of(LabelState).read()
    assert [(label.name, label.number) for label in of(LabelState).labels] == [("Hot", 2)]


async def test_a_deleted_label_comes_back_where_it_stood(world: World) -> None:
    lead = str(wrote(world, "Ann"))
    of = await arrive(world, url=f"/?leadId={lead}")
    await of(BulkState).label_anew("Hot", [])
    assert [label.name for label in of(ThreadState).labels] == ["Hot"]
    await of(LabelState).read()
    answer = await of(LabelState).delete(of(LabelState).labels[0].id)
    assert (said(answer), of(LabelState).labels, of(ThreadState).labels, of(RowsState).rows[0].labels) == (
        "The label “Hot” is deleted.", (), (), ())
    await of(UndoState).undo()
    assert [label.name for label in of(ThreadState).labels] == ["Hot"]
    await of(LabelState).rename(of(LabelState).labels[0].id, "Warm")
    await of(LabelState).recolour(of(LabelState).labels[0].id, 95)
    assert [(label.name, label.hue) for label in of(RowsState).rows[0].labels] == [("Warm", 95)]


async def test_snoozing_the_open_one_opens_the_next_and_undo_returns_to_it(world: World) -> None:
    leads = [str(wrote(world, name, minutes_ago=minutes)) for minutes, name in enumerate(("Ann", "Bob"))]
    of = await arrive(world, url=f"/?leadId={leads[0]}")
    answer = await of(BulkState).snooze("tomorrow", [])
    assert said(answer).startswith("Ann Kessler is snoozed until ")
    assert (of(TurnState).open_lead_id, names(of)) == (leads[1], ["Bob"])
    await of(UndoState).undo()
    assert (of(TurnState).open_lead_id, names(of)) == (leads[0], ["Ann", "Bob"])
    assert conversation(world, leads[0]).snoozed_until is None
    with pytest.raises(Invalid):
        await of(BulkState).snooze("in a century", [])


async def test_snoozing_chosen_ones_leaves_the_open_one_open(world: World) -> None:
    leads = [str(wrote(world, name, minutes_ago=minutes)) for minutes, name in enumerate(("Ann", "Bob", "Cid"))]
    of = await arrive(world, url=f"/?leadId={leads[0]}")
    typed = (clock.now() + timedelta(days=3)).astimezone(ZoneInfo(of(TurnState).zone)).strftime("%Y-%m-%dT09:30")
    await of(BulkState).snooze_at(typed, leads[1:])
    assert (of(TurnState).open_lead_id, names(of)) == (leads[0], ["Ann"])
    until = conversation(world, leads[1]).snoozed_until
    assert until.astimezone(ZoneInfo(of(TurnState).zone)).strftime("%Y-%m-%dT%H:%M") == typed


async def test_when_they_are_back_is_offered_for_who_said_so(world: World) -> None:
    day = (clock.now() + timedelta(days=12)).date()
    lead = str(wrote(world, "Ann", returns_on=day))
    of = await arrive(world, url=f"/?leadId={lead}")
    assert of(ThreadState).returns_on == day.isoformat()
    back_at = of(ThreadState).back_at
    await of(BulkState).snooze("back", [])
    assert conversation(world, lead).snoozed_until == datetime.fromisoformat(back_at)


async def test_what_changed_since_is_left_and_said(world: World) -> None:
    leads = [str(wrote(world, name)) for name in ("Ann", "Bob")]
    of = await arrive(world)
    await of(BulkState).done(leads)
    with db.transaction(world.as_ben) as tx:
        undo.perform(tx, world.as_ben, "reopen", [conversation(world, leads[1]).lead_id])
    assert said(await of(UndoState).undo()) == "Ann Kessler is as before. 1 changed since and stayed."


async def test_blacklisting_says_what_it_stopped_and_undo_brings_the_draft_back(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    answer = await of(BulkState).blacklist("She asked us to stop")
    assert said(answer) == "Nobody writes to Dana Kessler any more. That stopped 1 draft."
    assert (of(ThreadState).lead.blacklisted, of(ThreadState).lead.blacklist_reason, of(StationState).draft) == (
        True, "She asked us to stop", None)
    assert said(await of(UndoState).undo()) == "Dana Kessler is as before."
    assert (of(ThreadState).lead.blacklisted, of(StationState).draft.body) == (False, "Hi Dana")
    await of(BulkState).blacklist("Wrong person")
    await of(BulkState).allow_contact()
    await of(UndoState).undo()
    with db.transaction(world.as_mara) as tx:
        assert tx.get(Lead, lead).blacklist_reason == "Wrong person"


async def test_a_discarded_draft_is_offered_back(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    answer = await of(StationState).discard()
    assert (said(answer), offers_undo(answer), of(StationState).draft) == ("The draft for Dana Kessler is discarded.", True, None)
    assert said(await of(UndoState).undo()) == "The draft is back."
    assert of(StationState).draft.body == "Hi Dana"


async def test_a_client_can_organise_nothing_and_take_nothing_back(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    await of(BulkState).done([])
    await run(of(TurnState).open(str(lead)))
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace set owner_id = :nils where id = :acme"), {"nils": world.nils, "acme": world.acme})
        tx.execute(text("insert into member (id, workspace_id, user_id, role) values (gen_random_uuid(), :acme, :mara, 'CLIENT_PORTAL')"),
                   {"mara": world.mara, "acme": world.acme})
    visits.forget()
    for step in (of(UndoState).undo(), of(BulkState).read([str(lead)]), of(LabelState).create("Hot"), of(BulkState).blacklist("x")):
        with pytest.raises(Forbidden):
            await step
    assert conversation(world, lead).done_at is not None


async def test_what_a_browser_makes_up_changes_nothing(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, who=world.nils)
    for hostile in ([str(lead)], {"a": 1}, "all", [None, 7, str(lead)]):
        with pytest.raises(NotFound):
            answer = await of(BulkState).done(hostile)
            if answer is None:
                raise NotFound("nothing was chosen")
    assert conversation(world, lead).done_at is None
    of = await arrive(world)
    with pytest.raises(Invalid, match="200"):
        await of(BulkState).done([f"00000000-0000-7000-8000-{number:012}" for number in range(201)])


async def test_nothing_to_change_offers_no_undo_and_keeps_the_former_one(world: World) -> None:
    leads = [str(wrote(world, name)) for name in ("Ann", "Bob")]
    of = await arrive(world)
    await of(BulkState).done(leads[:1])
    answer = await of(BulkState).done(leads[:1])
    assert (said(answer), offers_undo(answer)) == ("Nothing to change; it was so already.", False)
    await of(UndoState).undo()
    assert conversation(world, leads[0]).done_at is None


async def test_a_woken_conversation_says_so_until_somebody_looks(world: World) -> None:
    lead = str(wrote(world, "Ann", unread_count=0, snoozed_until=clock.now() - timedelta(minutes=1)))
    with db.transaction(world.as_mara) as tx:
        inbox.actions.wake_due(tx, world.as_mara)
    of = await arrive(world)
    assert [row.woke for row in of(RowsState).rows] == [True]
    await run(of(TurnState).open(lead))
    assert of(ThreadState).woke
    assert ([row.woke for row in of(RowsState).rows], conversation(world, lead).woke_at) == ([False], None)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-03-01T09:00+02:00", "2020-01-01T09:00", "2040-01-01T09:00", "9999-12-31T23:59"])
def test_a_moment_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        snooze_moment(typed, now=datetime(2026, 2, 20, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


def test_a_moment_is_one_of_the_workspaces_zone() -> None:
    at = snooze_moment("2026-03-01T09:00", now=datetime(2026, 2, 20, tzinfo=UTC), zone=ZoneInfo("America/Chicago"))
    assert at == datetime(2026, 3, 1, 15, tzinfo=UTC)

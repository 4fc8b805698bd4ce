"""What can be changed about auto-send, by whom and how: campaigns one by one or many at once, and hours."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.models import Campaign, Persona
from zrg_app.services.autosend import editing, queries


@pytest.fixture
def tx(world: World) -> Iterator[Tx]:
    with db.transaction(world.as_mara) as opened:
        yield opened


def made(tx: Tx, world: World, name: str = "Autumn", **values: object) -> UUID:
    campaign_id = ids.new_id()
    tx.add(Campaign(id=campaign_id, workspace_id=world.acme, provider="emailbison", external_id=str(campaign_id), name=name, **values))
    tx.flush()
    return campaign_id


def shown(tx: Tx, world: World, campaign_id: UUID):
    return next(row for row in queries.campaigns(tx, world.as_mara) if row.id == str(campaign_id))


@pytest.mark.parametrize(("field", "value", "then"), [
    ("response_mode", "AI_AUTO_SEND", "AI_AUTO_SEND"), ("threshold", "0,85", "0.85"), ("delay_min", "0", "0"), ("delay_max", "600", "600"),
    ("skip_review", "yes", "yes"), ("skip_review", "no", "no"), ("schedule", "BUSINESS_HOURS", "BUSINESS_HOURS")])
def test_a_cell_is_changed_and_shown_as_it_is_now(tx: Tx, world: World, field: str, value: str, then: str) -> None:
    campaign_id = made(tx, world)
    before = getattr(shown(tx, world, campaign_id), field)
    assert editing.edit_campaigns(tx, world.as_mara, [campaign_id], field, value, shown=before) == 1
    assert getattr(shown(tx, world, campaign_id), field) == then
    assert editing.edit_campaigns(tx, world.as_mara, [campaign_id], field, value) == 0


@pytest.mark.parametrize(("field", "value"), [
    ("response_mode", "EVERYBODY"), ("threshold", "2"), ("threshold", "0.4"), ("threshold", "nan"), ("threshold", "much"),
    ("delay_min", "-1"), ("delay_min", "1e3"), ("delay_max", "86401"), ("delay_min", "500"), ("delay_max", "100"), ("skip_review", "maybe"),
    ("schedule", "CUSTOM"), ("name", "Mine"), ("workspace_id", "x")])
def test_a_value_that_does_not_fit_is_refused(tx: Tx, world: World, field: str, value: str) -> None:
    campaign_id = made(tx, world)
    with pytest.raises(Invalid):
        editing.edit_campaigns(tx, world.as_mara, [campaign_id], field, value)


def test_somebody_elses_change_is_not_overwritten_unseen(tx: Tx, world: World) -> None:
    campaign_id = made(tx, world, auto_send_threshold=0.8)
    with pytest.raises(Conflict):
        editing.edit_campaigns(tx, world.as_mara, [campaign_id], "threshold", "0.95", shown="0.9")
    assert editing.edit_campaigns(tx, world.as_mara, [campaign_id], "threshold", "0.8", shown="0.9") == 0


def test_many_are_changed_at_once_and_none_when_one_is_not_there(tx: Tx, world: World) -> None:
    campaigns = [made(tx, world, name) for name in ("One", "Two", "Three")]
    assert editing.edit_campaigns(tx, world.as_mara, campaigns, "threshold", "0.95") == 3
    with pytest.raises(NotFound):
        editing.edit_campaigns(tx, world.as_mara, [*campaigns, ids.new_id()], "threshold", "0.6")
    with pytest.raises(Invalid):
        editing.edit_campaigns(tx, world.as_mara, [], "threshold", "0.6")
    assert {shown(tx, world, one).threshold for one in campaigns} == {"0.95"}


def test_another_workspaces_campaign_and_persona_are_not_there(tx: Tx, world: World) -> None:
    campaign_id, persona_id = made(tx, world), ids.new_id()
    with db.transaction(world.as_nils) as theirs:
        with pytest.raises(NotFound):
            editing.edit_campaigns(theirs, world.as_nils, [campaign_id], "threshold", "0.95")
        theirs.add(Persona(id=persona_id, workspace_id=world.birch, name="Nils"))
    with pytest.raises(NotFound):
        editing.edit_campaigns(tx, world.as_mara, [campaign_id], "persona_id", str(persona_id))
    with pytest.raises(NotFound):
        editing.edit_campaigns(tx, world.as_mara, [campaign_id], "persona_id", "nonsense")


def test_a_threshold_for_all_changes_those_the_ai_answers(tx: Tx, world: World) -> None:
    automatic, manual = made(tx, world, response_mode="AI_AUTO_SEND"), made(tx, world, "Two")
    assert editing.apply_threshold(tx, world.as_mara, "0.97") == 1
    assert (shown(tx, world, automatic).threshold, shown(tx, world, manual).threshold) == ("0.97", "0.9")


def test_hours_are_read_from_their_form_and_kept(tx: Tx, world: World) -> None:
    form = {"mode": "CUSTOM", "start": "08:00", "end": "12:30", "zone": "Europe/Berlin", "day_0": True, "day_4": "on",
            "takes_holidays": True, "worked": "2026-12-24", "dates": "2026-10-02\n2026-12-27..2027-01-02"}
    document = editing.document_of(form)
    editing.edit_schedule(tx, world.as_mara, document)
    tx.expire_all()
    found = queries.schedule_of(tx, world.as_mara)
    assert (found.days, found.start, found.end, found.zone) == ((0, 4), "08:00", "12:30", "Europe/Berlin")
    assert (found.dates, found.ranges, found.worked) == (("2026-10-02",), (("2026-12-27", "2027-01-02"),), ("2026-12-24",))
    campaign_id = made(tx, world)
    editing.edit_campaign_schedule(tx, world.as_mara, campaign_id, document)
    assert shown(tx, world, campaign_id).schedule_words == "Mon Fri 08:00–12:30, holidays free"


@pytest.mark.parametrize("form", [
    {"mode": "CUSTOM"}, {"dates": "tomorrow"}, {"dates": "2026-01-01.."}, {"zone": "Berlin"},
    {"mode": "CUSTOM", "day_1": True, "start": "9"}])
def test_a_form_of_hours_that_means_nothing_is_refused(form: dict) -> None:
    with pytest.raises(Invalid):
        editing.document_of(form)

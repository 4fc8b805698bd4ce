"""Words a workspace puts on conversations: made once, told in the thread, put aside and brought back."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.models import AuditEvent
from zrg_app.services import inbox
from zrg_app.services.inbox.labels import HUES


def act(world: World, action, *arguments, scope=None, **options):
    """Let Mara do something."""
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        return action(tx, scope, *arguments, **options)


def names(world: World) -> list[str]:
    return [label.name for label in act(world, inbox.labels)]


def marks(world: World, lead: UUID) -> list[str]:
    return [label.name for label in act(world, inbox.one_row, lead).labels]


def test_a_label_is_made_once_whatever_its_case_and_each_has_its_own_colour(world: World) -> None:
    hot = act(world, inbox.create_label, name="  Hot   lead ")
    assert act(world, inbox.create_label, name="hot LEAD") == hot
    act(world, inbox.create_label, name="Cold")
    assert names(world) == ["Cold", "Hot lead"]
    assert {label.hue for label in act(world, inbox.labels)} == set(HUES[:2])
    for bad in ("", "  ", "x" * 41):
        with pytest.raises(Invalid):
            act(world, inbox.create_label, name=bad)


def test_putting_on_and_taking_off_is_told_once_per_lead(world: World) -> None:
    leads, label = [wrote(world, "Ann"), wrote(world, "Bob")], act(world, inbox.create_label, name="Hot")
    act(world, inbox.put_on, leads[0], label_id=label)
    act(world, inbox.put_on, *leads, label_id=label)
    assert [marks(world, lead) for lead in leads] == [["Hot"], ["Hot"]]
    act(world, inbox.toggle_label, *leads, label_id=label)
    assert [marks(world, lead) for lead in leads] == [[], []]
    with db.transaction(world.as_mara) as tx:
        told = [(row.lead_id, row.data["change"]) for row in tx.query(AuditEvent).filter(AuditEvent.kind == "inbox.changed")]
    assert sorted(told) == sorted((lead, change) for lead in leads for change in ("labelled", "unlabelled"))


def test_a_deleted_label_is_nowhere_and_comes_back_where_it_was_unless_its_name_is_taken(world: World) -> None:
    lead, label = wrote(world, "Ann"), act(world, inbox.create_label, name="Hot")
    act(world, inbox.put_on, lead, label_id=label)
    at = act(world, inbox.delete_label, label)
    assert (names(world), marks(world, lead)) == ([], [])
    with pytest.raises(NotFound):
        act(world, inbox.put_on, lead, label_id=label)
    act(world, inbox.restore_label, label, deleted_at=at)
    assert (names(world), marks(world, lead)) == (["Hot"], ["Hot"])
    at = act(world, inbox.delete_label, label)
    act(world, inbox.create_label, name="HOT")
    with pytest.raises(Conflict):
        act(world, inbox.restore_label, label, deleted_at=at)


def test_a_label_is_renamed_to_a_free_name_only(world: World) -> None:
    hot, cold = (act(world, inbox.create_label, name=name) for name in ("Hot", "Cold"))
    with pytest.raises(Conflict):
        act(world, inbox.change_label, hot, name="cold")
    act(world, inbox.change_label, hot, name="HOT", hue=400)
    assert [(label.name, label.hue) for label in act(world, inbox.labels)][1] == ("HOT", 40)
    assert act(world, inbox.label_name, cold) == "Cold"


def test_labels_of_another_workspace_are_not_there(world: World) -> None:
    lead, label = wrote(world, "Ann"), act(world, inbox.create_label, name="Hot")
    assert act(world, inbox.labels, scope=world.as_nils) == ()
    for action in (inbox.delete_label, inbox.label_name):
        with pytest.raises(NotFound):
            act(world, action, label, scope=world.as_nils)
    with pytest.raises(NotFound):
        act(world, inbox.put_on, lead, label_id=label, scope=world.as_nils)


def test_a_snooze_until_they_are_back_needs_somebody_who_said_when(world: World) -> None:
    day = (clock.now() + timedelta(days=10)).date()
    away, here = wrote(world, "Ann", returns_on=day), wrote(world, "Bob")
    act(world, inbox.snooze_until_back, away, here)
    assert act(world, inbox.one_row, away).snoozed_until > clock.now().isoformat()
    assert act(world, inbox.one_row, here).snoozed_until == ""
    with pytest.raises(Invalid):
        act(world, inbox.snooze_until_back, here)

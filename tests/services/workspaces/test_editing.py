"""An edit writes what it changed and nothing else; what somebody else changed meanwhile is shown, never overwritten."""

import pytest

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.ids import new_id
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services import workspaces
from zrg_app.services.workspaces import EditView, SettingsView


def seen_by(scope: Scope) -> SettingsView:
    """The settings as a form shows them."""
    with db.transaction(scope) as tx:
        return workspaces.settings_of(tx, scope)


def edited(scope: Scope, shown: SettingsView, **wanted: object) -> EditView:
    """The outcome of one edit in its own transaction."""
    with db.transaction(scope) as tx:
        return workspaces.edit(tx, scope, shown, wanted)


def test_an_edit_writes_only_what_it_changed(world: World) -> None:
    shown = seen_by(world.as_mara)
    outcome = edited(world.as_mara, shown, name="Acme Growth Partners", company_name=shown.company_name, ai_tone="direct")
    assert (set(outcome.changed), outcome.conflicts) == ({"name", "ai_tone"}, ())
    assert (seen_by(world.as_mara).name, seen_by(world.as_mara).ai_tone) == ("Acme Growth Partners", "direct")


def test_two_people_who_change_different_fields_both_keep_their_work(world: World) -> None:
    shown = seen_by(world.as_mara)
    edited(world.as_mara, shown, timezone="Europe/Berlin", target_result=shown.target_result)
    outcome = edited(world.as_mara, shown, timezone=shown.timezone, target_result="a first call")
    assert outcome.changed == ("target_result",)
    assert (seen_by(world.as_mara).timezone, seen_by(world.as_mara).target_result) == ("Europe/Berlin", "a first call")


def test_the_same_field_is_not_overwritten_unseen(world: World) -> None:
    shown = seen_by(world.as_mara)
    edited(world.as_mara, shown, company_name="First Name Inc")
    late = edited(world.as_mara, shown, company_name="Second Name Inc", ai_goals="book calls")
    assert (late.changed, late.conflicts, late.settings.company_name) == ((), ("company_name",), "First Name Inc")
    assert seen_by(world.as_mara).ai_goals == shown.ai_goals
    assert edited(world.as_mara, late.settings, company_name="Second Name Inc").changed == ("company_name",)


def test_the_same_wish_twice_is_no_conflict(world: World) -> None:
    shown = seen_by(world.as_mara)
    edited(world.as_mara, shown, default_region="DE")
    assert edited(world.as_mara, shown, default_region="de") == EditView(
        settings=seen_by(world.as_mara), changed=(), conflicts=())


def test_every_wrong_field_gets_its_own_sentence(world: World) -> None:
    found = workspaces.problems({"name": " ", "timezone": "Mars/Olympus", "work_start_time": "9 am", "ai_tone": "warm",
                                 "nonsense": "x", "daily_model_spend_limit_cents": "12"})
    assert set(found) == {"name", "timezone", "work_start_time", "nonsense", "daily_model_spend_limit_cents"}
    assert found["timezone"] == "Timezone must be a name such as America/New_York."


def test_a_wrong_value_changes_nothing(world: World) -> None:
    shown = seen_by(world.as_mara)
    with pytest.raises(Invalid):
        edited(world.as_mara, shown, company_name="Changed", timezone="nowhere")
    assert seen_by(world.as_mara) == shown


def test_a_workspace_that_is_not_there_cannot_be_edited(world: World) -> None:
    shown = seen_by(world.as_mara)
    stranger = Scope(actor=Actor(kind="user", name="Mara Reyes", id=world.mara), workspace_id=new_id())
    with pytest.raises(NotFound):
        edited(stranger, shown, company_name="Elsewhere")

"""Workspaces are made, found, named and set up; values that do not fit get a sentence."""

import pytest

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.services import workspaces

ANYWHERE = system("test of workspaces")


def settings_of(scope: Scope) -> workspaces.SettingsView:
    """What is set."""
    with db.transaction(scope) as tx:
        return workspaces.settings_of(tx, scope)


def change(scope: Scope, **changes: object) -> None:
    """Change some settings."""
    with db.transaction(scope) as tx:
        workspaces.change_settings(tx, scope, changes)


def test_a_workspace_is_found_by_id_and_by_a_name_of_its_own(world: World) -> None:
    with db.transaction(ANYWHERE) as tx:
        assert workspaces.find(tx, str(world.acme)).name == "Acme Growth"
        assert workspaces.find(tx, " acme  GROWTH ").id == world.acme
        workspaces.create(tx, ANYWHERE, "ACME growth", owner_id=world.nils)
        with pytest.raises(Conflict, match="by its id"):
            workspaces.find(tx, "Acme Growth")
        for missing in ("", "nobody", "\x00", "\ud800", "0192aaaa-0000-7000-8000-000000000000"):
            with pytest.raises(NotFound):
                workspaces.find(tx, missing)


def test_settings_change_one_by_one_and_only_in_their_workspace(world: World) -> None:
    change(world.as_mara, timezone="America/New_York", company_name="  Acme  ", draft_generation_enabled=False)
    found = settings_of(world.as_mara)
    assert (found.timezone, found.company_name, found.draft_generation_enabled) == ("America/New_York", "Acme", False)
    assert found.ai_persona_name == "Chris Vale"
    assert settings_of(world.as_nils).timezone == "America/Los_Angeles"


@pytest.mark.parametrize(("field", "value"), [
    ("timezone", "Mars/Olympus"), ("timezone", ["UTC"]), ("work_start_time", "25:00"), ("work_start_time", None),
    ("default_region", "XX"), ("company_name", {"a": 1}), ("company_name", "x" * 201), ("draft_generation_enabled", "yes"),
    ("daily_model_spend_limit_cents", -1), ("daily_model_spend_limit_cents", True), ("workspace_id", "x"), ("owner_id", "x")])
def test_values_that_do_not_fit_are_refused(world: World, field: str, value: object) -> None:
    with pytest.raises(Invalid):
        change(world.as_mara, **{field: value})


def test_a_workspace_is_renamed_by_its_own_people_only(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        workspaces.rename(tx, world.as_mara, " Acme\n Growth 2 ")
        assert workspaces.get(tx, world.as_mara).name == "Acme Growth 2"
    for hostile in ("", " ", "x" * 101, None, 7, {"name": "x"}):
        with pytest.raises(Invalid), db.transaction(world.as_mara) as tx:
            workspaces.rename(tx, world.as_mara, hostile)
    foreign = Scope(actor=world.as_nils.actor, workspace_id=world.birch)
    with db.transaction(foreign) as tx:
        assert [view.name for view in workspaces.every(tx)] == ["Birch Labs"]

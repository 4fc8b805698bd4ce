"""Does it matter in which order, how often and how mingled deliveries come? It must not, for any provider there is."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.canonical import canonical, differences, wrong_totals
from tests.properties.people import people, recognisable
from tests.properties.tellings import Telling, deliver, played, readable, recorded
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import system
from zrg_app.models import Workspace, WorkspaceSettings

PLAYED = played(readable(), people=(1, 2))
RECORDED = recorded()
MOST = 14
bounded = settings(max_examples=20, deadline=None, derandomize=True, database=None,
                   suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def workspace(owner: UUID) -> UUID:
    """A fresh workspace inside the test's transaction."""
    workspace_id = ids.new_id()
    with db.transaction(system("a workspace per example")) as tx:
        tx.add(Workspace(id=workspace_id, name=str(workspace_id), owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace_id, default_region="US"))
    return workspace_id


@st.composite
def deliveries(draw: st.DrawFn, told: list[Telling]) -> list[int]:
    """Places of some of `told` in any order with repeats: small numbers, which a failing example shows shortly."""
    chosen = draw(st.lists(st.integers(0, len(told) - 1), min_size=2, max_size=MOST, unique=True))
    repeats = draw(st.lists(st.sampled_from(chosen), max_size=6))
    return draw(st.permutations([*chosen, *repeats]))


def _agree(world: World, mixed: list[Telling], *, particulars: bool) -> None:
    """Deliver what is in `mixed` once as it happened and once as it stands, and compare."""
    plain = sorted(set(mixed), key=lambda telling: telling.at)
    one, other = workspace(world.mara), workspace(world.mara)
    for workspace_id, order in ((one, plain), (other, mixed)):
        for telling in recognisable(order):
            deliver(workspace_id, telling)
        assert wrong_totals(workspace_id) == []
    found = canonical(other, particulars=particulars)
    assert differences(canonical(one, particulars=particulars), found) == [], recognisable(mixed)
    assert len(found) == len(people(plain)), recognisable(mixed)


@bounded
@given(order=deliveries(PLAYED))
def test_what_people_do_at_any_provider_gives_the_same_threads_in_any_order(
        world: World, order: list[int]) -> None:
    _agree(world, [PLAYED[place] for place in order], particulars=True)


@bounded
@given(order=deliveries(RECORDED))
def test_recorded_bodies_of_every_provider_give_the_same_threads_in_any_order(
        world: World, order: list[int]) -> None:
    _agree(world, [RECORDED[place] for place in order], particulars=False)


@pytest.mark.parametrize("provider", readable())
def test_each_event_told_twice_in_reverse_changes_nothing(world: World, provider: str) -> None:
    told = [telling for telling in PLAYED if telling.provider == provider]
    _agree(world, [*reversed(told), *told], particulars=True)

"""Does it matter in which order, how often and how mingled deliveries come? It must not, for any provider there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.canonical import canonical, differences, wrong_totals
from tests.properties.example import bounded, example, workspace
from tests.properties.people import people, recognisable
from tests.properties.tellings import Telling, deliver, played, readable, recorded

PLAYED = played(readable(), people=(1, 2))
RECORDED = recorded()
MOST = 14

@st.composite
def deliveries(draw: st.DrawFn, told: list[Telling]) -> list[int]:
    """Places of some of `told` in any order with repeats: small numbers, which a failing example shows shortly."""
    chosen = draw(st.lists(st.integers(0, len(told) - 1), min_size=2, max_size=MOST, unique=True))
    repeats = draw(st.lists(st.sampled_from(chosen), max_size=6))
    return draw(st.permutations([*chosen, *repeats]))


def _agree(mixed: list[Telling], *, particulars: bool) -> None:
    """Deliver what is in `mixed` once as it happened and once as it stands, and compare."""
    plain = sorted(set(mixed), key=lambda telling: telling.at)
    with example() as world:
        one, other = workspace(world.mara), workspace(world.mara)
        for workspace_id, order in ((one, plain), (other, mixed)):
            for telling in recognisable(order):
                deliver(workspace_id, telling)
            assert wrong_totals(workspace_id) == []
        found, expected = canonical(other, particulars=particulars), canonical(one, particulars=particulars)
    assert differences(expected, found) == [], recognisable(mixed)
    assert len(found) == len(people(plain)), recognisable(mixed)


@bounded
@given(order=deliveries(PLAYED))
def test_what_people_do_at_any_provider_gives_the_same_threads_in_any_order(
        database_url: str, order: list[int]) -> None:
    _agree([PLAYED[place] for place in order], particulars=True)


@bounded
@given(order=deliveries(RECORDED))
def test_recorded_bodies_of_every_provider_give_the_same_threads_in_any_order(
        database_url: str, order: list[int]) -> None:
    _agree([RECORDED[place] for place in order], particulars=False)


@pytest.mark.parametrize("provider", readable())
def test_each_event_told_twice_in_reverse_changes_nothing(database_url: str, provider: str) -> None:
    told = [telling for telling in PLAYED if telling.provider == provider]
    _agree([*reversed(told), *told], particulars=True)

"""Does everybody's number of a saved view get its turn, where some see all leads and some only their own?"""

import pytest

from zrg_app.kit import clock, ids
from zrg_app.state import saved_counting


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    saved_counting._counted.clear()
    saved_counting.late()


def test_who_sees_only_their_own_is_not_put_off_by_those_who_see_all() -> None:
    setter = ids.new_id()
    assert saved_counting.due("acme", None) and saved_counting.due("acme", setter)
    assert saved_counting.late() == set()


def test_what_was_put_off_is_told_once_by_its_workspace() -> None:
    setter, start = ids.new_id(), clock.now()
    with clock.frozen(start):
        assert saved_counting.due("acme", None)
        assert not saved_counting.due("acme", None) and saved_counting.due("acme", setter)
        assert saved_counting.late() == {"acme"} and saved_counting.late() == set()
    with clock.frozen(start + saved_counting.EVERY):
        assert saved_counting.due("acme", None)

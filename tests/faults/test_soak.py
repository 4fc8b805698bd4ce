"""Is anything lost, doubled or misrouted when every provider speaks at once and a worker dies? `./zrg bench soak`, small."""

from collections.abc import Iterator

import pytest

from benchmarks.soak import Soak
from zrg_app.kit import db

LETTERS, APPROVED, KILLS = 1_000, 12, 1


@pytest.fixture(scope="module")
def soak(database_url: str) -> Iterator[Soak]:
    """A soak that was run to its end."""
    made = Soak(letters=LETTERS, approvals=APPROVED, kills=KILLS)
    db.dispose()
    made.run()
    yield made


def test_what_went_in_is_what_came_out(soak: Soak) -> None:
    assert len(soak.waits) > LETTERS
    assert [f"{line.what}: {line.found}, not {line.wanted}" for line in soak.lines if not line.holds] == [], soak.notes


def test_a_worker_was_killed_and_providers_failed(soak: Soak) -> None:
    assert sum(soak.killed.values()) == KILLS
    assert len(soak.lines) >= 15

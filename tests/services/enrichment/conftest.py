"""What does every test of look-ups start from? Dana, who lacks phone and profile, and a Clay played by the sandbox."""

from collections.abc import Iterator

import pytest

from sandbox.server import Running, running
from tests.services.enrichment.tables import Tables
from tests.world import World


@pytest.fixture(scope="module")
def providers() -> Iterator[Running]:
    """One listening sandbox for a whole file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def tables(world: World, providers: Running) -> Tables:
    """Acme Growth with both tables connected."""
    providers.control.reset()
    return Tables(world, providers)

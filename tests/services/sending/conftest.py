"""What does every test of sending start from?"""

from collections.abc import Iterator

import pytest

from sandbox.server import Running, running
from tests.services.sending.stage import Stage
from tests.world import World


@pytest.fixture(scope="module")
def providers() -> Iterator[Running]:
    """One listening sandbox for a whole file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def stage(world: World, providers: Running) -> Stage:
    """The stage inside a rolled-back test."""
    providers.control.reset()
    return Stage(world, providers)


@pytest.fixture
def committed_stage(committed_world: World, providers: Running) -> Stage:
    """The stage inside a test that commits for real, because threads or processes meet on it."""
    providers.control.reset()
    return Stage(committed_world, providers)

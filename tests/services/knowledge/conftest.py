"""Knowledge is read with the sandbox's web and its model."""

import os
from collections.abc import Iterator

import pytest

from sandbox.server import Running
from tests.services.sending.conftest import providers  # noqa: F401 because fixtures are found by name
from tests.world import World
from zrg_app.kit.settings import settings


@pytest.fixture
def online(world: World, providers: Running) -> Iterator[World]:  # noqa: F811 because a fixture is asked for by its name
    """The example world with the sandbox as the internet and as the model."""
    yield from _with(world, ZRG_SANDBOX_URL=providers.base_url)


@pytest.fixture
def alone(world: World) -> Iterator[World]:
    """The example world with no sandbox and no model."""
    yield from _with(world, ZRG_SANDBOX_URL="", OPENAI_API_KEY="")


def _with(world: World, **variables: str) -> Iterator[World]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    settings.cache_clear()
    yield world
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    settings.cache_clear()

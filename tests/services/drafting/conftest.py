"""Drafting is played on the stage of sending, with the sandbox's model."""

import os
from collections.abc import Iterator

import pytest

from sandbox.server import Running
from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit.settings import settings


@pytest.fixture
def desk(stage: Stage, providers: Running) -> Iterator[Stage]:  # noqa: F811
    """The stage with a model: the sandbox's stand-in."""
    before = os.environ.get("ZRG_SANDBOX_URL")
    os.environ["ZRG_SANDBOX_URL"] = providers.base_url
    settings.cache_clear()
    yield stage
    os.environ.pop("ZRG_SANDBOX_URL") if before is None else os.environ.update(ZRG_SANDBOX_URL=before)
    settings.cache_clear()

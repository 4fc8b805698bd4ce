"""The door to models is tried on the stage of drafting, with the sandbox's model."""

from collections.abc import Iterator

import pytest

from tests.services.drafting.conftest import desk, providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit.settings import settings


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Environment variables for one test: `setting.setenv(name, value)`, then `settings.cache_clear()`."""
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def embedding_desk(desk: Stage, setting: pytest.MonkeyPatch) -> Stage:  # noqa: F811 because a fixture is asked for by its name
    """The stage with a model for embeddings."""
    setting.setenv("ZRG_EMBEDDING_MODEL", "text-embedding-3-small")
    settings.cache_clear()
    return desk

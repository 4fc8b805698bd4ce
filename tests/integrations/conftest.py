"""What do tests of providers stand on? The sandbox over HTTP, or an HTTP edge that answers as told; no database."""

from collections.abc import Iterator

import pytest

from sandbox.server import Running, running
from zrg_app.integrations import transport


@pytest.fixture(scope="module")
def providers() -> Iterator[Running]:
    """One listening sandbox for a whole file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(providers: Running) -> Running:
    """A fresh sandbox."""
    providers.control.reset()
    return providers


@pytest.fixture(autouse=True)
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are not counted here: the count lives in the database, which these tests do without."""
    monkeypatch.setattr(transport, "_permit", None)
    monkeypatch.setattr(transport, "_pause", None)

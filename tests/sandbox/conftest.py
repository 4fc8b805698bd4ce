"""What does every test of the sandbox start from?"""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.receiver import Receiver, receiving
from sandbox.server import Running, running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A product that takes webhooks on a free port."""
    with receiving() as kept:
        yield kept


@pytest.fixture(scope="module")
def shared_sandbox() -> Iterator[Running]:
    """One listening sandbox for a whole file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Running, receiver: Receiver) -> Running:
    """A fresh sandbox whose webhooks go to the receiver."""
    shared_sandbox.control.reset()
    shared_sandbox.control.set_options(product_url=receiver.url, adopt_unknown=False, enforce_limits=False)
    return shared_sandbox


@pytest.fixture
def http(sandbox: Running) -> Iterator[httpx.Client]:
    """A client with good credentials for every provider."""
    headers = {"authorization": "Bearer good-key", "version": "2021-04-15", "user-agent": "tests"}
    with httpx.Client(base_url=sandbox.base_url, headers=headers, params={"api_key": "good-key"}, timeout=10) as client:
        yield client

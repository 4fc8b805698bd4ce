"""Evals run on the stage of drafting, with the sandbox's model, in the example company."""

import pytest

from evals.stage import company
from tests.services.drafting.conftest import desk, providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit.scope import Scope


@pytest.fixture
def client(desk: Stage) -> Scope:  # noqa: F811 because a fixture is asked for by its name
    """The company evals are measured in."""
    return company()

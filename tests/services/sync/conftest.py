"""Reading back is played on the stage of sending, with the sandbox's model."""

from tests.services.drafting.conftest import desk, providers, stage  # noqa: F401 because fixtures are found by name

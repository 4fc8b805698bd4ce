"""Free times are read on the stage of sending, from calendars the sandbox plays."""

from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name

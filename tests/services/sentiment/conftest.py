"""Replies are understood on the stage of drafting: Acme's connections, leads who write, and the sandbox's model."""

from tests.services.drafting.conftest import desk  # noqa: F401 because fixtures are found by name
from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name

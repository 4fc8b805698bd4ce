"""Auto-send is played on the desk of drafting: providers, a model, and a campaign that answers by itself."""

from tests.services.drafting.conftest import desk  # noqa: F401 because fixtures are found by name
from tests.services.sending.conftest import committed_stage, providers, stage  # noqa: F401 because fixtures are found by name

"""What do fault tests start from? The stage of sending, with everything committed."""

from tests.services.sending.conftest import committed_stage, providers

__all__ = ["committed_stage", "providers"]

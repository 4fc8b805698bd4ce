"""Tests of conversations that need something to leave use the stage of the tests of sending."""

from tests.services.sending.conftest import providers, stage

__all__ = ["providers", "stage"]

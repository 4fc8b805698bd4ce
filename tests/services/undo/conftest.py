"""Undoing what concerns sends is played on their stage."""

from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name

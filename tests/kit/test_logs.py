"""Does a log line keep secrets to itself, also inside the error it tells of?"""

from collections.abc import Iterator

import pytest
import structlog

from zrg_app.kit import logs


@pytest.fixture
def configured() -> Iterator[None]:
    before = structlog.get_config()
    logs.configure("test")
    yield
    structlog.contextvars.clear_contextvars()
    structlog.configure(**before)


def test_secrets_in_fields_addresses_and_tracebacks_are_masked(configured: None, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("GET https://api.example/x?api_key=sk-verysecret failed")
    except ValueError as error:
        logs.get_logger().error("jobs.failed", api_key="sk-first", error="token=abc123&x=1", exc_info=error)
    told = capsys.readouterr().out
    assert "jobs.failed" in told and "ValueError" in told
    assert not [secret for secret in ("sk-verysecret", "sk-first", "abc123") if secret in told]

"""What time is it for the stand-in providers, and how do they write it?"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant in UTC; the sandbox has its own reader because it never imports the product."""
    return datetime.now(UTC)  # fence: wall-clock because the sandbox never imports zrg_app


def iso(instant: datetime) -> str:
    """Write an instant as ISO 8601 in UTC with milliseconds and a closing Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def now_iso() -> str:
    """Return the present instant as `iso` writes it."""
    return iso(now())


def read(text: str) -> datetime:
    """Read an ISO 8601 instant; a missing zone means UTC. Raises ValueError when it is not one."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

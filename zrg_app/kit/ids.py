"""How are rows named? The only maker of ids; they sort by time of birth."""

import secrets
import time
from typing import NewType
from uuid import UUID

WorkspaceId = NewType("WorkspaceId", UUID)
UserId = NewType("UserId", UUID)
LeadId = NewType("LeadId", UUID)
MessageId = NewType("MessageId", UUID)
DraftId = NewType("DraftId", UUID)
OutboundId = NewType("OutboundId", UUID)
JobId = NewType("JobId", UUID)


def new_id() -> UUID:
    """A fresh UUID version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000  # fence: wall-clock because ids carry their birth time
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def parse_id(text: object) -> UUID | None:
    """The UUID in `text`, or None when it holds none. Never raises: arguments from browsers are hostile."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None


def new_token(prefix: str = "") -> str:
    """An unguessable bearer token (256 bits), URL-safe, after `prefix`."""
    return prefix + secrets.token_urlsafe(32)

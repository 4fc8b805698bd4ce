"""Where does the next page start? After the last row shown: keyset, never an offset. Pure."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from zrg_app.kit.errors import Invalid


def encode(at: datetime, row_id: UUID) -> str:
    """An opaque cursor after the row `(at, row_id)`."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode().rstrip("=")


def at_row(at: str, row_id: str) -> str:
    """The cursor of a row as views show it: an ISO instant and an id."""
    return encode(datetime.fromisoformat(at), UUID(row_id))


def decode(cursor: str) -> tuple[datetime, UUID]:
    """The row a cursor stands after. Raises Invalid for anything we did not make."""
    try:
        at, row_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("naive")
        return moment, UUID(row_id)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise Invalid("That cursor is not one of ours; start again without it.") from error

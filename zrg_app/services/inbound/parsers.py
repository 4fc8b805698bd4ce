"""Which webhooks can we read, and with what?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from zrg_app.integrations import emailbison_inbound, ghl_inbound
from zrg_app.integrations.base import Parsed


class Parse(Protocol):
    """Reads a webhook body; `received_at` stands in for times a provider does not tell."""

    def __call__(self, payload: Mapping, *, received_at: datetime | None = None) -> Parsed: ...


PARSERS: dict[str, Parse] = {"ghl": ghl_inbound.parse, "emailbison": emailbison_inbound.parse}
TITLES = {"ghl": "GoHighLevel", "emailbison": "EmailBison"}

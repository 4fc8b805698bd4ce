"""When is a calendar of GoHighLevel free? Its calendars and their free slots (PROVIDERS 1.6).

The caller hands over `call(account, method, path, version, query=...)`, the one way this integration speaks to the vendor.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from zrg_app.integrations.base import Account, Calendar
from zrg_app.integrations.fields import block, identifier, instant, items, words

Call = Callable[..., dict[str, Any]]
VERSION = "2021-04-15"
# The vendor answers for at most 31 days at once; a day is left for zones.
LONGEST_SPAN = timedelta(days=30)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def calendars(call: Call, account: Account) -> tuple[Calendar, ...]:
    """The active calendars of the location, by name."""
    rows = items(call(account, "GET", "/calendars/", VERSION, query={"locationId": account.external_id}).get("calendars"))
    found = [Calendar(id=key, name=words(row.get("name")) or key, minutes=_minutes(row)) for row in rows
             if isinstance(row, Mapping) and (key := identifier(row.get("id"))) and row.get("isActive") is not False]
    return tuple(sorted(found, key=lambda calendar: calendar.name.casefold()))


def free_times(call: Call, account: Account, calendar_id: str, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """When a meeting can still be booked in this calendar, soonest first."""
    found: set[datetime] = set()
    while start < end:
        until = min(start + LONGEST_SPAN, end)
        answer = call(account, "GET", f"/calendars/{quote(calendar_id, safe='')}/free-slots", VERSION, query={
            "startDate": int(start.timestamp() * 1000), "endDate": int(until.timestamp() * 1000)})
        found |= {at for day in answer if _DAY.fullmatch(day) for slot in items(block(answer, day).get("slots"))
                  if (at := instant(slot)) and start <= at < end}
        start = until
    return tuple(sorted(found))


def _minutes(row: Mapping[str, Any]) -> int | None:
    told = identifier(row.get("slotDuration")) or ""
    if not (told.isascii() and told.isdigit() and 0 < int(told) <= 1440):
        return None
    return int(told) * (60 if (words(row.get("slotDurationUnit")) or "").lower().startswith("hour") else 1)

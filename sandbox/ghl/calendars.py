"""How does the stand-in GoHighLevel tell its calendars and their free slots? (reference 1.6)"""

from datetime import UTC, datetime, timedelta

from sandbox import ids, slots
from sandbox.exchange import Answer, Call
from sandbox.store import Row
from sandbox.world import World

_LONGEST = timedelta(days=31)
CALENDARS: tuple[Row, ...] = (
    {"id": "cal_intro", "name": "Intro call", "slotDuration": 30, "slotDurationUnit": "mins", "isActive": True},
    {"id": "cal_demo", "name": "Product demo", "slotDuration": 1, "slotDurationUnit": "hours", "isActive": True},
    {"id": "cal_old", "name": "Retired", "slotDuration": 30, "slotDurationUnit": "mins", "isActive": False})


def listed(world: World, call: Call) -> Answer:
    """GET /calendars/?locationId=."""
    return Answer(200, {"calendars": [row | {"locationId": call.query.get("locationId")} for row in CALENDARS]})


def free_slots(world: World, call: Call) -> Answer:
    """GET /calendars/{id}/free-slots?startDate=&endDate=: an object by day, in milliseconds since 1970, 31 days at most."""
    given = [call.query.get(name, "") for name in ("startDate", "endDate")]
    if not any(row["id"] == call.params["id"] for row in CALENDARS):
        return Answer(404, {"statusCode": 404, "message": "Calendar not found", "error": "Not Found"})
    if not all(text.isdigit() and len(text) < 15 for text in given):
        return Answer(422, {"statusCode": 422, "message": ["startDate and endDate must be numbers"], "error": "Unprocessable Entity"})
    start, end = (datetime.fromtimestamp(int(text) / 1000, UTC) for text in given)
    if end - start > _LONGEST:
        return Answer(400, {"statusCode": 400, "message": "The range must not exceed 31 days", "error": "Bad Request"})
    days: dict[str, Row] = {}
    for at in slots.free(start, end):
        days.setdefault(f"{at:%Y-%m-%d}", {"slots": []})["slots"].append(at.isoformat())
    return Answer(200, days | {"traceId": ids.new_uuid()})

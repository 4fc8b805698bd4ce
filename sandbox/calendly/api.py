"""How does the stand-in Calendly API answer? (users, kinds of meetings, webhook subscriptions; reference 6.1, 6.2 and 6.4)"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sandbox import clock, slots
from sandbox.calendly import book
from sandbox.exchange import Answer, Call, Provider
from sandbox.store import Row
from sandbox.world import World

_TITLES = {400: "Invalid Argument", 401: "Unauthenticated", 403: "Permission Denied", 404: "Resource Not Found",
           409: "Already Exists", 424: "External Calendar Error", 429: "Too Many Requests"}
_EVENTS = {"invitee.created", "invitee.canceled", "invitee_no_show.created", "invitee_no_show.deleted",
           "routing_form_submission.created"}
_PER_MINUTE = 500


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as Calendly does."""
    title = _TITLES.get(status, "Internal Error")
    return Answer(status, {"title": title, "message": message or f"{title}."})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good bearer token, or over 500 a minute when limits are enforced."""
    if not call.token or call.token.startswith("bad"):
        return problem(401, "The access token is invalid")
    left = world.limit_left(f"calendly|{call.token}", clock.now().timestamp(), 60, _PER_MINUTE)
    if left < 0 and world.options.enforce_limits:
        return Answer(429, "", {"x-ratelimit-reset": "60", "retry-after": "60"})
    return None


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the rate-limit headers of the reference."""
    used = len(world.windows.get(f"calendly|{call.token}", ()))
    return {"x-ratelimit-limit": str(_PER_MINUTE), "x-ratelimit-remaining": str(max(_PER_MINUTE - used, 0)), "x-ratelimit-reset": "60"}


def me(world: World, call: Call) -> Answer:
    """GET /users/me."""
    return Answer(200, {"resource": book.user_of(world, call.token)})


def event_types(world: World, call: Call) -> Answer:
    """GET /event_types?user=&active=."""
    user = book.user_of(world, call.token)
    if call.query.get("user") not in (user["uri"], None) or not (call.query.get("user") or call.query.get("organization")):
        return problem(403, "You do not have permission to access this resource.")
    rows = [_shown(row) for row in book.event_types(world, user) if call.query.get("active") != "true" or row["active"]]
    return Answer(200, {"collection": rows, "pagination": {"count": len(rows), "next_page": None, "previous_page": None,
                                                           "next_page_token": None, "previous_page_token": None}})


def available_times(world: World, call: Call) -> Answer:
    """GET /event_type_available_times: the free times of a kind of meeting, of a week at most, in the future."""
    start, end = _moment(call.query.get("start_time")), _moment(call.query.get("end_time"))
    known = {row["uri"] for row in book.event_types(world, book.user_of(world, call.token))}
    if call.query.get("event_type") not in known:
        return problem(404, "The server could not find the requested resource.")
    if start is None or end is None or not clock.now() < start < end or end - start > timedelta(days=7):
        return problem(400, "start_time must be in the future and end_time at most 7 days after it")
    return Answer(200, {"collection": [
        {"status": "available", "invitees_remaining": 1, "start_time": book.written(at), "scheduling_url": "https://calendly.com/x"}
        for at in slots.free(start, end, book.taken(world))]})


def _moment(text: str | None) -> datetime | None:
    try:
        return clock.read(text or "")
    except ValueError:
        return None


def subscribe(world: World, call: Call) -> Answer:
    """POST /webhook_subscriptions: the same address twice is a conflict."""
    fields, user = call.fields, book.user_of(world, call.token)
    wrong = _wrong(fields)
    if wrong:
        answer = problem(400, "The supplied parameters are invalid.")
        answer.body["details"] = [{"parameter": wrong, "message": f"{wrong} is missing or wrong"}]
        return answer
    if any(row["callback_url"] == fields["url"] for row in _own(world, user)):
        return problem(409, "Hook with this url already exists")
    row = book.subscribe(world, user, fields)
    return Answer(201, {"resource": _shown(row)})


def subscriptions(world: World, call: Call) -> Answer:
    """GET /webhook_subscriptions?organization=&scope=&user=&count=&page_token=."""
    user = book.user_of(world, call.token)
    if not call.query.get("organization") or call.query.get("scope") not in ("user", "organization"):
        return problem(400, "organization and scope are required")
    if call.query["organization"] != user["current_organization"]:
        return problem(403, "You do not have permission to access this resource.")
    rows = [row for row in _own(world, user) if row["scope"] == call.query["scope"]]
    start = int(call.query["page_token"]) if call.query.get("page_token", "").isdigit() else 0
    size = call.number("count", 20, 100)
    after = start + size if start + size < len(rows) else None
    return Answer(200, {"collection": [_shown(row) for row in rows[start : start + size]], "pagination": {
        "count": len(rows[start : start + size]), "next_page": None, "previous_page": None,
        "next_page_token": str(after) if after else None, "previous_page_token": None}})


def unsubscribe(world: World, call: Call) -> Answer:
    """DELETE /webhook_subscriptions/{id}."""
    row = world.store.get("calendly_subscriptions", call.params["id"])
    if not row or row["creator"] != book.user_of(world, call.token)["uri"]:
        return problem(404, "The server could not find the requested resource.")
    world.store.delete("calendly_subscriptions", call.params["id"])
    return Answer(204, "")


def _own(world: World, user: Row) -> list[Row]:
    return [row for row in world.store.rows("calendly_subscriptions") if row["creator"] == user["uri"]]


def _wrong(fields: dict[str, Any]) -> str:
    if urlsplit(str(fields.get("url") or "")).scheme not in ("http", "https"):
        return "url"
    events = fields.get("events")
    if not isinstance(events, list) or not events or set(events) - _EVENTS:
        return "events"
    if not fields.get("organization"):
        return "organization"
    if fields.get("scope") not in ("user", "organization"):
        return "scope"
    return "user" if fields["scope"] == "user" and not fields.get("user") else ""


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}


CALENDLY = Provider(
    slug="calendly", title="Calendly", prefix="/calendly", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(("GET", "/users/me", me), ("POST", "/webhook_subscriptions", subscribe), ("GET", "/webhook_subscriptions", subscriptions),
           ("DELETE", "/webhook_subscriptions/{id}", unsubscribe), ("GET", "/event_types", event_types),
           ("GET", "/event_type_available_times", available_times)),
)

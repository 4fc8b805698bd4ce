"""How does a stand-in Clay table take a row? (reference 9.1)"""

from typing import Any

from sandbox import clock, ids
from sandbox.exchange import Answer, Call, Provider
from sandbox.store import Row
from sandbox.world import World

ROWS = "clay_rows"
MOST_BYTES = 100_000
MOST_ROWS = 50_000
_PER_SECOND = 10


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error."""
    return Answer(status, {"type": "error", "message": message or "Something went wrong."})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a bad token (one that begins with `bad`), a body past 100 KB, and, when limits are enforced, an eleventh row in
    one second."""
    if call.headers.get("x-clay-webhook-auth", "").startswith("bad"):
        return problem(401, "Invalid authentication token")
    if len(call.raw) > MOST_BYTES:
        return problem(413, "Payload too large")
    left = world.limit_left("clay", clock.now().timestamp(), 1, _PER_SECOND)
    if left < 0 and world.options.enforce_limits:
        answer = problem(429, "Rate limit exceeded")
        answer.headers["retry-after"] = "1"
        return answer
    return None


def add_row(world: World, call: Call) -> Answer:
    """POST /v3/sources/webhook/{table}: one JSON object is one row; its keys are the columns. The answer only confirms receipt."""
    if not isinstance(call.body, dict) or not call.body:
        return problem(400, "The body must be one JSON object.")
    if world.store.count(ROWS) >= MOST_ROWS:
        return problem(403, "This webhook has taken all the rows it can take.")
    row: Row = {"id": ids.new_uuid(), "table": call.params["table"], "at": clock.now_iso(), "columns": call.body,
                "token": bool(call.headers.get("x-clay-webhook-auth"))}
    world.store.put(ROWS, row["id"], row)
    effect = {"what": "row", "id": row["id"], "table": row["table"], "columns": call.body, "to": call.body.get("leadId")}
    return Answer(200, "OK", {"content-type": "text/plain"}, effect=effect)


def no_headers(world: World, call: Call) -> dict[str, str]:
    """Clay tells nothing in headers."""
    return {}


def newest(world: World, lead_id: str, kind: str) -> dict[str, Any]:
    """The columns of the newest row about a lead; empty when none was added."""
    found = [row["columns"] for row in world.store.rows(ROWS)
             if str(row["columns"].get("leadId")) == lead_id and (not kind or row["columns"].get("enrichmentType") == kind)]
    return found[-1] if found else {}


CLAY = Provider(slug="clay", title="Clay", prefix="/clay", refuse=refuse, problem=problem, headers=no_headers,
                rules=(("POST", "/v3/sources/webhook/{table}", add_row),))

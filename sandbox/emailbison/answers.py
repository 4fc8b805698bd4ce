"""How does the stand-in EmailBison word errors, lists and refusals, and which workspace does a token open?"""

import re
from collections.abc import Callable
from typing import Any

from sandbox import limits
from sandbox.emailbison.mailbox import shown
from sandbox.exchange import Answer, Call
from sandbox.store import Row
from sandbox.world import World

_WORKSPACE_IN_TOKEN = re.compile(r"workspace[-_:](\w+)$")
_PER_MINUTE = 3000


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as EmailBison does: validation nested under data, all else as a plain message."""
    text = message or {400: "Bad request.", 401: "Unauthenticated.", 403: "This action is unauthorized.",
                       404: "Record not found.", 422: "The given data was invalid.", 429: "Too Many Attempts.",
                       }.get(status, "Server Error")
    if status in (400, 422):
        return Answer(status, {"data": {"success": False, "message": text, "errors": {}}})
    return Answer(status, {"message": text})


def invalid(field: str, sentence: str) -> Answer:
    """Refuse one field with 422."""
    return Answer(422, {"data": {"success": False, "message": sentence, "errors": {field: [sentence]}}})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good bearer token, or over 3,000 a minute when limits are enforced."""
    if not call.token or call.token.startswith("bad"):
        return problem(401)
    return limits.over(world, f"bison|{call.token}", _PER_MINUTE, problem(429))


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the usual Laravel rate-limit headers."""
    return {"X-RateLimit-Limit": str(_PER_MINUTE), "X-RateLimit-Remaining": limits.left(world, f"bison|{call.token}", _PER_MINUTE)}


def workspace_of(call: Call) -> str:
    """Return the workspace a token is bound to (`...workspace-<id>` at its end), or an empty text for all of them."""
    match = _WORKSPACE_IN_TOKEN.search(call.token)
    return match[1] if match else ""


def visible(world: World, call: Call, table: str, key: str | int | None) -> Row | None:
    """Return a row of a table when the token may see it, else None."""
    row = world.store.get(table, key)
    return row if row and workspace_of(call) in ("", row["_workspace"]) else None


def all_visible(world: World, call: Call, table: str) -> list[Row]:
    """Return the rows of a table the token may see."""
    own = workspace_of(call)
    return [row for row in world.store.rows(table) if own in ("", row["_workspace"])]


def paged(call: Call, rows: list[Row], view: Callable[[Row], Any] = shown) -> Answer:
    """Answer one page of rows in the Laravel form: data, links, meta; 15 per page unless asked, 100 at most."""
    size, page = call.number("per_page", 15, 100), call.number("page", 1, 1_000_000)
    last = max(-(-len(rows) // size), 1)
    start = (page - 1) * size
    part = rows[start : start + size]

    def link(number: int) -> str:
        return f"{call.path}?page={number}"

    return Answer(200, {
        "data": [view(row) for row in part],
        "links": {"first": link(1), "last": link(last), "prev": link(page - 1) if page > 1 else None,
                  "next": link(page + 1) if page < last else None},
        "meta": {"current_page": page, "last_page": last, "per_page": size, "total": len(rows),
                 "from": start + 1 if part else None, "to": start + len(part) if part else None, "path": call.path},
    })


def one(row: Row) -> Answer:
    """Answer a single object."""
    return Answer(200, {"data": shown(row)})

"""How does the stand-in Slack answer? (reference 7.1 and 7.2: HTTP 200 with `ok`, whatever became of it)"""

import json
from typing import Any

from sandbox import clock
from sandbox.exchange import Answer, Call, Provider
from sandbox.slack import team as book
from sandbox.world import World

MOST_BLOCKS = 50
MOST_TEXT = 40_000
# Calls a minute for one method of one team (tiers 2 and 3); a channel takes about one message a second.
_TIERS = {"/conversations.list": 20, "/users.lookupByEmail": 50, "/conversations.open": 50, "/chat.update": 50,
          "/conversations.history": 50, "/users.info": 100, "/chat.postEphemeral": 100}
_BURST = 10


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as Slack does: a code in `error`; everything below 500 but 429 is an HTTP 200."""
    if status == 429:
        return Answer(429, {"ok": False, "error": "ratelimited"}, {"retry-after": "30"})
    if status >= 500:
        return Answer(status, {"ok": False, "error": message or "internal_error"})
    code = {404: "unknown_method", 413: "msg_too_long"}.get(status, message or "invalid_arguments")
    return Answer(200, {"ok": False, "error": code})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a token, with a bad or revoked one, one that is no bot's, or over the limit when enforced."""
    if not call.token:
        return problem(400, "not_authed")
    if call.token.startswith("bad") or not call.token.startswith("xox"):
        return problem(400, "invalid_auth")
    if "revoked" in call.token:
        return problem(400, "token_revoked")
    if "noscope" in call.token and call.path != "/auth.test":
        return Answer(200, {"ok": False, "error": "missing_scope", "needed": "channels:read", "provided": "chat:write"})
    return problem(429) if _is_too_many(world, call) and world.options.enforce_limits else None


def auth_test(world: World, call: Call) -> Answer:
    """auth.test: whose token is this?"""
    team = book.team_of(call.token)
    said: dict[str, Any] = {"url": f"https://{team.lower()}.slack.example/", "team": "Sandbox Agency", "user": "zrg_inbox",
                            "team_id": team, "user_id": book.handle("U", team, "bot"), "is_enterprise_install": False}
    return _fine(said | ({"bot_id": book.handle("B", team, "bot")} if call.token.startswith("xoxb-") else {}))


def conversations_list(world: World, call: Call) -> Answer:
    """conversations.list, paged by a cursor; of the private channels only those the bot is in."""
    asked = _arguments(call)
    types = str(asked.get("types") or "public_channel").split(",")
    if set(types) - {"public_channel", "private_channel", "mpim", "im"}:
        return problem(400, "invalid_types")
    rows = [row for row in book.channels(world, book.team_of(call.token))
            if ("private_channel" if row["is_private"] else "public_channel") in types
            and (row["is_member"] or not row["is_private"])
            and not (row["is_archived"] and str(asked.get("exclude_archived")).lower() in ("1", "true"))]
    start, size = str(asked.get("cursor") or "0"), str(asked.get("limit") or "100")
    if not start.isdigit():
        return problem(400, "invalid_cursor")
    if not size.isdigit() or not 1 <= int(size) <= 1000:
        return problem(400, "invalid_limit")
    end = int(start) + int(size)
    return _fine({"channels": rows[int(start):end], "response_metadata": {"next_cursor": str(end) if end < len(rows) else ""}})


def conversations_open(world: World, call: Call) -> Answer:
    """conversations.open: the direct conversation with one person."""
    team, user_id = book.team_of(call.token), _arguments(call).get("users")
    if not isinstance(user_id, str) or not world.store.get(f"slack_users:{team}", user_id):
        return problem(400, "user_not_found")
    row, was_open = book.open_direct(world, team, user_id)
    return _fine({"channel": {"id": row["id"]}} | ({"no_op": True, "already_open": True} if was_open else {}))


def lookup_by_email(world: World, call: Call) -> Answer:
    """users.lookupByEmail; JSON is not among the bodies it reads."""
    email = call.query.get("email") or ("" if call.raw.lstrip().startswith(b"{") else call.fields.get("email"))
    found = book.person(world, book.team_of(call.token), email) if isinstance(email, str) else None
    return _fine({"user": found}) if found else problem(400, "users_not_found")


def users_info(world: World, call: Call) -> Answer:
    """users.info."""
    found = book.person_called(world, book.team_of(call.token), _arguments(call).get("user"))
    return _fine({"user": found}) if found else problem(400, "user_not_found")


def conversations_history(world: World, call: Call) -> Answer:
    """conversations.history: newest first; the metadata of messages only when it is asked for."""
    team, asked = book.team_of(call.token), _arguments(call)
    row, oldest, size = book.channel(world, team, asked.get("channel")), str(asked.get("oldest") or "0"), str(asked.get("limit") or "100")
    if "nohistory" in call.token:
        return Answer(200, {"ok": False, "error": "missing_scope", "needed": "im:history", "provided": "chat:write"})
    if row is None:
        return problem(400, "channel_not_found")
    if not size.isdigit() or not oldest.replace(".", "", 1).isdigit():
        return problem(400, "invalid_limit" if not size.isdigit() else "invalid_ts_oldest")
    rows = book.history(world, team, row["id"], float(oldest))
    hidden = set() if str(asked.get("include_all_metadata")).lower() in ("1", "true") else {"metadata"}
    shown = [{name: value for name, value in each.items() if name not in hidden} for each in rows[:int(size)]]
    return _fine({"messages": shown, "has_more": len(rows) > int(size)})


def post_ephemeral(world: World, call: Call) -> Answer:
    """chat.postEphemeral: only one person sees it, and nothing keeps it."""
    team, asked = book.team_of(call.token), _arguments(call)
    row, user = book.channel(world, team, asked.get("channel")), book.person_called(world, team, asked.get("user"))
    fields, refusal = _words(asked)
    refusal = _refusal_of(row) or ("" if user else "user_not_in_channel") or refusal
    if refusal:
        return problem(400, refusal)
    return Answer(200, {"ok": True, "message_ts": f"{int(clock.now().timestamp())}.000001"}, effect={
        "what": "slack_ephemeral", "id": "", "channel": row["id"], "to": user["id"], "text": fields["text"]})


def post_message(world: World, call: Call) -> Answer:
    """chat.postMessage."""
    team, asked = book.team_of(call.token), _arguments(call)
    row = book.channel(world, team, asked.get("channel"))
    fields, refusal = _words(asked)
    refusal = _refusal_of(row) or refusal
    if refusal:
        return problem(400, refusal)
    metadata = asked.get("metadata")
    marked = {"metadata": metadata} if isinstance(metadata, dict) else {}
    said = book.keep_message(world, team, row["id"], fields | {"thread_ts": asked.get("thread_ts")} | marked)
    return Answer(200, {"ok": True, "channel": row["id"], "ts": said["ts"], "message": said}, effect={
        "what": "slack", "id": said["ts"], "channel": row["id"], "to": row["name"], "text": fields["text"], "blocks": fields["blocks"]})


def update_message(world: World, call: Call) -> Answer:
    """chat.update."""
    team, asked = book.team_of(call.token), _arguments(call)
    row = book.message(world, team, asked.get("channel"), asked.get("ts"))
    fields, refusal = _words(asked)
    if row is None or refusal:
        return problem(400, refusal if row else "message_not_found")
    said = book.change_message(world, team, row, fields)
    return Answer(200, {"ok": True, "channel": row["channel"], "ts": row["ts"], "text": fields["text"], "message": said}, effect={
        "what": "slack_update", "id": row["ts"], "channel": row["channel"], "to": row["channel"], "text": fields["text"]})


def _refusal_of(channel: dict[str, Any] | None) -> str:
    if channel is None or (channel.get("is_private") and not channel["is_member"]):
        return "channel_not_found"
    if channel["is_archived"]:
        return "is_archived"
    return "" if channel["is_member"] else "not_in_channel"


def _words(asked: dict[str, Any]) -> tuple[dict[str, Any], str]:
    text, blocks = asked.get("text"), asked.get("blocks") or []
    try:
        # The form of a body carries blocks as JSON text.
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    except ValueError:
        return {}, "invalid_blocks"
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS or not all(isinstance(block, dict) for block in blocks):
        return {}, "invalid_blocks"
    if not isinstance(text, str) or not (text or blocks):
        return {}, "no_text" if not blocks else "invalid_arguments"
    if len(json.dumps(blocks)) > 13_000:
        return {}, "msg_blocks_too_long"
    return {"text": text[:MOST_TEXT], "blocks": blocks}, ""


def _arguments(call: Call) -> dict[str, Any]:
    return call.query | call.fields


def _is_too_many(world: World, call: Call) -> bool:
    team, at = book.team_of(call.token), clock.now().timestamp()
    if call.path == "/chat.postMessage":
        return world.limit_left(f"slack|{team}|{_arguments(call).get('channel')}", at, _BURST, _BURST) < 0
    most = _TIERS.get(call.path)
    return most is not None and world.limit_left(f"slack|{team}|{call.path}", at, 60, most) < 0


def _fine(said: dict[str, Any]) -> Answer:
    return Answer(200, {"ok": True} | said)


def _no_headers(world: World, call: Call) -> dict[str, str]:
    return {}


_METHODS = (("/auth.test", auth_test), ("/conversations.list", conversations_list), ("/conversations.open", conversations_open),
            ("/conversations.history", conversations_history), ("/users.lookupByEmail", lookup_by_email), ("/users.info", users_info),
            ("/chat.postMessage", post_message), ("/chat.postEphemeral", post_ephemeral), ("/chat.update", update_message))
SLACK = Provider(
    slug="slack", title="Slack", prefix="/slack", refuse=refuse, problem=problem, headers=_no_headers,
    rules=tuple((verb, path, handler) for path, handler in _METHODS for verb in ("POST", "GET")))

"""What did somebody do with a message of ours in Slack, and did Slack really say so? Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from zrg_app.integrations.base import NotForUs, NotTheirs, Parsed, Understood
from zrg_app.integrations.fields import identifier, words
from zrg_app.integrations.press import Press
from zrg_app.kit.digest import stable_key
from zrg_app.kit.ids import parse_id

WINDOW = timedelta(minutes=5)
TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
# A button with a link opens it by itself; Slack only tells us that it was pressed.
LINKS = frozenset({"view_dashboard"})
# What a reviewer can do about a draft; the buttons are made in services/autosend/slack_blocks.py.
APPROVE, REGENERATE, SNOOZE, SNOOZE_TOMORROW = "approve_send", "regenerate_draft_fast", "snooze_three_hours", "snooze_tomorrow"
ANSWERS = frozenset({APPROVE, REGENERATE, SNOOZE, SNOOZE_TOMORROW})
_TYPES = ("block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion")


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Whether `body` carries Slack's signature with `secret`, made at most five minutes from `now` (reference 7.4).

    `headers` has lower-case names; `body` is what came over the wire, byte for byte.
    """
    stamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW.total_seconds():
        return False
    made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={made}".encode(), given.encode("utf-8", "surrogatepass"))


def team_of(payload: Mapping[str, Any]) -> str | None:
    """The Slack team an interaction comes from; in a shared channel that of the person's own team as a last resort."""
    for block, name in (("team", "id"), ("user", "team_id")):
        found = payload.get(block)
        if isinstance(found, dict) and (team := identifier(found.get(name))):
            return team
    return identifier(payload.get("team_id"))


def channel_of(payload: Mapping[str, Any]) -> str | None:
    """The channel the message stands in; None for what happened in a dialog."""
    for block, name in (("channel", "id"), ("container", "channel_id")):
        found = payload.get(block)
        if isinstance(found, dict) and (channel := identifier(found.get(name))):
            return channel
    return None


def workspace_of(payload: Mapping[str, Any]) -> str | None:
    """Our own workspace's id, as a button of ours carries it in the JSON of its value (`{"workspace": "<id>", ...}`).

    A hint among workspaces whose connection was proven already, never a proof.
    """
    return identifier(value_of(payload).get("workspace"))


def value_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the button that was pressed carried; empty when it is no JSON object."""
    try:
        value = json.loads(words(action_of(payload).get("value")) or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def action_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The button or choice that was used; empty when there is none."""
    actions = payload.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, dict) else {}


def event_type_of(payload: Mapping[str, Any]) -> str:
    """What the ledger calls it: the type, and for a button its action id, e.g. `block_actions:view_dashboard`."""
    kind, action = words(payload.get("type")) or "unknown", identifier(action_of(payload).get("action_id"))
    return f"{kind}:{action}"[:120] if action else kind[:120]


def event_key(payload: Mapping[str, Any]) -> str:
    """The ledger's key: one press of one button by one person is one event (reference 7.3)."""
    action, user = action_of(payload), payload.get("user")
    who = identifier(user.get("id")) if isinstance(user, dict) else None
    at = identifier(action.get("action_ts")) or identifier(payload.get("action_ts"))
    if at and who:
        return f"slack:{stable_key(at, who, identifier(action.get('action_id')) or identifier(payload.get('callback_id')))}"
    view = payload.get("view")
    if isinstance(view, dict) and view.get("id"):
        return f"slack:{stable_key(payload.get('type'), view.get('id'), view.get('hash'), who)}"
    return f"slack:{stable_key(json.dumps(payload, sort_keys=True, default=str))}"


def parse(payload: Mapping[str, Any], *, received_at: datetime) -> Parsed:
    """A button about a draft is a press; everything else a person does in Slack is known, kept, with the reason."""
    del received_at
    kind, event_type = words(payload.get("type")), event_type_of(payload)
    if kind not in _TYPES:
        return NotTheirs(reason="unknown_interaction")
    action = action_of(payload)
    if kind != "block_actions":
        return NotForUs(event_type=event_type, reason="interaction_not_used")
    if not action:
        return NotForUs(event_type=event_type, reason="no_action")
    name = identifier(action.get("action_id"))
    if name in LINKS or words(action.get("url")):
        return NotForUs(event_type=event_type, reason="link_opened")
    if name not in ANSWERS:
        return NotForUs(event_type=event_type, reason="action_not_used")
    press = _press(payload, name)
    return Understood(event_type=event_type, press=press) if press else NotForUs(event_type=event_type, reason="button_not_read")


def _press(payload: Mapping[str, Any], action: str) -> Press | None:
    found, value = payload.get("user"), value_of(payload)
    user = found if isinstance(found, dict) else {}
    user_id, draft_id, generation = identifier(user.get("id")), parse_id(value.get("draft")), value.get("generation")
    if not user_id or draft_id is None or type(generation) is not int or not 0 < generation < 1_000_000:
        return None
    return Press(action=action, user_id=user_id, draft_id=draft_id, generation=generation, channel=channel_of(payload) or "",
                 seen=identifier(value.get("seen")) or "", user_name=(words(user.get("name")) or words(user.get("username")) or "")[:80])

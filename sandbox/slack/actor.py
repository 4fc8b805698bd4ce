"""What does Slack tell when somebody presses a button of ours? (reference 7.3 and 7.4)"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sandbox import clock, ids
from sandbox.slack import team as book
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened
from sandbox.world import World

EVENTS = ("block_actions", "view_submission")


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    """Press: `lead` has the presser's `email` and the button's `action_id`, `value`, `url`; `of` is the ts of a message.

    `user_id` names the presser instead, `channel` the channel; `action_ts` makes two presses one.
    """
    team, lead = act.workspace_ref, act.lead
    email = str(lead.get("email") or "mara@agency.example").lower()
    known = book.person_called(world, team, lead.get("user_id")) or book.person(world, team, email)
    user_id = known["id"] if known else book.handle("U", team, email)
    shared = {"team": {"id": team, "domain": team.lower()}, "api_app_id": "A0SANDBOX", "trigger_id": ids.new_handle(),
              "user": {"id": user_id, "username": known["name"] if known else "somebody", "team_id": team},
              "is_enterprise_install": False, "enterprise": None, "type": act.event}
    webhook = shared | (_pressed(world, act, body) if act.event == "block_actions" else _filled_in(body))
    return Happened(webhook, {"user_id": user_id, "action_ts": webhook.get("actions", [{}])[0].get("action_ts")})


def _pressed(world: World, act: Act, value: str) -> dict[str, Any]:
    lead = act.lead
    channel = str(lead.get("channel") or book.handle("C", act.workspace_ref, "replies"))
    message = book.message(world, act.workspace_ref, channel, act.of) if act.of else None
    action = {"action_id": str(lead.get("action_id") or "view_dashboard"), "block_id": "b1", "type": "button",
              "text": {"type": "plain_text", "text": "Open"}, "value": str(lead.get("value") or value),
              "action_ts": str(lead.get("action_ts") or f"{clock.now().timestamp():.6f}")}
    return {"container": {"type": "message", "message_ts": act.of or "1900000000.000100", "channel_id": channel, "is_ephemeral": False},
            "channel": {"id": channel, "name": "replies"}, "message": message, "state": {"values": {}},
            "response_url": "https://hooks.slack.example/actions/1",
            "actions": [action | ({"url": lead["url"]} if lead.get("url") else {})]}


def _filled_in(value: str) -> dict[str, Any]:
    field = {"type": "plain_text_input", "value": value}
    return {"view": {"id": ids.new_handle(), "callback_id": "edit_draft", "private_metadata": "", "hash": ids.new_handle(),
                     "state": {"values": {"words": {"text": field}}}}, "response_urls": []}


def _encode(webhook: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(webhook)}).encode()


def _sign(world: World, act: Act, body: bytes) -> Mapping[str, str]:
    """The v0 signature with the act's secret; `lead.age` (seconds) makes it an old one."""
    age = str(act.lead.get("age") or "0")
    stamp = str(int(clock.now().timestamp()) - (int(age) if age.isdigit() else 0))
    made = hmac.new(act.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={made}"}


def _people(world: World) -> list[Row]:
    return []


ACTOR = Actor(slug="slack", events=EVENTS, path="/api/webhooks/slack/interactions", play=_play, people=_people, encode=_encode,
              sign=_sign, headers={"content-type": "application/x-www-form-urlencoded", "user-agent": "Slackbot 1.0 (sandbox Slack)"},
              title="Slack", way="button", workspace_label="Slack team id", workspace_example="T0SANDBOX", secret_in="signature")

"""What does a Slack team see of us, and how does a person there press a button? For the control page and for tests."""

import re
from typing import Any

from sandbox.act import read_act
from sandbox.slack import team as book
from sandbox.store import Row
from sandbox.wish import Act
from sandbox.world import World

SHOWN = 40
# What Slack shows instead: a moment by its fallback, a link by its words.
_SHOWN_AS = re.compile(r"<(?:!date\^[^|>]*|https?://[^|>]*)\|([^>]*)>")
_MARKS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def messages(world: World) -> list[Row]:
    """The newest messages of every team, newest first: where they stand, their words block by block, and their buttons."""
    found = [_shown(world, team, row) for team in book.teams(world) for row in world.store.rows(f"slack_messages:{team}")]
    return sorted(found, key=lambda row: float(row["ts"]), reverse=True)[:SHOWN]


def press(world: World, wish: dict[str, Any]) -> Act:
    """The act of pressing a button of a message: `ts` names the message (and `team`, `channel` where it must be told apart),
    `action_id` the button, `email` who presses (else whose direct conversation it is), `secret` signs; `action_ts`, `repeat`,
    `concurrently`, `age` and `value` as in an act. Raises ValueError with a sentence."""
    row = _named(world, wish)
    button = next((each for each in _buttons(row) if each["action_id"] == wish.get("action_id")), None)
    value = wish.get("value") or (button or {}).get("value") or ""
    if button is None and not wish.get("value"):
        raise ValueError(f"The message has no button {wish.get('action_id')!r}; it has "
                         f"{', '.join(each['action_id'] for each in _buttons(row)) or 'none'}.")
    direct = world.store.get(f"slack_dms:{row['team']}", row["channel"])
    lead = {"channel": row["channel"], "action_id": str(wish.get("action_id")), "value": str(value),
            "url": (button or {}).get("url") or "", "email": str(wish.get("email") or ""), "age": str(wish.get("age") or ""),
            "user_id": "" if wish.get("email") or not direct else direct["name"], "action_ts": str(wish.get("action_ts") or "")}
    return read_act({"provider": "slack", "workspace_ref": row["team"], "event": "block_actions", "of": row["ts"],
                     "secret": str(wish.get("secret") or world.options.slack_secret), "repeat": wish.get("repeat", 1),
                     "concurrently": wish.get("concurrently", False), "lead": {name: each for name, each in lead.items() if each}})


def _named(world: World, wish: dict[str, Any]) -> Row:
    for team in book.teams(world):
        for row in world.store.rows(f"slack_messages:{team}"):
            if row["ts"] == wish.get("ts") and wish.get("team", team) == team and wish.get("channel", row["channel"]) == row["channel"]:
                return row
    raise ValueError(f"There is no message {wish.get('ts')!r}.")


def _shown(world: World, team: str, row: Row) -> Row:
    direct = world.store.get(f"slack_dms:{team}", row["channel"])
    person = book.person_called(world, team, direct["name"]) if direct else None
    channel = book.channel(world, team, row["channel"]) or {}
    return {"team": team, "channel": row["channel"], "ts": row["ts"], "text": _plain(row.get("text", "")), "edited": "edited" in row,
            "to": person["real_name"] if person else f"#{channel.get('name', row['channel'])}", "is_direct": bool(direct),
            "email": person["profile"]["email"] if person else "", "buttons": _buttons(row),
            "parts": [words for block in row.get("blocks") or () if (words := _words(block))]}


def _words(block: Row) -> str:
    texts = [block.get("text"), *(block.get("fields") or ()), *((block.get("elements") or ()) if block.get("type") == "context" else ())]
    return "\n".join(_plain(str(text.get("text") or "")) for text in texts if isinstance(text, dict))


def _plain(text: str) -> str:
    text = _SHOWN_AS.sub(r"\1", text)
    for mark, letter in _MARKS:
        text = text.replace(mark, letter)
    return text


def _buttons(row: Row) -> list[Row]:
    elements = [each for block in row.get("blocks") or () if block.get("type") == "actions" for each in block.get("elements") or ()]
    return [{"action_id": str(each.get("action_id") or ""), "text": str((each.get("text") or {}).get("text") or ""),
             "value": each.get("value") or "", "url": each.get("url") or "", "is_primary": each.get("style") == "primary"}
            for each in elements if isinstance(each, dict) and each.get("type") == "button"]

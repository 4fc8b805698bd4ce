"""Who and what is in a Slack team of the stand-in: channels, people, direct conversations, messages?"""

import hashlib
import re
from typing import Any

from sandbox import clock
from sandbox.store import Row
from sandbox.world import World

_TEAM_IN_TOKEN = re.compile(r"team[-_:](\w+)$")
DEFAULT_TEAM = "T0SANDBOX"
# name, private, the bot is in it, archived
_CHANNELS = (("general", False, True, False), ("replies", False, True, False), ("random", False, False, False),
             ("leads-private", True, True, False), ("board", True, False, False), ("old-launch", False, True, True))


def team_of(token: str) -> str:
    """The team a token belongs to: the one its end names (`...team-T123`), else the sandbox's own."""
    found = _TEAM_IN_TOKEN.search(token)
    return found.group(1) if found else DEFAULT_TEAM


def channels(world: World, team: str) -> list[Row]:
    """Every channel of a team; a team nobody asked about yet gets the usual ones."""
    table = f"slack_channels:{team}"
    if not world.store.count(table):
        for name, private, member, archived in _CHANNELS:
            row = {"id": handle("C", team, name), "name": name, "is_channel": True, "is_private": private, "is_member": member,
                   "is_archived": archived, "num_members": 7}
            world.store.put(table, row["id"], row)
    return world.store.rows(table)


def channel(world: World, team: str, channel_id: object) -> Row | None:
    """A channel of the team, a direct conversation that was opened, or None."""
    if not isinstance(channel_id, str):
        return None
    return next((row for row in channels(world, team) if row["id"] == channel_id), None) or world.store.get(
        f"slack_dms:{team}", channel_id)


def person(world: World, team: str, email: str) -> Row | None:
    """The person with an address; everybody but those whose address begins with `nobody` is in the team."""
    if "@" not in email or email.lower().startswith("nobody"):
        return None
    user_id = handle("U", team, email.lower())
    name = email.split("@")[0]
    row = {"id": user_id, "team_id": team, "name": name, "deleted": False, "real_name": name.replace(".", " ").title(),
           "tz": "Europe/Berlin", "tz_offset": 3600, "is_bot": False, "updated": 1,
           "profile": {"email": email, "display_name": name, "real_name": name.replace(".", " ").title()}}
    return world.store.put(f"slack_users:{team}", user_id, row)


def person_called(world: World, team: str, user_id: object) -> Row | None:
    """The person with an id, if anybody asked for their address or pressed a button before."""
    return world.store.get(f"slack_users:{team}", user_id) if isinstance(user_id, str) else None


def open_direct(world: World, team: str, user_id: str) -> tuple[Row, bool]:
    """The direct conversation with a person, and whether it was there before."""
    table, key = f"slack_dms:{team}", handle("D", team, user_id)
    known = world.store.get(table, key)
    return (known, True) if known else (world.store.put(table, key, {
        "id": key, "name": user_id, "is_im": True, "is_member": True, "is_archived": False}), False)


def keep_message(world: World, team: str, channel_id: str, fields: dict[str, Any]) -> Row:
    """Write a message down under a fresh `ts`."""
    ts = f"{int(clock.now().timestamp())}.{world.store.next_number('slack_ts', 100):06d}"
    row = {"type": "message", "user": handle("U", team, "bot"), "bot_id": handle("B", team, "bot"), "team": team, "ts": ts,
           "channel": channel_id} | fields
    world.store.put("slack_teams", team, {"team": team})
    return world.store.put(f"slack_messages:{team}", f"{channel_id}|{ts}", row)


def message(world: World, team: str, channel_id: object, ts: object) -> Row | None:
    """A message of a channel, or None."""
    return world.store.get(f"slack_messages:{team}", f"{channel_id}|{ts}")


def history(world: World, team: str, channel_id: object, oldest: float) -> list[Row]:
    """The messages of a channel after an instant (epoch seconds), newest first."""
    rows = [row for row in world.store.rows(f"slack_messages:{team}") if row["channel"] == channel_id and float(row["ts"]) > oldest]
    return sorted(rows, key=lambda row: float(row["ts"]), reverse=True)


def forget_message(world: World, team: str, row: Row) -> None:
    """Delete a message, as a person can."""
    world.store.delete(f"slack_messages:{team}", f"{row['channel']}|{row['ts']}")


def teams(world: World) -> list[str]:
    """The teams somebody wrote a message in, in the order of their first."""
    return [row["team"] for row in world.store.rows("slack_teams")]


def change_message(world: World, team: str, row: Row, fields: dict[str, Any]) -> Row:
    """Replace a message's words."""
    edited = {"user": row["user"], "ts": f"{int(clock.now().timestamp())}.000000"}
    return world.store.put(f"slack_messages:{team}", f"{row['channel']}|{row['ts']}", row | fields | {"edited": edited})


def handle(kind: str, team: str, name: str) -> str:
    """An id as Slack writes them, the same for the same thing: `C0A1B2C3D4`."""
    return f"{kind}{hashlib.sha256(f'{team}|{name}'.encode()).hexdigest()[:10].upper()}"

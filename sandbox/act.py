"""Which wish to play a lead can be read, and what does it lead to?"""

from dataclasses import fields
from typing import Any

from sandbox import clock
from sandbox.actors import ACTORS
from sandbox.wish import Act, Happened
from sandbox.world import World

_TYPES = {"provider": str, "workspace_ref": str, "lead": dict, "body": str, "subject": str, "event": str, "path": str,
          "secret": str, "secret_in": str, "secret_name": str, "repeat": int, "concurrently": bool, "messages": list,
          "out_of_order": bool, "malformed": str, "deliver": bool, "at": str, "quoted": bool, "automated": bool,
          "duplicates": int, "of": str, "attempts": int, "pause": float, "query": dict, "custom_data": dict}
MALFORMED = ("", "truncated", "not_json", "wrong_types", "empty")
PLACES = ("", "query", "path", "header", "body", "signature")


def read_act(wish: Any) -> Act:
    """Read a JSON object as an act. Raises ValueError with a sentence that says what is wrong."""
    if not isinstance(wish, dict):
        raise ValueError("The body must be a JSON object.")
    wish = {name: value for name, value in wish.items() if value is not None}
    for name in ("workspace_ref", "of"):
        if type(wish.get(name)) is int:
            wish[name] = str(wish[name])
    if wish.get("malformed") is True:
        wish["malformed"] = "truncated"
    for name, value in wish.items():
        kind = (int, float) if _TYPES.get(name) is float else _TYPES.get(name)
        if kind is None:
            raise ValueError(f"An act has no field {name!r}; it has {', '.join(each.name for each in fields(Act))}.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"{name} has the wrong type.")
    for name in ("provider", "workspace_ref", "lead"):
        if not wish.get(name):
            raise ValueError(f"{name} is missing.")
    actor = ACTORS.get(wish["provider"])
    act = Act(**{"event": actor.events[0] if actor else ""} | wish)
    _check(act)
    return act


def perform(world: World, act: Act) -> list[Happened]:
    """Write the rows of an act, one message after the other, and return what the product is to be told."""
    play = ACTORS[act.provider].play
    at = clock.read(act.at) if act.at else None
    wishes = act.messages or [{"body": act.body, "subject": act.subject}]
    return [play(world, act, str(wish.get("body") or ""), str(wish.get("subject") or act.subject),
                 clock.read(str(wish["at"])) if wish.get("at") else at) for wish in wishes]


def _check(act: Act) -> None:
    actor = ACTORS.get(act.provider)
    if actor is None:
        raise ValueError(f"provider must be one of {', '.join(ACTORS)}.")
    if act.event not in actor.events:
        raise ValueError(f"event must be one of {', '.join(actor.events)}.")
    if act.malformed not in MALFORMED:
        raise ValueError(f"malformed must be one of {', '.join(MALFORMED[1:])}.")
    if act.secret_in not in PLACES:
        raise ValueError(f"secret_in must be one of {', '.join(PLACES[1:])}.")
    if not 1 <= act.repeat <= 1000 or not 0 <= act.duplicates <= 1000:
        raise ValueError("repeat goes from 1 to 1000, duplicates from 0 to 1000.")
    if not 1 <= act.attempts <= 20 or not 0 <= act.pause <= 60:
        raise ValueError("attempts goes from 1 to 20, pause from 0 to 60 seconds.")
    if not all(isinstance(message, dict) for message in act.messages) or len(act.messages) > 1000:
        raise ValueError("messages must be a list of at most 1000 objects with body, subject and at.")
    lists = {name for name, value in act.lead.items() if isinstance(value, list)}
    if lists - {"tags", "cc", "custom_variables", "files"} or any(isinstance(value, dict) for value in act.lead.values()):
        raise ValueError("The fields of lead are texts; tags, cc, custom_variables and files are lists.")
    actor.check(act)

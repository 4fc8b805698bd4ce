"""What would every provider post if a whole crowd wrote at once? Webhooks played without posting, one table line per provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox import clock
from sandbox.act import perform, read_act
from sandbox.actors import ACTORS
from sandbox.deliver import addressed, encode
from sandbox.store import Store
from sandbox.wish import Act
from sandbox.world import World

_AWAY = 40_000_000
# Events whose text is no message but a word of the provider's own.
_WORDS = {"account_status": "OK"}


@dataclass(frozen=True)
class Told:
    """One webhook of one person: its body, the act behind it (which says how it is posted) and the provider's ids."""

    act: Act
    person: int
    webhook: dict[str, Any]
    ids: dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """One webhook as it is posted."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class _OtherNumbers(Store):
    """A store whose series begin far away from those of a sandbox that runs beside it."""

    def next_number(self, name: str, first: int = 1) -> int:
        """Return the next whole number of a named series."""
        return super().next_number(name, first) + _AWAY


def crowd_world() -> World:
    """A world in memory for a crowd; what a running sandbox makes meanwhile never has the same ids."""
    return World(_OtherNumbers())


def person(number: int, name: str = "Dana") -> dict[str, Any]:
    """A lead every provider can play: person `number` has one name, address, number and profile wherever they write."""
    last = f"Kessler{number}"
    profile = f"{name.lower()}-{last.lower()}"
    return {"first_name": name, "last_name": last, "email": f"{name.lower()}{number}@northwind{number}.example",
            "phone": f"+1415{2000000 + number % 8000000:07}", "company": f"Northwind {number}", "public_identifier": profile,
            "linkedin_url": f"https://www.linkedin.com/in/{profile}"}


def worded(event: str, body: str) -> str:
    """What an act of `event` says: `body`, or the provider's own word where its text is no message."""
    return _WORDS.get(event, body)


def tell(world: World, provider: str, account: str, number: int, *, event: str = "", body: str = "",
         at: datetime | None = None, **more: Any) -> Told:
    """Let person `number` do `event` (the provider's first one when empty) in `account`; nothing is posted.

    What happens to something that must be there first (a meeting that is cancelled) happens to what the person's first event
    made. `more` are further fields of an act. Raises ValueError for a wish the provider's actor cannot play at all.
    """
    try:
        return _told(world, provider, account, number, event, body, at, more)
    except ValueError:
        before = _told(world, provider, account, number, "", body, at, {})
        return _told(world, provider, account, number, event, body, at, {"of": str(next(iter(before.ids.values())))} | more)


def _told(world: World, provider: str, account: str, number: int, event: str, body: str, at: datetime | None,
          more: Mapping[str, Any]) -> Told:
    event = event or ACTORS[provider].events[0]
    act = read_act({"provider": provider, "workspace_ref": account, "lead": person(number) | {"lead_id": account},
                    "body": worded(event, body), "event": event, "at": clock.iso(at) if at else None, "deliver": False} | dict(more))
    happened = perform(world, act)[-1]
    return Told(act=act, person=number, webhook=happened.webhook, ids=happened.ids)


def letter(world: World, told: Told) -> Letter:
    """How `told` is posted: where it goes, what it carries, the secret of its act in its place."""
    body = encode(told.act, told.webhook)
    path, query, headers = addressed(world, told.act, body)
    return Letter(path=path, query=query, headers=headers, body=body)

"""May this visitor do that, now? The cookie of the websocket's handshake is asked again for every event.

Reads may rely on an answer that is a few seconds old; every write asks the database.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import structlog

import zrg_app.services.reactions  # noqa: F401 because facts recorded by a handler need their reactions
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.digest import token_hash
from zrg_app.kit.errors import Forbidden, NotFound, Unauthenticated
from zrg_app.kit.scope import Scope, system
from zrg_app.kit.settings import settings
from zrg_app.services import access
from zrg_app.services.access import Grant, Permission, Visitor, origins

REMEMBERED = timedelta(seconds=10)
MOST_REMEMBERED = 10_000

_visitors: dict[str, tuple[datetime, Visitor]] = {}
_grants: dict[tuple[str, str], tuple[datetime, Grant]] = {}


def handshake_token(*, cookie: str, origin: str, hosts: tuple[str, ...]) -> str:
    """The session token of a websocket; empty when signed out. Raises Forbidden for one opened by another site."""
    if origin and not origins.is_ours(origin, hosts=hosts, address=settings().address):
        raise Forbidden("This page was opened from another site. Open the inbox at its own address.")
    return origins.cookie_token(cookie)


def visitor(token: str, *, fresh: bool = True) -> Visitor:
    """Who is signed in with `token`. Raises Unauthenticated."""
    key = token_hash(token)
    if not fresh and (known := _remembered(_visitors, key)):
        return known
    with transaction(system("recognise a visitor")) as tx:
        return _recognised(tx, token)


def scope_for(token: str, workspace_id: str, permission: Permission, *, fresh: bool = True) -> Scope:
    """The scope in which the visitor may do `permission`. Raises Unauthenticated, NotFound or Forbidden."""
    key = (token_hash(token), workspace_id)
    known = None if fresh else _remembered(_grants, key)
    return access.permitted(known or _remember(_grants, key, _grant(token, workspace_id, fresh)), permission)


def run(token: str, workspace_id: str, permission: Permission, write: bool, function: Callable,
        arguments: Sequence[Any], options: Mapping[str, Any]) -> Any:
    """Do `function` in the workspace if the visitor may. Runs in a thread; blocks.

    A function whose first parameter is `tx` runs as `function(tx, scope, *arguments, **options)` inside one transaction; any
    other is a flow and runs as `function(scope, ...)` with its own.
    """
    scope = scope_for(token, workspace_id, permission, fresh=write)
    with structlog.contextvars.bound_contextvars(workspace=workspace_id, actor=str(scope.user_id)):
        if not takes_transaction(function):
            return function(scope, *arguments, **options)
        with transaction(scope) as tx:
            return function(tx, scope, *arguments, **options)


@lru_cache(maxsize=1000)
def takes_transaction(function: Callable) -> bool:
    """Whether the first parameter of `function` is `tx`."""
    return next(iter(inspect.signature(function).parameters), "") == "tx"


def forget(token: str = "") -> None:
    """Ask the database again about this token, or about everybody."""
    key = token_hash(token) if token else None
    for seen in list(_visitors):
        if key in (None, seen):
            _visitors.pop(seen, None)
    for seen in list(_grants):
        if key in (None, seen[0]):
            _grants.pop(seen, None)


def _grant(token: str, workspace_id: str, fresh: bool) -> Grant:
    known, wanted = None if fresh else _remembered(_visitors, token_hash(token)), ids.parse_id(workspace_id)
    with transaction(system("who is this visitor, and what may they do?")) as tx:
        person = known or _recognised(tx, token)
        if wanted is None:
            raise NotFound("No workspace is chosen.")
        return access.grant(tx, person, wanted)


def _recognised(tx: Tx, token: str) -> Visitor:
    found = access.recognise(tx, token)
    if found is None:
        forget(token)
        raise Unauthenticated("You are signed out. Sign in again.")
    return _remember(_visitors, token_hash(token), found)


def _remembered(cache: dict, key: Any) -> Any:
    found = cache.get(key)
    return found[1] if found and clock.now() - found[0] < REMEMBERED else None


def _remember(cache: dict, key: Any, value: Any) -> Any:
    if len(cache) >= MOST_REMEMBERED:
        cache.clear()
    cache[key] = (clock.now(), value)
    return value

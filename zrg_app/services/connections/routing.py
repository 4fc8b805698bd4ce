"""Whose webhook is this? Look-ups from a provider's account to the workspace, remembered for a few seconds.

A look-up comes before a Scope exists, so it runs in the system scope. An answer is kept in this process for REMEMBERED
seconds at most: a webhook secret that was changed or a connection that was removed by another process is refused after that
long, by this process at once. Workspaces that were not found are never remembered.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from psycopg.rows import namedtuple_row

from zrg_app.kit import db
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import system
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import secrets

REMEMBERED = 3.0
_MOST_REMEMBERED = 10_000
_LOOK_UP = system("find a webhook's workspace")

_BY_LOCATION = """
select workspace_id, webhook_secret, null as email_provider from connection where provider = 'ghl' and external_id = %(key)s
"""
# A workspace that never chose has the e-mail provider it is connected to.
_EMAIL = """
select w.id as workspace_id, c.webhook_secret, coalesce(s.email_provider, c.provider) as email_provider
from workspace w
left join connection c on c.workspace_id = w.id and c.provider = 'emailbison'
left join workspace_settings s on s.workspace_id = w.id
"""
_BY_WORKSPACE = _EMAIL + "where w.id = %(key)s"
_BY_ACCOUNT = _EMAIL + """
where w.id = (select workspace_id from connection where provider = 'emailbison' and external_id = %(key)s)
"""
_BY_NAME = _EMAIL + "where lower(w.name) = lower(%(key)s) limit 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A workspace a webhook leads to, the secret it must show (None asks for none), and the e-mail provider in use."""

    workspace_id: UUID
    secret: str | None = field(repr=False)
    email_provider: str | None


_remembered: dict[tuple[str, str], tuple[float, Route]] = {}
_turn = threading.Lock()


def by_ghl_location(location_id: str) -> Route | None:
    """The workspace connected to a GoHighLevel location."""
    return _remember("location", location_id, _BY_LOCATION, location_id)


def by_email_workspace(*, client_id: str | None, account_id: str | None, name: str | None) -> Route | None:
    """The workspace of an EmailBison webhook: our own id from its address, else the account's id, else a name that only one
    workspace has, whatever its case (spec section 5)."""
    own = parse_id(client_id) if client_id else None
    tries: list[Callable[[], Route | None]] = []
    if own:
        tries.append(lambda: _remember("workspace", str(own), _BY_WORKSPACE, own))
    if account_id:
        tries.append(lambda: _remember("account", account_id, _BY_ACCOUNT, account_id))
    if name:
        tries.append(lambda: _remember("name", name, _BY_NAME, name))
    return next((route for look in tries if (route := look())), None)


def forget() -> None:
    """Look everything up anew: called when a connection of this process changes."""
    with _turn:
        _remembered.clear()


def _remember(kind: str, label: str, sql: str, key: object) -> Route | None:
    now = time.monotonic()
    kept = _remembered.get((kind, label))
    if kept and kept[0] > now:
        return kept[1]
    route = _look_up(sql, key)
    with _turn:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        if route:
            _remembered[kind, label] = (now + REMEMBERED, route)
        else:
            _remembered.pop((kind, label), None)
    return route


def _look_up(sql: str, key: object) -> Route | None:
    with db.fast_transaction(_LOOK_UP) as connection:
        rows = connection.cursor(row_factory=namedtuple_row).execute(sql, {"key": key}).fetchall()
    if len(rows) != 1:
        return None
    return Route(workspace_id=rows[0].workspace_id, secret=secrets.opened(rows[0].webhook_secret),
                 email_provider=rows[0].email_provider)


def is_email_bison(route: Route) -> bool:
    """Whether the workspace reads its mail through EmailBison."""
    return route.email_provider == Provider.EMAILBISON

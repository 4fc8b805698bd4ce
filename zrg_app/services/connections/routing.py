"""Whose webhook is this? Look-ups from a provider's account to the workspace, remembered for a few seconds.

A look-up comes before a Scope exists, so it runs in the system scope. An answer is kept in this process for REMEMBERED
seconds at most: a webhook secret that was changed or a connection that was removed by another process is refused after that
long, by this process at once. Workspaces that were not found are never remembered.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from psycopg.rows import namedtuple_row

from zrg_app.kit import db, vault
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import system
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import secrets

REMEMBERED = 3.0
_MOST_REMEMBERED = 10_000
_MAIL_PROVIDERS = [Provider.EMAILBISON.value, Provider.SMARTLEAD.value, Provider.INSTANTLY.value]
_LOOK_UP = system("find a webhook's workspace")

_BY_ACCOUNT = """
select c.workspace_id, c.webhook_secret, c.credentials, c.options, s.email_provider
from connection c left join workspace_settings s on s.workspace_id = c.workspace_id
where c.provider = %(provider)s and c.external_id = %(key)s
"""
# A workspace that never chose has the e-mail provider it is connected to.
_WORKSPACE = """
select w.id as workspace_id, c.webhook_secret, c.credentials, c.options, coalesce(s.email_provider, (
         select provider from connection where workspace_id = w.id and provider = any(%(mail)s) order by created_at limit 1
       )) as email_provider
from workspace w
left join connection c on c.workspace_id = w.id and c.provider = %(provider)s
left join workspace_settings s on s.workspace_id = w.id
"""
_BY_WORKSPACE = _WORKSPACE + "where w.id = %(key)s"
_BY_ACCOUNT_OF_MAIL = _WORKSPACE + """
where w.id = (select workspace_id from connection where provider = %(provider)s and external_id = %(key)s)
"""
_BY_NAME = _WORKSPACE + "where lower(w.name) = lower(%(key)s) limit 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A workspace a webhook leads to, the secret it must show (None asks for none), and the e-mail provider in use.

    `options` are those of the provider's connection, empty without one.
    """

    workspace_id: UUID
    secret: str | None = field(repr=False)
    email_provider: str | None
    sealed: str | None = field(default=None, repr=False)
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_connected(self) -> bool:
        """Whether the workspace has a connection of this provider, and so could have asked for a secret."""
        return self.sealed is not None

    def credentials(self) -> Mapping[str, str]:
        """The connection's credentials, opened for a door that checks a signature. Raises Invalid when the key does not fit."""
        return vault.unseal(self.sealed)


_remembered: dict[tuple[str, str, str], tuple[float, Route]] = {}
_turn = threading.Lock()


def by_account(provider: str, account_id: str) -> Route | None:
    """The workspace connected to an account of `provider`."""
    return _remember("account", provider, _BY_ACCOUNT, account_id)


def by_workspace(provider: str, client_id: str | None) -> Route | None:
    """The workspace an address names by our own id, connected to `provider` or not."""
    own = parse_id(client_id) if client_id else None
    return _remember("workspace", provider, _BY_WORKSPACE, own) if own else None


def by_email_workspace(*, client_id: str | None, account_id: str | None, name: str | None) -> Route | None:
    """The workspace of an EmailBison webhook: our own id from its address, else the account's id, else a name that only one
    workspace has, whatever its case (spec section 5)."""
    tries: list[Callable[[], Route | None]] = [lambda: by_workspace(Provider.EMAILBISON, client_id)]
    if account_id:
        tries.append(lambda: _remember("mail account", Provider.EMAILBISON, _BY_ACCOUNT_OF_MAIL, account_id))
    if name:
        tries.append(lambda: _remember("name", Provider.EMAILBISON, _BY_NAME, name))
    return next((route for look in tries if (route := look())), None)


def every_of(provider: str, account_id: str) -> tuple[Route, ...]:
    """All workspaces connected to one account of `provider`, the oldest connection first: several may share a Slack team.

    Never remembered.
    """
    values = {"provider": provider, "key": account_id}
    with db.fast_transaction(_LOOK_UP) as connection:
        rows = connection.cursor(row_factory=namedtuple_row).execute(_BY_ACCOUNT + "order by c.created_at", values).fetchall()
    return tuple(_route(row) for row in rows)


def forget() -> None:
    """Look everything up anew: called when a connection of this process changes."""
    with _turn:
        _remembered.clear()


def _remember(kind: str, provider: str, sql: str, key: object) -> Route | None:
    now, label = time.monotonic(), (kind, provider, str(key))
    kept = _remembered.get(label)
    if kept and kept[0] > now:
        return kept[1]
    route = _look_up(sql, provider, key)
    with _turn:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        if route:
            _remembered[label] = (now + REMEMBERED, route)
        else:
            _remembered.pop(label, None)
    return route


def _look_up(sql: str, provider: str, key: object) -> Route | None:
    values = {"provider": provider, "key": key, "mail": _MAIL_PROVIDERS}
    with db.fast_transaction(_LOOK_UP) as connection:
        rows = connection.cursor(row_factory=namedtuple_row).execute(sql, values).fetchall()
    if len(rows) != 1:
        return None
    return _route(rows[0])


def _route(row) -> Route:  # noqa: ANN001 because it is a row of named columns
    return Route(workspace_id=row.workspace_id, secret=secrets.opened(row.webhook_secret), email_provider=row.email_provider,
                 sealed=row.credentials, options=row.options or {})

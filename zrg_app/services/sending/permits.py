"""May we call this provider now? One count per account over all our processes, kept in PostgreSQL."""

import math
from datetime import timedelta

from zrg_app.integrations import transport
from zrg_app.integrations.base import RateLimit
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system

PARTS = 10
# Seconds past the edge of a part, so that rounding cannot bring a caller back just before it.
_EDGE = 0.01
_SCOPE = system("count calls to a provider")
_LOCK = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
_STATE = """
select coalesce(sum(tries) filter (where not blocked and window_started_at > %(since)s), 0),
       min(window_started_at) filter (where not blocked and window_started_at > %(since)s),
       max(window_started_at) filter (where blocked and window_started_at > %(now)s)
from rate_window where key = %(key)s
"""
_COUNT = """
insert into rate_window (key, window_started_at, tries) values (%(key)s, %(part)s, 1)
on conflict (key, window_started_at) do update set tries = rate_window.tries + 1
"""
_FORGET = "delete from rate_window where key = %(key)s and window_started_at <= %(since)s"
_HOLD = """
insert into rate_window (key, window_started_at, tries, blocked) values (%(key)s, %(until)s, 0, true)
on conflict (key, window_started_at) do update set blocked = true
"""


def permit(key: str, limit: RateLimit) -> float:
    """Count one call of account `key` and return 0, or count nothing and return the seconds to wait.

    Never more than `limit.calls` in any `limit.seconds`: calls are counted in tenths of the window, and eleven of them cover it.
    """
    now, part = clock.now(), limit.seconds / PARTS
    started = now - timedelta(seconds=now.timestamp() % part)
    since = started - timedelta(seconds=part * (PARTS + 0.5))
    values = {"key": f"provider:{key}", "now": now, "part": started, "since": since}
    with db.fast_transaction(_SCOPE) as connection:
        # A lock and then a look, as two statements: one statement would look at the past it started in.
        connection.execute(_LOCK, (values["key"],))
        used, oldest, held_until = connection.execute(_STATE, values).fetchone()
        if held_until:
            return transport.Held(math.ceil((held_until - now).total_seconds() * 100) / 100)
        if used >= limit.calls:
            return (oldest - now).total_seconds() + part * (PARTS + 1) + _EDGE
        connection.execute(_COUNT, values)
        connection.execute(_FORGET, values)
    return 0.0


def pause(key: str, seconds: float) -> None:
    """Hold all calls of account `key` for `seconds`, because the provider asked for it."""
    with db.fast_transaction(_SCOPE) as connection:
        connection.execute(_HOLD, {"key": f"provider:{key}", "until": clock.now() + timedelta(seconds=seconds)})


transport.install(permit, pause)

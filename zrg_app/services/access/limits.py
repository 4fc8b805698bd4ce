"""How often may this be tried? Counters in fixed windows, shared by all processes through the database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from zrg_app.kit import clock, db
from zrg_app.kit.digest import stable_key
from zrg_app.kit.errors import TooMany
from zrg_app.kit.scope import system


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `tries` per `seconds` for each subject; `name` keeps the counters of different doors apart."""

    name: str
    tries: int
    seconds: int


LOGIN_BY_EMAIL = Limit(name="login.email", tries=10, seconds=900)
LOGIN_BY_ADDRESS = Limit(name="login.address", tries=100, seconds=900)
RESET_BY_EMAIL = Limit(name="reset.email", tries=5, seconds=3600)
RESET_BY_ADDRESS = Limit(name="reset.address", tries=30, seconds=3600)
LINK_BY_ADDRESS = Limit(name="link.address", tries=60, seconds=900)

_COUNT = text("""
insert into rate_window (key, window_started_at, tries) values (:key, :start, 1)
on conflict (key, window_started_at) do update set tries = rate_window.tries + 1
returning tries
""")
_FORGIVE = text("delete from rate_window where key = :key")
_FORGET_OLD = text("delete from rate_window where window_started_at < :before")


def spend(limit: Limit, subject: str) -> None:
    """Count one try of `subject`, in a transaction of its own so that a refusal is counted too.

    Raises TooMany with the seconds until the window ends.
    """
    now = clock.now()
    start = datetime.fromtimestamp(now.timestamp() // limit.seconds * limit.seconds, UTC)
    with db.transaction(system(f"count a try: {limit.name}")) as tx:
        tries = tx.scalar(_COUNT, {"key": _key(limit, subject), "start": start})
    if tries > limit.tries:
        left = (start + timedelta(seconds=limit.seconds) - now).total_seconds()
        minutes = max(1, round(left / 60))
        raise TooMany(f"Too many tries. Wait {minutes} minute{'s' if minutes > 1 else ''} and try again.", retry_after=left)


def forgive(tx: db.Tx, limit: Limit, subject: str) -> None:
    """Forget the tries of `subject`: they turned out to be its own."""
    tx.execute(_FORGIVE, {"key": _key(limit, subject)})


def forget_old(tx: db.Tx) -> int:
    """Delete windows that ended more than a day ago; returns how many."""
    return tx.execute(_FORGET_OLD, {"before": clock.now() - timedelta(days=1)}).rowcount


def _key(limit: Limit, subject: str) -> str:
    # Hashed, because the table should not be a list of who tried to come in.
    return f"{limit.name}:{stable_key(subject)}"

"""What is left lying about? Logins, links and counters that have been over for long are deleted."""

from datetime import timedelta

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs
from zrg_app.services.access import limits

KEPT = timedelta(days=30)
_OLD_SESSIONS = text("delete from login_session where expires_at < :before or revoked_at < :before")
_OLD_RESETS = text("delete from password_reset where expires_at < :before")


@jobs.job("access.tidy", priority=500)
def tidy(tx: Tx, scope: Scope) -> None:
    """Delete logins and reset links that ended 30 days ago and counters of past days. Of the system scope; run daily."""
    before = clock.now() - KEPT
    tx.execute(_OLD_SESSIONS, {"before": before})
    tx.execute(_OLD_RESETS, {"before": before})
    limits.forget_old(tx)

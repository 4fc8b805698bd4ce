"""Which work may an outside clock start? One line per cron route: its name under /api/cron and the job it dispatches.

A call opens a run for the current window and enqueues the job; further calls, and our own timer of the same name, find the
window taken and start nothing (FACTS section 23, "dispatch window").
"""

from datetime import timedelta

from zrg_app.kit import clock, db
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import jobs
from zrg_app.services.jobs.runs import Dispatch

CRON: dict[str, str] = {
    "background-jobs": "ops.background_jobs",
}


def dispatch(name: str, *, source: str = "cron") -> Dispatch:
    """Start the job of cron route `name` once per window. Raises NotFound for a name that is not in `CRON`."""
    if name not in CRON:
        raise NotFound(f"There is no cron route called {name}.")
    at = jobs.runs.window_start(clock.now(), timedelta(seconds=settings().dispatch_window_seconds))
    scope = system(f"cron {name}")
    with db.transaction(scope) as tx:
        return jobs.runs.dispatch(tx, scope, name, CRON[name], at=at, source=source)

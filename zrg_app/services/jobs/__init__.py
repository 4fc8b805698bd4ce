"""Work that is done later: which kinds there are, how one is enqueued, claimed, retried and given up."""

from zrg_app.services.jobs import claim, lease, outcome, queries, registry, runs
from zrg_app.services.jobs.actions import cancel, enqueue, enqueue_many, retry
from zrg_app.services.jobs.registry import Job, job, registered
from zrg_app.services.jobs.run import run_ready

__all__ = [
    "Job", "cancel", "claim", "enqueue", "enqueue_many", "job", "lease", "outcome", "queries", "registered", "registry",
    "retry", "run_ready", "runs",
]

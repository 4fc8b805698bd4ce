"""Work that is done later: which kinds there are, how one is enqueued, claimed, retried and given up."""

from zrg_app.services.jobs.actions import enqueue
from zrg_app.services.jobs.registry import Job, job, registered

__all__ = ["Job", "enqueue", "job", "registered"]

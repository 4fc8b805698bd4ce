"""Which work was given up, which waits, and is it tried again?"""

import reflex as rx

from zrg_app.services import jobs
from zrg_app.services.jobs.views import JobRow, QueueDepth
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.operations import asking


class WorkState(BaseState):
    """The queue of the workspace."""

    dead: tuple[JobRow, ...] = ()
    waiting: tuple[JobRow, ...] = ()
    depths: tuple[QueueDepth, ...] = ()

    @rx.event
    async def retry(self, job_id: str):
        """Give a job that was given up a fresh set of attempts."""
        self._show(await self._call(asking.act_and_work, jobs.retry, wanted_id(job_id), permission=Permission.OPERATE, write=True))
        return toast("It is tried again.")

    @rx.event
    async def retry_all(self):
        """Give every job that was given up a fresh set of attempts."""
        number = await self._call(asking.retry_every, permission=Permission.OPERATE, write=True)
        self._show(await self._call(asking.work, permission=Permission.OPERATE))
        return toast(f"{number} are tried again.")

    @rx.event
    async def cancel(self, job_id: str):
        """Take a waiting job out of the queue."""
        self._show(await self._call(asking.act_and_work, jobs.cancel, wanted_id(job_id), permission=Permission.OPERATE, write=True))
        return toast("It is taken out of the queue.")

    def _show(self, seen: asking.Work) -> None:
        self.dead, self.waiting, self.depths = seen.dead, seen.waiting, seen.depths

"""Which labels has the workspace, and what are they called and coloured?"""

import reflex as rx

from zrg_app.services import inbox
from zrg_app.services.inbox.label_views import LabelView
from zrg_app.state.base import BaseState, Permission, wanted_id
from zrg_app.state.inbox import asking
from zrg_app.state.inbox.offering import LabelGone, OfferState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.thread import ThreadState


class LabelState(BaseState):
    """The labels to choose from, and the dialog in which they are made, renamed, recoloured and deleted."""

    labels: tuple[LabelView, ...] = ()

    @rx.event
    async def read(self):
        """Look anew which labels there are, with how many leads carry each."""
        self._show(await self._call(inbox.labels, permission=Permission.READ_INBOX))

    @rx.event
    async def create(self, name: str):
        """Make a label."""
        await self._change(inbox.create_label, name=str(name))

    @rx.event
    async def rename(self, label_id: str, name: str):
        """Call a label otherwise; the field is left as it was most times."""
        if any(each.id == label_id and each.name == name for each in self.labels):
            return
        await self._change(inbox.change_label, wanted_id(label_id), name=str(name))

    @rx.event
    async def recolour(self, label_id: str, hue: int):
        """Give a label another colour."""
        await self._change(inbox.change_label, wanted_id(label_id), hue=hue if isinstance(hue, int) else 0)

    @rx.event
    async def delete(self, label_id: str):
        """Delete a label everywhere; it comes back everywhere by Undo."""
        wanted = wanted_id(label_id)
        label = next((each for each in self.labels if each.id == str(wanted)), None)
        at = await self._change(inbox.delete_label, wanted)
        gone = LabelGone(label_id=wanted, name=label.name if label else "", deleted_at=at)
        return (await self.get_state(OfferState))._offer(gone, f"The label “{gone.name}” is deleted.")

    async def _restore(self, gone: LabelGone) -> None:
        await self._change(inbox.restore_label, gone.label_id, deleted_at=gone.deleted_at)

    async def _change(self, action, *arguments, **options):
        """Change the labels, and show them, the list and the open conversation as they are now."""
        thread, rows = await self.get_state(ThreadState), await self.get_state(RowsState)
        opened = thread.lead.lead_id if thread.lead else ""
        answer, labels, view = await self._call(asking.change_labels, opened, action, arguments, options,
                                                permission=Permission.ORGANISE, write=True)
        self._show(labels)
        if view:
            thread._show(view)
        await rows._reload()
        return answer

    def _show(self, labels: tuple[LabelView, ...]) -> None:
        if labels != self.labels:
            self.labels = labels

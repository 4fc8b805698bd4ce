"""What could be taken back now? The last step of this tab with what was before it, kept here and never sent to the browser."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import reflex as rx

from zrg_app.services.undo import Undoable
from zrg_app.state.base import BaseState

STAY = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelGone:
    """A label that was deleted, and the moment by which it comes back."""

    label_id: UUID
    name: str
    deleted_at: datetime


class OfferState(BaseState):
    """The one step that Undo takes back; a newer step takes its place."""

    _last: tuple[Undoable | LabelGone, ...] = ()

    def _offer(self, done: Undoable | LabelGone, said: str) -> rx.event.EventSpec:
        """Say what was done, with Undo for as long as that is shown; without it when nothing was changed."""
        if isinstance(done, Undoable) and not done.changes:
            return rx.call_script(f"window.zrg && zrg.toast({json.dumps(said)})")
        self._last = (done,)
        offer = {"word": "Undo", "press": "[data-key=undo-step]", "stay": STAY}
        return rx.call_script(f"window.zrg && zrg.toast({json.dumps(said)}, {json.dumps(offer)})")

    def _take(self) -> Undoable | LabelGone | None:
        """The step to take back, once."""
        last, self._last = self._last, ()
        return last[0] if last else None

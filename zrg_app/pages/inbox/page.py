"""Which address shows the inbox, and from which state?"""

import reflex as rx

from zrg_app.pages.inbox.layout import inbox_layout
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.labelling import LabelState
from zrg_app.state.inbox.memory import MemoryState
from zrg_app.state.inbox.merging import MergingState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.saved import SavedState
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.inbox.undoing import UndoState
from zrg_app.state.session import SessionState


def inbox_page() -> rx.Component:
    """The inbox of the visitor's workspace."""
    return inbox_layout(
        session=SessionState, frame=FrameState, filters=FilterState, saved=SavedState, rows=RowsState, turn=TurnState, thread=ThreadState,
        station=StationState, merging=MergingState, memory=MemoryState, acting=BulkState, labelling=LabelState, undoing=UndoState,
    )


def register(app: rx.App) -> None:
    """Add the inbox to `app` at `/`, where deep links lead."""
    app.add_page(inbox_page, route="/", title="Inbox · ZRG Inbox", on_load=FrameState.load)

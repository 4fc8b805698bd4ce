"""What opens over a thread: a file looked at, a note said differently; and whom a note can name?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.notes import NotesState

NOTE, NOTE_BODY = "note-edit-id", "note-edit-body"


def thread_dialogs(viewer: rx.Var, frame: Any) -> rx.Component:
    """The dialogs of the thread, empty until thread.js or preview.js fills one. `viewer` has id; `frame` members (id, name,
    handle, role)."""
    return rx.fragment(_preview(), _edit_note(), _undelete(), _people(viewer, frame))


def _preview() -> rx.Component:
    """A file of the thread, with the way to its neighbours; preview.js fills it, arrow keys turn the page."""
    head = rx.el.header(
        rx.el.h2("File", id="file-preview-title", class_name="clip grow"),
        rx.el.span(class_name="small faint num", custom_attrs={"data-preview-place": "true"}),
        ui.icon_button("back", "Previous file", attributes={"data-preview-turn": "-1"}),
        ui.icon_button("forward", "Next file", attributes={"data-preview-turn": "1"}),
        rx.el.a(ui.icon("arrow-down"), rx.el.span("Download", class_name="word"), class_name="button", href="#",
                custom_attrs={"data-preview-download": "true", "reloadDocument": True}),
        ui.icon_button("close", "Close", attributes={"data-do": "close:file-preview"}))
    stage = rx.el.div(class_name="preview-stage", custom_attrs={"data-preview-stage": "true", "tabIndex": 0, "aria-live": "polite"})
    return rx.el.dialog(head, stage, id="file-preview", class_name="dialog preview", custom_attrs={"aria-labelledby": "file-preview-title"})


def _edit_note() -> rx.Component:
    save = ui.button("Save note", look="primary", shown_key="⌘↵", on_click=NotesState.edit(ui.typed(NOTE), ui.typed(NOTE_BODY)),
                     attributes=ui.press_attributes(key="save-note-edit"))
    field = ui.text_area(NOTE_BODY, custom_attrs={"data-mentions": "true", "aria-label": "Note"}, class_name="field note-field")
    return ui.dialog("note-edit", "Edit the note", rx.el.input(id=NOTE, type="hidden"), field,
                     rx.el.p("Type @ to name somebody; who is new in it is told.", class_name="small faint"), footer=save)


def _undelete() -> rx.Component:
    """What the Undo of the toast after Delete presses."""
    return rx.el.button("Put the note back", type="button", class_name="unseen", on_click=NotesState.restore, custom_attrs={
        "data-key": "restore-note", "tabIndex": -1, "aria-hidden": "true"})


def _people(viewer: rx.Var, frame: Any) -> rx.Component:
    """Whom mentions.js offers after an @, and who reads: names of oneself look different."""
    one = rx.foreach(frame.members, lambda member: rx.el.li(
        member.name, key=member.id, custom_attrs={"data-handle": member.handle, "data-role": member.role, "data-id": member.id}))
    return rx.el.ul(one, hidden=True, id="mention-people", custom_attrs={"data-me": viewer.id})

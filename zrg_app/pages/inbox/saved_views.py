"""Which views have names here, and how does one get a name, another name, or lose it?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.services.inbox.saved_views import LONGEST_NAME, MOST_COUNTED


def saved_lines(filters: Any, saved: Any) -> rx.Component:
    """The named views in the panel, and the step that names what is shown. `saved` is `SavedState`."""
    save = rx.el.button(ui.icon("plus"), rx.el.span("Save this view", class_name="clip"), type="button", class_name="view faint",
                        custom_attrs={**ui.opens("save-view"), "data-key": "save-view"})
    return rx.fragment(
        rx.el.h2("Saved views"),
        rx.foreach(saved.views, lambda view: _line(filters, saved, view)),
        rx.cond(filters.is_filtered & (filters.saved_id == ""), save,
                rx.cond(saved.views.length() == 0,
                        rx.el.p("Narrow the list, then save it here under a name.", class_name="faint small hint"))),
        rx.el.button("Undo", type="button", class_name="unseen", on_click=saved.restore,
                     custom_attrs={"data-key": "restore-view", "tabIndex": -1, "aria-hidden": "true"}))


def saved_dialogs(filters: Any, saved: Any, frame: Any) -> rx.Component:
    """The dialogs that give a view its name and change it; beside the panes, because the panel may be folded away."""
    return rx.fragment(_save_dialog(filters, saved, frame), _edit_dialog(saved, frame))


def changed_note(filters: Any, saved: Any) -> rx.Component:
    """Above the list: the filters are no longer those of the saved view; keep them, or go back to it."""
    return rx.cond(filters.is_changed, rx.el.div(
        rx.el.span("Changed from “", filters.saved_name, "”", class_name="clip"), rx.el.span(class_name="grow"),
        ui.button("Back to it", look="quiet", on_click=saved.open(filters.saved_id)),
        rx.cond(saved.may_keep, ui.button("Keep", look="quiet", on_click=saved.keep_changes)),
        ui.button("Save as new", look="quiet", attributes=ui.opens("save-view")),
        class_name="changed-note small"))


def _line(filters: Any, saved: Any, view: rx.Var) -> rx.Component:
    """One named view: opens by a click; its own small button leads to its dialog."""
    number = rx.cond(view.number > MOST_COUNTED, rx.el.span(f"{MOST_COUNTED}+", class_name="count"), ui.count(view.number))
    told = rx.cond(view.owner != "", "Shared by " + view.owner, rx.cond(view.is_shared, "Shared by you", "Only you see it"))
    return rx.el.div(
        rx.el.button(ui.icon("star"), rx.el.span(view.name, class_name="clip"),
                     rx.cond(view.is_shared, ui.icon("users", size="s")), number, type="button", class_name="view", title=told,
                     on_click=saved.open(view.id),
                     custom_attrs={"aria-current": rx.cond(filters.place == "saved:" + view.id, "true", "false"),
                                   "data-closes": "drawer", "data-saved": view.id}),
        rx.cond(view.may_change, ui.icon_button("more", "Change this view", size="s", on_click=saved.edit(view.id),
                                                attributes={"aria-label": "Change “" + view.name + "”"})),
        class_name="saved-line", key=view.id)


def _save_dialog(filters: Any, saved: Any, frame: Any) -> rx.Component:
    """Name what is shown now."""
    submit = saved.save(ui.typed("view-name"), _ticked("view-shared"))
    return ui.dialog(
        "save-view", "Save this view",
        ui.field_row("Name", ui.text_input("view-name", max_length=LONGEST_NAME, placeholder="Hot, no answer yet", auto_complete="off",
                                           custom_attrs={"data-enter": "save-view-now"}), for_id="view-name"),
        _share("view-shared", frame),
        rx.el.p("It keeps the view, the filters and the order that are shown now: ",
                rx.el.strong(filters.view_title), ".", class_name="faint small"),
        footer=ui.button("Save", look="primary", on_click=submit, attributes={"data-key": "save-view-now"}))


def _edit_dialog(saved: Any, frame: Any) -> rx.Component:
    """Rename one, share it, or delete it."""
    view = saved.edited
    body = rx.cond(view, rx.el.div(
        ui.field_row("Name", ui.text_input("edited-name", value=view.name, max_length=LONGEST_NAME, key=view.id, auto_complete="off",
                                           custom_attrs={"data-enter": "change-view-now"}), for_id="edited-name"),
        _share("edited-shared", frame, checked=view.is_shared, key=view.id)))
    return ui.dialog("edit-view", "Change this view", body, footer=rx.cond(view, rx.el.div(
        ui.button("Delete", look="danger", mark="trash", on_click=saved.delete(view.id)), rx.el.span(class_name="grow"),
        ui.button("Save", look="primary", attributes={"data-key": "change-view-now"},
                  on_click=saved.change(view.id, ui.typed("edited-name"), _ticked("edited-shared"))),
        class_name="line")))


def _share(element_id: str, frame: Any, *, checked: Any = False, key: Any = "new") -> rx.Component:
    """Guests keep views for themselves."""
    return rx.cond(frame.may_organise, ui.checkbox("Everybody in this workspace sees it", id=element_id, default_checked=checked, key=key))


def _ticked(element_id: str) -> rx.Var[bool]:
    return rx.Var(f"(document.getElementById({element_id!r})?.checked ?? false)").to(bool)

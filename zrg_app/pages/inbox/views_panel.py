"""Which heap of conversations does a person look at: by what they need, by sentiment, or a saved view?"""

from typing import Any

import reflex as rx

from zrg_app import ui


def views_panel(state: Any) -> rx.Component:
    """Draw the workspace switcher and the views.

    `state` offers: workspace (name, initials), workspaces (id, name, initials), views, sentiments, saved (lists of
    key, label, icon, tone, count_label), view (the key shown) and the handlers choose_view(key), switch_workspace(id).
    """
    return rx.el.aside(
        _workspace(state),
        rx.el.nav(
            rx.foreach(state.views, lambda view: _view(state, view, ui.icon(view.icon))),
            rx.el.h2("Sentiment"),
            rx.foreach(state.sentiments, lambda view: _view(state, view, ui.dot(view.tone))),
            rx.cond(state.saved.length() > 0, rx.el.h2("Saved views")),
            rx.foreach(state.saved, lambda view: _view(state, view, ui.icon("star"))),
            class_name="stack",
            custom_attrs={"aria-label": "Views"},
        ),
        id="views",
        class_name="views",
        custom_attrs={"aria-label": "Views and workspace"},
    )


def _workspace(state: Any) -> rx.Component:
    """The workspace and the menu of the others."""
    return rx.fragment(
        rx.el.button(
            rx.el.span(state.workspace.initials, class_name="workspace-mark"),
            rx.el.span(state.workspace.name, class_name="clip"),
            ui.icon("up-down", size="s"),
            type="button",
            class_name="workspace",
            custom_attrs={**ui.menu_attributes("workspace-menu"), "data-key": "workspace"},
        ),
        ui.menu(
            "workspace-menu",
            ui.menu_title("Workspaces"),
            rx.foreach(
                state.workspaces,
                lambda other: ui.menu_item(other.name, mark="building", on_click=state.switch_workspace(other.id)),
            ),
            name="Workspaces",
        ),
    )


def _view(state: Any, view: rx.Var, mark: rx.Component) -> rx.Component:
    """One view with its number."""
    return rx.el.button(
        mark,
        rx.el.span(view.label, class_name="clip"),
        ui.count(view.count_label),
        type="button",
        class_name="view",
        key=view.key,
        on_click=state.choose_view(view.key),
        custom_attrs={"aria-current": rx.cond(state.view == view.key, "true", "false"), "data-closes": "drawer"},
    )

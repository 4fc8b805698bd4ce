"""Which heap of conversations does a person look at: by what they need, by sentiment, or a saved view?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.saved_views import saved_lines

VIEWS: tuple[tuple[str, str, ui.IconName, str], ...] = (
    ("reply", "Needs a reply", "reply", "needs_reply"),
    ("drafts", "Drafts to approve", "draft", "drafts"),
    ("ai_review", "AI needs review", "eye", "ai_review"),
    ("mine", "Assigned to me", "at", "assigned_to_me"),
    ("unread", "Unread", "mail", "unread"),
    ("snoozed", "Snoozed", "clock", "snoozed"),
    ("ai_sent", "AI sent", "send", "ai_sent"),
    ("repair", "Needs repair", "alert", "needs_repair"),
    ("done", "Done", "check", ""),
    ("all", "All conversations", "list", "everything"),
)

SOMETIMES = frozenset({"ai_review", "ai_sent", "repair"})


def views_panel(filters: Any, saved: Any, rows: Any, session: Any) -> rx.Component:
    """Draw the workspace switcher and the views.

    `filters` offers place (what is shown) and the handlers choose_view(view), choose_sentiment(word); `saved` is `SavedState`,
    `rows` counts (InboxCounts); `session` workspace and workspaces (id, name, initials) and the handler switch_workspace(id).
    """
    return rx.el.aside(
        _workspace(session),
        rx.el.nav(
            *[_view(filters, rows, *view) for view in VIEWS],
            rx.el.h2("Sentiment"),
            *[_sentiment(filters, rows, stored, shown, tone) for stored, (shown, tone) in ui.SENTIMENTS.items()],
            saved_lines(filters, saved),
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


def _view(filters: Any, rows: Any, key: str, word: str, mark: ui.IconName, number: str) -> rx.Component:
    """One view with its number; those that are empty on a good day show only when there is something in them."""
    counted = getattr(rows.counts, number) if number else 0
    chosen = filters.place == key
    row = _line(ui.icon(mark), word, counted, chosen, filters.choose_view(key))
    return rx.cond((counted > 0) | chosen, row) if key in SOMETIMES else row


def _sentiment(filters: Any, rows: Any, stored: str, shown: str, tone: ui.Tone) -> rx.Component:
    """The conversations of one sentiment; those that hold none stay out of the way."""
    counted = rows.counts.by_sentiment[stored].to(int)
    chosen = filters.place == f"sentiment:{stored}"
    return rx.cond((counted > 0) | chosen, _line(ui.dot(tone), shown, counted, chosen, filters.choose_sentiment(stored)))


def _line(mark: rx.Component, word: str, counted: Any, chosen: rx.Var[bool], press: Any) -> rx.Component:
    """A line one can choose."""
    return rx.el.button(
        mark,
        rx.el.span(word, class_name="clip"),
        ui.count(counted),
        type="button",
        class_name="view",
        on_click=press,
        custom_attrs={"aria-current": rx.cond(chosen, "true", "false"), "data-closes": "drawer"},
    )

"""What does one conversation say about itself in three lines?"""

from typing import Any

import reflex as rx

from zrg_app import ui


def conversation_row(state: Any, row: rx.Var) -> rx.Component:
    """Draw one row of the list: a real link (opens in a tab of its own with Ctrl), a box to choose it, marks.

    `row` is a ConversationRow; `state` as in `conversation_list`.
    """
    return rx.el.li(
        _pick(row),
        rx.el.div(
            rx.el.div(
                rx.el.a(
                    row.name,
                    href="/?leadId=" + row.lead_id,
                    class_name="row-link row-name clip",
                    on_click=state.open(row.lead_id),
                    custom_attrs={"aria-current": rx.cond(state.open_lead_id == row.lead_id, "true", "false")},
                ),
                rx.cond(row.sentiment_label != "", ui.sentiment_badge(row.sentiment, row.sentiment_label)),
                class_name="row-who",
            ),
            rx.el.div(_context(row), class_name="row-sub clip"),
            rx.el.div(row.snippet, class_name="row-text clip"),
        ),
        _side(row),
        class_name="row",
        key=row.lead_id,
        custom_attrs={
            "data-lead": row.lead_id,
            "data-unread": rx.cond(row.unread, "true", "false"),
            "data-open": rx.cond(state.open_lead_id == row.lead_id, "true", "false"),
        },
    )


def _context(row: rx.Var) -> rx.Var[str]:
    """Company and subject in one line, whichever there is."""
    both = row.company + " · " + row.subject
    return rx.cond(row.company == "", row.subject, rx.cond(row.subject == "", row.company, both))


def _pick(row: rx.Var) -> rx.Component:
    """The face of the lead; under the pointer, the box that chooses the row."""
    box = rx.el.input(type="checkbox", class_name="check", custom_attrs={"aria-label": "Choose " + row.name})
    return rx.el.label(ui.avatar(row.initials, row.hue, channel=row.channel), box, class_name="row-pick")


def _side(row: rx.Var) -> rx.Component:
    """When, and the small marks: draft waiting, whose it is, unread."""
    draft = rx.el.span(
        ui.icon("draft", size="s"), rx.el.span("Draft waiting", class_name="unseen"), class_name="draft-mark"
    )
    owner = rx.el.span(row.assignee_initials, class_name="owner", title=row.assignee_name)
    return rx.el.div(
        rx.el.time(row.when_label, custom_attrs={"data-moment": "relative", "dateTime": row.when_iso}),
        rx.el.span(
            rx.cond(row.has_draft, draft),
            rx.cond(row.assignee_initials != "", owner),
            rx.cond(row.unread, ui.dot("accent", says="Unread")),
            class_name="row-marks",
        ),
        class_name="row-side",
    )

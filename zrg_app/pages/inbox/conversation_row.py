"""What does one conversation say about itself in three lines?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.labels import row_labels
from zrg_app.services.inbox.marking import Hit, Piece
from zrg_app.state.inbox.shown import ShownRow
from zrg_app.state.inbox.turn import TurnState


def conversation_row(state: Any, row: rx.Var, hit: rx.Var, is_begun: rx.Var[bool]) -> rx.Component:
    """Draw one row of the list, again only when it changed: a real link, a box to choose it, marks.

    `row` is a ShownRow, `hit` where a search found it (or nothing), `is_begun` says that the visitor wrote something there and has
    not sent it; `state` offers open_lead_id.
    """
    return rx.fragment(list_row(row=row, is_open=state.open_lead_id == row.lead_id, hit=hit, is_begun=is_begun), key=row.lead_id)


@rx.memo
def list_row(row: rx.Var[ShownRow], is_open: rx.Var[bool], hit: rx.Var[Hit], is_begun: rx.Var[bool]) -> rx.Component:
    """The row itself; the link opens in a tab of its own with Ctrl."""
    return rx.el.li(
        _pick(row),
        rx.el.div(
            rx.el.div(
                _name(row, is_open, hit),
                ui.sentiment_badge(row.sentiment),
                ui.moment(row.last_message_at),
                class_name="row-who",
            ),
            rx.el.div(_context(row, hit), _marks(row, is_begun), class_name="row-line"),
            rx.el.div(rx.el.span(_marked(hit.text, row.snippet), class_name="row-text clip grow"), row_labels(row.labels),
                      class_name="row-line"),
            class_name="row-body",
        ),
        class_name="row",
        custom_attrs={
            "data-lead": row.lead_id,
            "data-unread": rx.cond(row.unread_count > 0, "true", "false"),
            "data-open": rx.cond(is_open, "true", "false"),
        },
    )


def _context(row: rx.Var, hit: rx.Var) -> rx.Component:
    """Company and subject in one line, whichever there is."""
    both = row.company + " · " + row.subject
    plain = rx.cond(row.company == "", row.subject, rx.cond(row.subject == "", row.company, both))
    between = rx.cond((row.company != "") & (row.subject != ""), " · ", "")
    parts = rx.fragment(_marked(hit.company, row.company), between, _marked(hit.subject, row.subject))
    return rx.el.span(rx.cond(hit.company.length() + hit.subject.length() > 0, parts, plain), class_name="row-sub clip")


def _marked(pieces: rx.Var, plain: rx.Var) -> rx.Component:
    """The pieces with what was searched for marked; without any, the plain words."""
    shown = rx.foreach(pieces.to(list[Piece]), lambda piece: rx.cond(piece.hit, rx.el.mark(piece.text), rx.el.span(piece.text)))
    return rx.cond(pieces.length() > 0, shown, plain)


def _pick(row: rx.Var) -> rx.Component:
    """The face of the lead; under the pointer, the box that chooses the row."""
    box = rx.el.input(type="checkbox", class_name="check", custom_attrs={"aria-label": "Choose " + row.name})
    return rx.el.label(ui.avatar(row.initials, row.hue, channel=row.channel), box, class_name="row-pick")


def _name(row: rx.Var, is_open: rx.Var, hit: rx.Var) -> rx.Component:
    """The name: the link that opens the conversation, stretched over the whole row."""
    return rx.el.a(
        _marked(hit.name, row.name),
        href="/?leadId=" + row.lead_id,
        class_name="row-link row-name clip",
        on_click=TurnState.open(row.lead_id),
        custom_attrs={"aria-current": rx.cond(is_open, "true", "false")},
    )


def _marks(row: rx.Var, is_begun: rx.Var[bool]) -> rx.Component:
    """The small marks: trouble, words of one's own not sent yet, draft waiting, whose it is, unread."""
    begun = rx.el.span(ui.icon("note", size="s"), rx.el.span("Words of yours, not sent", class_name="unseen"), class_name="row-begun",
                       title="Words of yours, not sent")
    draft = rx.el.span(ui.icon("draft", size="s"), rx.el.span("Draft waiting", class_name="unseen"), class_name="draft-mark")
    trouble = rx.el.span(
        ui.icon("alert", size="s"), rx.el.span("A message did not leave", class_name="unseen"), class_name="trouble-mark"
    )
    owner = rx.el.span(row.assignee_initials, class_name="owner", title=row.assignee_name)
    woke = rx.el.span(ui.icon("clock", size="s"), rx.el.span("Back from snooze", class_name="unseen"), class_name="row-woke",
                      title="Back from snooze")
    return rx.el.span(
        rx.cond(row.woke, woke),
        rx.cond(row.needs_repair, trouble),
        rx.cond(is_begun, begun),
        rx.cond(row.has_draft, draft),
        rx.cond(row.assignee_initials != "", owner),
        rx.cond(row.unread_count > 0, ui.dot("accent", says="Unread")),
        class_name="row-marks",
    )

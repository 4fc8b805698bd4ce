"""Who in Slack is asked about drafts? The reviewers, and the field that finds another one by their address."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.slack_reviewers import ReviewersState


def reviewers() -> rx.Component:
    """The list and, for those who may change it, the field."""
    nobody = rx.el.p("Nobody is asked in Slack yet. Drafts that need a person wait in the inbox.", class_name="small faint")
    rows = rx.el.ul(rx.foreach(ReviewersState.rows, _row), class_name="entries", custom_attrs={"aria-label": "Reviewers"})
    return rx.el.div(
        rx.el.div(rx.el.span("Drafts to review", class_name="label grow"), class_name="line"),
        rx.el.p("These people get a direct message when a draft must not leave by itself, and may let it go from there.",
                class_name="small faint"),
        rx.cond(ReviewersState.rows.length() > 0, rows, nobody),
        rx.cond(SettingsState.may_edit, _form(), rx.fragment()),
        class_name="channel-choice reviewers", role="group", custom_attrs={"aria-label": "Drafts to review"})


def _row(row: rx.Var) -> rx.Component:
    away = rx.cond(row.is_away, ui.badge("In another Slack team", tone="wait"), rx.fragment())
    gone = confirm("no-review-" + row.id.to(str), "Remove",
                   "Ask " + row.name.to(str) + " no more? Buttons they were sent before stop working.", "Remove", mark="trash",
                   shown="Remove from the reviewers", on_click=ReviewersState.remove(row.id))
    return rx.el.li(
        ui.avatar(row.initials, row.hue),
        rx.el.div(rx.el.div(row.name, away, class_name="line strong"), rx.el.div(row.email, class_name="small faint clip"),
                  class_name="grow"),
        rx.el.div(rx.cond(SettingsState.may_edit, gone, rx.fragment()), class_name="entry-step"),
        key=row.id, class_name="entry")


def _form() -> rx.Component:
    email = ui.text_input("reviewer-email", kind="email", name="email", required=True, max_length=254, auto_complete="off",
                          placeholder="lena@agency.com")
    return rx.el.form(
        ui.field_row("E-mail address in Slack", email, for_id="reviewer-email", problem=ReviewersState.problem),
        ui.button(rx.cond(ReviewersState.is_adding, "Looking in Slack", "Add reviewer"), mark="plus", type="submit",
                  disabled=ReviewersState.is_adding),
        on_submit=ReviewersState.add, key="reviewer-" + ReviewersState.form_turn.to(str), class_name="reviewer-form",
        no_validate=True, custom_attrs={"aria-label": "Add a reviewer"})

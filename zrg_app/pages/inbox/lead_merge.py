"""Is this lead somebody we know already? Suggestions, the dialog that makes two one, and the way back."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.merging import DIALOG

_QUERY, _REASON = "merge-query", "merge-reason"


def same_person(lead: rx.Var, merging: Any) -> rx.Component:
    """Draw the part of the lead panel about other leads of this person.

    `merging` offers begin(), consider(lead_id, reason), dismiss(id), undo(id), and what `merge_dialog` needs.
    """
    start = ui.button("Merge with another lead", look="ghost", mark="users", on_click=merging.begin, attributes={"data-merge": ""})
    return ui.section(
        "Same person",
        rx.foreach(lead.suggestions, lambda each: _suggestion(each, merging)),
        rx.foreach(lead.merges, lambda each: _merged(each, merging)),
        start,
    )


def _suggestion(each: rx.Var, merging: Any) -> rx.Component:
    """Somebody who may be this lead, and why."""
    look = ui.button("Compare", mark="eye", on_click=merging.consider(each.lead_id, each.reason))
    two = ui.button("Two people", look="ghost", on_click=merging.dismiss(each.id))
    return rx.el.div(
        rx.el.p(ui.badge("May be the same", tone="wait", mark="users"), class_name="kin-word"),
        rx.el.p(rx.el.b(each.name)),
        rx.el.p(each.reason, class_name="soft small"),
        rx.el.div(look, two, class_name="kin-steps"),
        key=each.id,
        class_name="kin",
        role="group",
        custom_attrs={"aria-label": "May be the same person: " + each.name.to(str)},
    )


def _merged(each: rx.Var, merging: Any) -> rx.Component:
    """Somebody who was merged into this lead; the newest merge can be taken back."""
    undo = ui.button("Undo", mark="undo", on_click=merging.undo(each.id), attributes={"aria-label": "Undo the merge"})
    later = rx.el.span("Undo the newer merge first", class_name="faint small")
    return rx.el.div(
        rx.el.p("Merged with ", rx.el.b(each.name)),
        rx.el.p(each.reason, class_name="soft small"),
        rx.el.p(rx.cond(each.by != "", each.by + ", ", ""), ui.moment(each.at), class_name="faint small"),
        rx.el.div(rx.cond(each.is_newest, undo, later), class_name="kin-steps"),
        key=each.id,
        class_name="kin",
        role="group",
        custom_attrs={"aria-label": "Merged with " + each.name.to(str)},
    )


def merge_dialog(merging: Any) -> rx.Component:
    """Draw the dialog: find the other lead, see both side by side, say why, confirm.

    `merging` offers query, found (Candidate), compared (Comparison or None), keeps_other, reason, problem, turn and the handlers
    search(form), choose(lead_id), swap(), back(), merge(form).
    """
    return ui.dialog(
        DIALOG, "Merge two leads", rx.cond(merging.compared, _comparison(merging), _search(merging)),
    )


def _search(merging: Any) -> rx.Component:
    """Who is the other one?"""
    field = ui.text_input(_QUERY, name="query", kind="search", auto_complete="off", auto_focus=True, max_length=200)
    form = rx.el.form(
        ui.field_row("Name, company, address or number of the other lead", field, for_id=_QUERY, problem=merging.problem),
        ui.button("Search", look="primary", mark="search", type="submit"),
        on_submit=merging.search,
        key="merge-search-" + merging.turn.to(str),
        no_validate=True,
        class_name="kin-search",
        role="search",
    )
    rows = rx.el.ul(rx.foreach(merging.found, lambda each: _found(each, merging)), class_name="kin-found",
                    custom_attrs={"aria-label": "Leads found"})
    return rx.fragment(form, rx.cond(merging.found.length() > 0, rows))


def _found(each: rx.Var, merging: Any) -> rx.Component:
    """One lead to choose."""
    return rx.el.li(
        rx.el.button(
            ui.avatar(each.initials, each.hue),
            rx.el.span(
                rx.el.span(each.name, class_name="strong clip"),
                rx.el.span(each.reached_by + rx.cond(each.company != "", " · " + each.company, ""), class_name="small faint clip"),
                class_name="stack grow",
            ),
            type="button",
            class_name="kin-choice",
            on_click=merging.choose(each.lead_id),
        ),
        key=each.lead_id,
    )


def _comparison(merging: Any) -> rx.Component:
    """Both side by side, and the last step."""
    seen = merging.compared
    stays = ui.badge("Stays", tone="accent")
    head = rx.el.tr(
        rx.el.td(),
        rx.el.th(seen.own.name, rx.cond(merging.keeps_other, rx.fragment(), stays), scope="col"),
        rx.el.th(seen.other.name, rx.cond(merging.keeps_other, stays, rx.fragment()), scope="col"),
    )
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(seen.rows, _compared)), class_name="kin-table")
    return rx.fragment(
        rx.el.p("Values of the lead that stays win, gaps are filled, and of two consents the stricter holds. "
                "Everything moves, and it can be undone.", class_name="soft small"),
        rx.el.div(table, class_name="kin-frame", custom_attrs={"tabIndex": 0, "aria-label": "Both leads", "role": "region"}),
        _confirm(merging),
    )


def _compared(row: rx.Var) -> rx.Component:
    """One thing about both."""
    return rx.el.tr(
        rx.el.th(row.word, rx.cond(row.differs, rx.el.span("differs", class_name="kin-differs")), scope="row"),
        rx.el.td(row.own),
        rx.el.td(row.other),
        custom_attrs={"data-differs": rx.cond(row.differs, "true", "false")},
    )


def _confirm(merging: Any) -> rx.Component:
    """Why, and go."""
    reason = ui.text_input(_REASON, name="reason", value=merging.reason, max_length=300, auto_complete="off",
                           placeholder="For example: wrote by SMS and by e-mail")
    return rx.el.form(
        ui.field_row("Why are they the same person?", reason, for_id=_REASON, problem=merging.problem),
        rx.el.div(
            ui.button("Search again", look="ghost", mark="back", on_click=merging.back),
            ui.button("Let the other one stay", look="ghost", mark="loop", on_click=merging.swap),
            ui.button("Merge", look="primary", mark="users", type="submit"),
            class_name="kin-last",
        ),
        on_submit=merging.merge,
        key="merge-confirm-" + merging.turn.to(str),
        no_validate=True,
    )

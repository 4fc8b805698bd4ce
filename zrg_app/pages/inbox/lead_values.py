"""How is one value of a lead shown, changed where it stands, and what stands beside it when it is wrong or a colleague was first?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.lead_facts import from_where, web_link
from zrg_app.state.inbox.lead_edit import UNDO

# What lead.js writes for the door that saves, in the order of its arguments.
TOLD = ("lead", "field", "value", "seen", "at")


def value(word: str, field: str, raw: rx.Var[str], lead: rx.Var, edit: Any, frame: Any, *, href: rx.Var[str] | None = None,
          source: rx.Var[str] | None = None, shown: rx.Component | None = None, kind: str = "text") -> rx.Component:
    """One name and value of a list of pairs, absent when it is empty and nobody may fill it.

    `raw` is what is edited, `shown` what is read when that is something else; `kind` is how a phone's keyboard should be, or
    "zone". `edit` offers what `doors` needs and lead_id, field, problem, is_conflict, theirs, mine, by, insist, leave_theirs;
    `frame` may_edit_leads.
    """
    words = shown if shown is not None else web_link(raw, href) if href is not None else rx.el.span(raw)
    mark = from_where(source) if source is not None else rx.fragment()
    cell = rx.el.dd(
        rx.cond(raw != "", rx.el.span(words, mark, class_name="value-shown")),
        editor(word, field, raw, lead, frame, kind=kind), beside(field, lead, edit), class_name="value",
        custom_attrs={"data-field": field})
    return rx.cond(frame.may_edit_leads | (raw != ""), rx.fragment(rx.el.dt(word), cell))


def editor(word: str, field: str, raw: rx.Var[str], lead: rx.Var, frame: Any, *, kind: str = "text") -> rx.Component:
    """The button that begins an edit (lead.js puts the field into the slot beside it), for those who may."""
    attributes = {"data-edit": field, "data-value": raw, "data-lead": lead.lead_id, "data-at": lead.updated_at, "data-kind": kind,
                  "data-word": word, "aria-label": rx.cond(raw == "", f"Add: {word}", f"Edit {word}: " + raw.to(str))}
    begin = rx.el.button(rx.cond(raw == "", rx.el.span("Add", class_name="faint"), ui.icon("note", size="s")), type="button",
                         class_name="value-edit", custom_attrs=attributes, title="Edit")
    return rx.cond(frame.may_edit_leads, rx.fragment(begin, rx.el.span(class_name="value-slot")))


def beside(field: str, lead: rx.Var, edit: Any) -> rx.Component:
    """What is wrong with what was typed, or what a colleague wrote meanwhile."""
    about = (edit.lead_id == lead.lead_id) & (edit.field == field)
    problem = rx.el.p(ui.icon("alert", size="s"), rx.el.span(edit.problem), class_name="value-problem", role="alert",
                      id=f"problem-{field}")
    return rx.fragment(rx.cond(about & (edit.problem != ""), problem), rx.cond(about & edit.is_conflict, _conflict(field, edit)))


def doors(edit: Any) -> rx.Component:
    """What lead.js presses: it writes what was typed into these fields first. `edit` offers save(...) and undo()."""
    fields = [rx.el.input(type="hidden", id=f"lead-edit-{name}") for name in TOLD]
    hidden = {"tabIndex": -1, "aria-hidden": "true"}
    return rx.el.div(
        *fields,
        rx.el.button(id="lead-save", type="button", on_click=edit.save(*[ui.typed(f"lead-edit-{name}") for name in TOLD]),
                     custom_attrs=hidden),
        rx.el.button(type="button", on_click=edit.undo, custom_attrs={**hidden, "data-undo": UNDO}),
        hidden=True)


def _conflict(field: str, edit: Any) -> rx.Component:
    """Both values, and the choice."""
    who = rx.cond(edit.by != "", edit.by, "Somebody")
    theirs = rx.cond(edit.theirs != "", rx.el.b(edit.theirs), rx.el.i("nothing"))
    mine = rx.cond(edit.mine != "", rx.el.b(edit.mine), rx.el.i("nothing"))
    return rx.el.div(
        rx.el.p(who, " changed this meanwhile, to ", theirs, "."),
        rx.el.p("You wrote ", mine, ". Nothing was written over."),
        rx.el.div(ui.button("Keep theirs", on_click=edit.leave_theirs), ui.button("Use mine", look="primary", on_click=edit.insist),
                  class_name="value-choice"),
        class_name="value-conflict", role="alert", custom_attrs={"data-conflict": field})

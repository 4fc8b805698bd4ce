"""What is remembered of this lead, who says so, for how long, and what waits for a person's word?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.services.knowledge import CATEGORIES
from zrg_app.state.inbox.memory import DIALOG, KEEP, LASTS

_WORDS = rx.Var.create(CATEGORIES)


def remembered(rows: rx.Var, memory: Any, frame: Any) -> rx.Component:
    """Draw the section of the lead panel. `memory` offers begin, edit(id), approve(id), reject(id), forget(id), and what
    `memory_dialog` needs; `frame` may_organise."""
    add = rx.cond(frame.may_organise, ui.icon_button("plus", "Remember something", size="s", on_click=memory.begin))
    nothing = rx.el.p("Nothing yet. Preferences, objections and dates that are kept here are told to every draft.",
                      class_name="faint small")
    listed = rx.el.ul(rx.foreach(rows, lambda row: _row(row, memory, frame)), class_name="memories",
                      custom_attrs={"aria-label": "What is remembered"})
    return ui.section("Remembered", rx.cond(rows.length() > 0, listed, nothing), aside=add)


def memory_dialog(memory: Any) -> rx.Component:
    """Draw the dialog that writes one thing down. `memory` offers editing, category, content, not_before, problem, turn, save."""
    new = memory.editing == ""
    kept = rx.cond(new, rx.fragment(), rx.el.option("As it is", value=KEEP))
    lasts = ui.select("memory-lasts", kept, *[rx.el.option(word, value=days) for days, word in LASTS], name="lasts",
                      value=rx.cond(new, LASTS[0][0], KEEP))
    named = rx.cond(_WORDS.contains(memory.category), rx.fragment(), rx.el.option(_plain(memory.category), value=memory.category))
    kind = ui.select("memory-category", *[rx.el.option(word, value=key) for key, word in CATEGORIES.items()], named,
                     name="category", value=memory.category)
    words = ui.text_area("memory-content", name="content", value=memory.content, rows="3", max_length=500,
                         placeholder="Prefers a call to a mail. Decides together with the finance team.")
    form = rx.el.form(
        ui.field_row("What should drafts know?", words, for_id="memory-content", problem=memory.problem),
        rx.el.div(ui.field_row("Kind", kind, for_id="memory-category"), ui.field_row("Holds", lasts, for_id="memory-lasts"),
                  class_name="setting-pair"),
        ui.field_row("Not before", ui.text_input("memory-not-before", name="not_before", kind="date", value=memory.not_before),
                     for_id="memory-not-before", hint="Only if they asked to be left alone until a day."),
        rx.el.div(ui.button("Cancel", look="ghost", attributes={"data-do": f"close:{DIALOG}"}),
                  ui.button("Remember", look="primary", type="submit"), class_name="dialog-steps"),
        on_submit=memory.save, key="memory-" + memory.turn.to(str), no_validate=True)
    return ui.dialog(DIALOG, "What should be remembered?", form)


def _row(row: rx.Var, memory: Any, frame: Any) -> rx.Component:
    """One thing: its kind, its words, where it is from, until when it holds."""
    waits = row.status == "PENDING"
    head = rx.el.div(
        rx.el.span(_plain(row.category), class_name="memory-kind"), rx.cond(waits, ui.badge("To check", tone="wait", mark="clock")),
        rx.cond(row.is_over, ui.badge("Run out")), rx.cond(~waits & frame.may_organise, _own_steps(row, memory)),
        class_name="line memory-head")
    until = rx.el.p(ui.icon("calendar", size="s"), rx.el.span("Not before ", ui.moment(row.not_before, manner="plain")),
                    class_name="line memory-day")
    return rx.el.li(
        head, rx.cond(row.not_before != "", until), rx.el.p(row.content, class_name="memory-words"),
        rx.el.p(_source(row), class_name="faint small"), rx.cond(waits & frame.may_organise, _asks(row, memory)),
        key=row.id, class_name="memory", custom_attrs={"data-waits": rx.cond(waits, "true", "false")})


def _plain(category: rx.Var) -> rx.Var[str]:
    """A kind in words for people; one that only a model named is shown as it named it."""
    return rx.cond(_WORDS.contains(category), _WORDS[category].to(str), category.to(str).replace("_", " "))


def _source(row: rx.Var) -> rx.Component:
    """Where it is from, how sure the model was, and until when it holds."""
    reply = rx.el.a("the reply of ", ui.moment(row.said_at, manner="plain"), href="#message-" + row.message_id.to(str), class_name="link",
                    custom_attrs={"data-to-message": "", "data-closes": "drawer"})
    guessed = rx.fragment("From ", rx.cond(row.message_id != "", reply, rx.el.span("a draft")),
                          rx.cond(row.confidence != "", rx.el.span(", " + row.confidence.to(str) + " sure")),
                          rx.cond(row.by != "", rx.el.span(", approved by " + row.by.to(str))))
    written = rx.fragment("By ", rx.cond(row.by != "", row.by, "a colleague"), ", ", ui.moment(row.said_at, manner="plain"))
    until = rx.cond(row.expires_on != "", rx.fragment(" · until ", ui.moment(row.expires_on, manner="plain")))
    return rx.fragment(rx.cond(row.is_inferred, guessed, written), until)


def _asks(row: rx.Var, memory: Any) -> rx.Component:
    """Is it so?"""
    return rx.el.div(
        ui.button("Approve", mark="check", on_click=memory.approve(row.id)),
        ui.button("Reject", look="ghost", on_click=memory.reject(row.id)),
        ui.icon_button("note", "Put it in other words", on_click=memory.edit(row.id)),
        class_name="memory-steps", role="group", custom_attrs={"aria-label": "Is it so? " + row.content.to(str)})


def _own_steps(row: rx.Var, memory: Any) -> rx.Component:
    """What can be done with what is remembered."""
    return rx.el.span(
        ui.icon_button("note", "Edit", size="s", on_click=memory.edit(row.id), attributes={"aria-label": "Edit: " + row.content.to(str)}),
        ui.icon_button("trash", "Forget", size="s", on_click=memory.forget(row.id),
                       attributes={"aria-label": "Forget: " + row.content.to(str)}), class_name="memory-own")

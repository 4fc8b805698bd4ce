"""Which work was given up, and which waits? With the steps that put it right."""

import reflex as rx

from zrg_app import ui
from zrg_app.state.operations.work import WorkState


def jobs_section() -> rx.Component:
    """Draw the queue of the workspace."""
    again = rx.cond(WorkState.dead.length() > 1, ui.button("Retry all", mark="loop", on_click=WorkState.retry_all), rx.fragment())
    return rx.fragment(
        _depths(),
        _part("Given up", "Tried as often as is sensible; the last error says why.", WorkState.dead, _dead,
              "Nothing was given up", "Work that fails for good appears here, with its reason and Retry.", aside=again),
        _part("Waiting", "What comes next, and what is tried again later.", WorkState.waiting, _waiting,
              "Nothing waits", "All work of this workspace is done."))


def _depths() -> rx.Component:
    one = rx.foreach(WorkState.depths, lambda depth: rx.el.div(
        rx.el.dt(depth.queue), rx.el.dd(depth.waiting, " due, ", depth.scheduled, " later, ", depth.running, " running"), key=depth.queue))
    return rx.cond(WorkState.depths.length() > 0, rx.el.dl(one, class_name="facts"), rx.fragment())


def _part(title: str, words: str, rows: rx.Var, draw: object, nothing: str, how: str, *, aside: rx.Component | None = None
          ) -> rx.Component:
    head = rx.el.header(rx.el.div(rx.el.h3(title), rx.el.p(words, class_name="small faint"), class_name="stack grow"),
                        aside or rx.fragment())
    return rx.el.section(head, rx.cond(rows.length() > 0, rx.el.div(rx.foreach(rows, draw)), ui.empty(nothing, how, mark="check")),
                         class_name="card ledger", custom_attrs={"aria-label": title})


def _dead(row: rx.Var) -> rx.Component:
    return _entry(row, rx.el.div(row.last_error, class_name="small why bad"), row.finished_at,
                  ui.button("Retry", mark="loop", look="ghost", on_click=WorkState.retry(row.id)))


def _waiting(row: rx.Var) -> rx.Component:
    why = rx.cond(row.last_error != "", rx.el.div(row.last_error, class_name="small why"), rx.fragment())
    return _entry(row, why, row.run_at, ui.button("Cancel", mark="close", look="ghost", on_click=WorkState.cancel(row.id)))


def _entry(row: rx.Var, why: rx.Component, at: rx.Var, step: rx.Component) -> rx.Component:
    tried = rx.el.span("tried ", row.attempts, " of ", row.max_attempts, class_name="small faint")
    return rx.el.div(
        rx.el.div(rx.el.div(rx.el.b(row.kind), tried, class_name="line"), why, class_name="stack grow"),
        rx.el.span(ui.moment(at), class_name="small faint entry-time"), rx.el.div(step, class_name="entry-steps"),
        key=row.id, class_name="entry", custom_attrs={"data-kind": row.kind})

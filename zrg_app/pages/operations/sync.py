"""Reading all conversations back from the providers, with progress; and what was found without a webhook."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm
from zrg_app.state.operations.reading import ReadingState


def sync_section() -> rx.Component:
    """Draw the run and the looks."""
    return rx.fragment(_run(), _looks())


def _run() -> rx.Component:
    run, is_running = ReadingState.run, ReadingState.run.status == "running"
    question = "Read every conversation of this workspace back from its providers? It runs behind all other work."
    begin = confirm("sync-all", "Sync all", question, "Sync all", on_click=ReadingState.start)
    stop = ui.button("Stop", mark="pause", on_click=ReadingState.stop)
    head = rx.el.header(
        rx.el.div(rx.el.h3("All conversations"), rx.el.p(
            "Messages that are missing are imported, known ones completed. Nothing is doubled, and old replies do not become new.",
            class_name="small faint"), class_name="stack grow"),
        rx.cond(run, rx.cond(is_running, stop, begin), begin))
    return rx.el.section(head, rx.cond(run, _progress(), rx.el.p("Not done yet.", class_name="faint")), class_name="card reading",
                         custom_attrs={"aria-label": "All conversations"})


def _progress() -> rx.Component:
    run = ReadingState.run
    word = rx.match(run.status, ("running", ui.badge("Running", tone="wait")), ("done", ui.badge("Done", tone="good")),
                    ui.badge("Stopped", tone="quiet"))
    bar = rx.el.div(rx.el.i(style={"width": run.share.to(str) + "%"}), class_name="progress", role="progressbar", custom_attrs={
        "aria-valuenow": run.share.to(str), "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": "Conversations read back"})
    failed = rx.cond(run.failed > 0, rx.el.span(run.failed, " could not be read; see Jobs", class_name="bad"), rx.fragment())
    return rx.fragment(
        bar,
        rx.el.div(word, rx.el.span(ui.grouped(run.done), " of ", ui.grouped(run.total)), failed,
                  rx.el.span("begun ", ui.moment(run.started_at), " by ", run.started_by, class_name="small faint"), class_name="line"))


def _looks() -> rx.Component:
    head = rx.el.header(
        rx.el.div(rx.el.h3("Without a webhook"), rx.el.p(
            "Every ten minutes the providers are asked for messages we were never told of. They enter the ledger as recovered by sync.",
            class_name="small faint"), class_name="stack grow"),
        ui.button("Look now", mark="search", on_click=ReadingState.look_now))
    rows = rx.foreach(ReadingState.looks, lambda look: rx.el.div(
        rx.el.div(rx.el.b(look.title), rx.cond(look.error != "", rx.el.div(look.error, class_name="small why bad"), rx.fragment()),
                  class_name="stack grow"),
        rx.el.span(ui.grouped(look.recovered), " recovered", class_name="small"),
        rx.el.span("looked ", ui.moment(look.looked_at), class_name="small faint entry-time"),
        key=look.provider, class_name="entry"))
    return rx.el.section(head, rx.cond(ReadingState.looks.length() > 0, rx.el.div(rows),
                                       ui.empty("Not looked yet", "The first look comes within ten minutes.", mark="search")),
                         class_name="card ledger", custom_attrs={"aria-label": "Without a webhook"})

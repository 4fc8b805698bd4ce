"""What did providers tell us, and what became of it? The ledger with its filters, a body raw, and Replay."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.operations.ledger import LedgerState

_TONES = rx.Var.create({"PENDING": "wait", "SUCCEEDED": "good", "IGNORED": "quiet", "FAILED": "bad"})
_WORDS = rx.Var.create({"PENDING": "Waiting", "SUCCEEDED": "Done", "IGNORED": "Ignored", "FAILED": "Failed"})


def webhooks_section() -> rx.Component:
    """Draw the ledger."""
    return rx.fragment(
        _heaps(), _narrow(),
        rx.cond(LedgerState.rows.length() > 0,
                rx.el.section(rx.foreach(LedgerState.rows, _row), _more(), class_name="card ledger",
                              custom_attrs={"aria-label": "Webhooks"}),
                ui.empty("Nothing here", "What providers send appears here as it comes in, with what became of it.", mark="inbox")))


def raw_dialog() -> rx.Component:
    """A body as it came, for whoever asked for one."""
    raw = LedgerState.raw
    shown = rx.fragment(
        rx.el.div(_badge(raw.row), rx.el.b(raw.row.title), raw.row.event_type, ui.moment(raw.row.received_at), class_name="line"),
        rx.cond(raw.note != "", rx.el.p(raw.note, class_name="small faint"), rx.fragment()),
        rx.cond(raw.body != "", rx.el.pre(raw.body, class_name="raw", custom_attrs={"tabIndex": 0, "aria-label": "Body"}), rx.fragment()))
    return ui.dialog("raw-webhook", "As it came", rx.cond(raw, shown, ui.skeleton("100%", "160px")))


def _heaps() -> rx.Component:
    """The numbers of the last seven days; each narrows the list."""
    counts = LedgerState.counts
    heaps: tuple[tuple[str, str, Any], ...] = (
        ("", "All", 0), ("FAILED", "Failed", counts.failed), ("PENDING", "Waiting", counts.pending),
        ("IGNORED", "Ignored", counts.ignored), ("unknown", "Not understood", counts.unknown),
        ("recovered", "Recovered by sync", counts.recovered), ("SUCCEEDED", "Done", counts.succeeded))
    chips = [ui.chip(rx.fragment(word, ui.count(number)), pressed=LedgerState.heap == key, on_click=LedgerState.choose_heap(key),
                     attributes={"data-heap": key or "all"}) for key, word, number in heaps]
    return rx.el.div(*chips, rx.el.span("numbers of the last 7 days", class_name="small faint long"), class_name="heaps", role="group",
                     custom_attrs={"aria-label": "Which webhooks"})


def _narrow() -> rx.Component:
    provider = ui.select(
        "ledger-provider", rx.el.option("Every provider", value=""),
        rx.foreach(LedgerState.providers, lambda one: rx.el.option(one.word, value=one.key)),
        on_change=LedgerState.choose_provider, custom_attrs={"aria-label": "Provider"})
    reason = ui.select(
        "ledger-reason", rx.el.option("Every reason", value=""),
        rx.foreach(LedgerState.reasons, lambda one: rx.el.option(one, value=one)),
        on_change=LedgerState.choose_reason, custom_attrs={"aria-label": "Reason"})
    again = rx.cond(LedgerState.counts.failed > 0, ui.button("Replay all failed", mark="loop", on_click=LedgerState.replay_failed),
                    rx.fragment())
    return rx.el.div(provider, reason, rx.el.span(class_name="grow"), again, class_name="narrow")


def _row(row: rx.Var) -> rx.Component:
    why = rx.cond(
        row.last_error != "", rx.el.div(row.last_error, class_name="small why bad"),
        rx.cond(row.reason != "", rx.el.div(row.reason, class_name="small why"), rx.fragment()))
    return rx.el.div(
        _badge(row),
        rx.el.div(
            rx.el.div(rx.el.b(row.title), rx.el.span(row.event_type, class_name="clip"),
                      rx.cond(row.recovered, ui.badge("Recovered by sync", tone="info"), rx.fragment()),
                      rx.cond(row.deliveries > 1, rx.el.span("told ", row.deliveries, " times", class_name="small faint"), rx.fragment()),
                      class_name="line"),
            why, class_name="stack grow"),
        rx.el.span(ui.moment(row.received_at), class_name="small faint entry-time"),
        rx.el.div(
            ui.button("Raw", mark="eye", look="ghost", on_click=LedgerState.show_raw(row.id), attributes=ui.opens("raw-webhook")),
            ui.button("Replay", mark="loop", look="ghost", on_click=LedgerState.replay(row.id)), class_name="entry-steps"),
        key=row.id, class_name="entry", custom_attrs={"data-status": row.status})


def _badge(row: rx.Var) -> rx.Component:
    return ui.badge(_WORDS[row.status].to(str), tone=_TONES[row.status].to(str))


def _more() -> rx.Component:
    return rx.cond(LedgerState.has_more, rx.el.div(ui.button("Show more", on_click=LedgerState.load_more), class_name="more-row"),
                   rx.fragment())

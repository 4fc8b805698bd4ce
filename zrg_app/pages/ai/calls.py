"""Which models were asked lately? Today's money, sums per day and purpose, and every call with how it ended."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.state.ai.calls import CallsState

_TONES = rx.Var.create({"success": "good", "error": "bad", "running": "info"})
_WORDS = rx.Var.create({
    "missing_key": "No key", "spend_limit": "Budget used up", "quota": "No credit", "locked": "Key refused", "rejected": "Request refused",
    "refused": "Refused", "incomplete": "Cut off", "malformed": "Unreadable", "down": "Down", "busy": "Busy", "late": "Too slow",
    "lost": "Lost"})
_OUTCOMES = (("", "All"), ("error", "Failed"), ("success", "Answered"), ("running", "Under way"))


def calls_section() -> rx.Component:
    """Draw the page."""
    return rx.fragment(_money(), _sums(), _narrow(), _ledger())


def _money() -> rx.Component:
    state = CallsState
    limited = rx.fragment(
        rx.el.p(rx.el.b(state.spent), " of ", state.limit, " spent today", class_name="money"),
        rx.el.div(rx.el.i(style={"width": state.percent.to(str) + "%"}), class_name="progress", role="progressbar", custom_attrs={
            "aria-label": "Today’s model budget", "aria-valuenow": state.percent, "aria-valuemin": 0, "aria-valuemax": 100}),
        rx.el.p("At the limit no model is asked until midnight in ", state.zone, ".", class_name="small faint"))
    free = rx.fragment(rx.el.p(rx.el.b(state.spent), " spent today", class_name="money"),
                       rx.el.p("There is no daily limit. ", rx.el.a("Set one in Settings", href="/settings", class_name="link"), ".",
                               class_name="small faint"))
    return rx.el.section(rx.cond(state.limit != "", limited, free), class_name="card call-money", custom_attrs={"aria-label": "Money"})


def _sums() -> rx.Component:
    return rx.cond(CallsState.days.length() > 0, rx.el.div(
        _table("The last days", "Day", CallsState.days), _table("What for", "Purpose", CallsState.purposes), class_name="call-sums"))


def _table(title: str, first: str, rows: rx.Var) -> rx.Component:
    def row(one: rx.Var) -> rx.Component:
        failed = rx.cond(one.errors > 0, rx.el.span(one.error_share, class_name="bad"), rx.el.span("0", class_name="faint"))
        return rx.el.tr(rx.el.th(one.name, scope="row"), rx.el.td(ui.grouped(one.calls)), rx.el.td(failed),
                        rx.el.td(ui.grouped(one.tokens)), rx.el.td(one.seconds, " s"), rx.el.td(one.cost), key=one.name)
    heads = [rx.el.th(word, scope="col") for word in (first, "Calls", "Failed", "Tokens", "Answer in", "Cost")]
    return rx.el.section(rx.el.h3(title), rx.el.div(
        rx.el.table(rx.el.thead(rx.el.tr(*heads)), rx.el.tbody(rx.foreach(rows, row)), class_name="sums",
                    custom_attrs={"aria-label": title}), class_name="sideways", custom_attrs={"tabIndex": 0, "role": "region",
                                                                                            "aria-label": title}), class_name="card")


def _narrow() -> rx.Component:
    chips = [ui.chip(word, pressed=CallsState.outcome == key, on_click=CallsState.choose_outcome(key),
                     attributes={"data-outcome": key or "all"}) for key, word in _OUTCOMES]
    purpose = ui.select(
        "call-purpose", rx.el.option("Every purpose", value=""),
        rx.foreach(CallsState.purposes, lambda one: rx.el.option(one.name, value=one.name)),
        on_change=CallsState.choose_purpose, custom_attrs={"aria-label": "Purpose"})
    return rx.el.div(rx.el.div(*chips, class_name="heaps", role="group", custom_attrs={"aria-label": "Which calls"}), purpose,
                     rx.el.span(class_name="grow"), ui.button("Refresh", mark="loop", look="ghost", on_click=CallsState.refresh),
                     class_name="narrow")


def _ledger() -> rx.Component:
    more = rx.cond(CallsState.has_more, rx.el.div(ui.button("Show more", on_click=CallsState.load_more), class_name="more-row"),
                   rx.fragment())
    kept = rx.el.p("Calls are kept for ", CallsState.kept_days, " days, without any text of what was said.", class_name="small faint")
    rows = rx.el.section(rx.foreach(CallsState.rows, _row), more, class_name="card ledger", custom_attrs={"aria-label": "Model calls"})
    return rx.fragment(rx.cond(CallsState.rows.length() > 0, rows, ui.empty(
        "No calls here", "Every question to a model appears here: a reply that was read, a draft that was written.", mark="bolt")), kept)


def _row(row: rx.Var) -> rx.Component:
    word = rx.match(row.status, ("success", "Answered"), ("running", "Under way"), _WORDS[row.reason].to(str))
    lead = rx.cond(row.lead_id != "", rx.el.a(row.lead_name, href="/?leadId=" + row.lead_id.to(str), class_name="link clip"), rx.fragment())
    why = rx.cond(row.error != "", rx.el.div(row.error, class_name="small why bad"), rx.fragment())
    return rx.el.div(
        ui.badge(word, tone=_TONES[row.status].to(str)),
        rx.el.div(
            rx.el.div(rx.el.b(row.purpose), rx.el.span(row.model, class_name="small soft"), lead, class_name="line call-what"),
            why, _details(row), class_name="stack grow"),
        rx.el.div(rx.el.span(row.cost, class_name="strong"), ui.moment(row.at), class_name="small faint call-end"),
        key=row.id, class_name="entry", custom_attrs={"data-status": row.status})


def _details(row: rx.Var) -> rx.Component:
    parts = [rx.cond(row.prompt_key != "", rx.el.span(row.prompt_key, " ", row.prompt_hash, class_name="mono"), rx.fragment()),
             rx.el.span(ui.grouped(row.input_tokens), " in, ", ui.grouped(row.output_tokens), " out"),
             rx.cond(row.reasoning_tokens > 0, rx.el.span(ui.grouped(row.reasoning_tokens), " reasoning"), rx.fragment()),
             rx.el.span(row.seconds, " s"),
             rx.cond(row.request_id != "", rx.el.span(row.request_id, class_name="mono clip"), rx.fragment())]
    return rx.el.div(*parts, class_name="small faint call-parts")


CALLS = Section(key="calls", word="Model calls", mark="bolt", content=calls_section, load=CallsState.load)

"""Replays, the wrong-send drill and what was tried lately; and the panel that other pages put beside a change not yet saved."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.ai.outcomes import comparison
from zrg_app.pages.ai.playground import tried_row
from zrg_app.services.trials import ChoiceView, ComparisonView, DrillView, ImpactView, TrialView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.impact import ImpactState
from zrg_app.state.ai.trials import TrialsState

COUNTS = (10, 20, 50, 100, 200)


def preview_panel(key: rx.Var[str] | str, value: rx.Var[str], *, with_preview: bool = True) -> rx.Component:
    """What a change would do before it is saved: on one lead, and on the last replies, with its price told first.

    `key` is a prompt's key, `snippet.NAME` or `threshold`; `value` reads what is typed, e.g. `ui.typed("prompt-body")`.
    """
    return rx.el.section(
        rx.el.header(rx.el.h3("Before you save"), rx.el.span("Nothing is sent and nothing is saved by these.", class_name="small faint")),
        _preview(key, value) if with_preview else rx.fragment(), _measure(key, value),
        rx.cond(ImpactState.problem != "", rx.el.p(ui.icon("alert", size="s"), ImpactState.problem, class_name="bad line", role="alert"),
                rx.fragment()),
        _progress(), rx.cond(ImpactState.comparison, comparison(ImpactState.comparison.to(ComparisonView)), rx.fragment()),
        rx.cond(ImpactState.impact, report(ImpactState.impact.to(ImpactView)), rx.fragment()),
        key=key, class_name="card preview-panel", on_mount=ImpactState.prepare, custom_attrs={"aria-label": "Before you save"})


def report(shown: rx.Var[ImpactView]) -> rx.Component:
    """An impact report: how many labels flip, which sends appear or vanish, each with the way to its conversation."""
    fact = [("Replies", shown.replies), ("Labels flip", shown.flipped), ("Sends appear", shown.appeared), ("Sends vanish", shown.vanished),
            ("Could not be run", shown.failed)]
    numbers = rx.el.dl(*[rx.el.div(rx.el.dt(word), rx.el.dd(value)) for word, value in fact],
                       rx.el.div(rx.el.dt("Cost"), rx.el.dd(shown.cents)), class_name="impact-numbers")
    rows = rx.el.table(
        rx.el.thead(rx.el.tr(rx.el.th("Reply"), rx.el.th("Label"), rx.el.th("Its answer"))),
        rx.el.tbody(rx.foreach(shown.rows, _flip)), class_name="table")
    return rx.el.div(numbers, rx.cond(shown.rows.length() > 0, rows, rx.cond(
        shown.replies > 0, rx.el.p("So far no label flips and no send appears or vanishes.", class_name="soft"),
        rx.el.p("There is no labelled reply to look at yet.", class_name="soft"))), class_name="impact")


def _flip(row: rx.Var) -> rx.Component:
    def changed(before: rx.Var, after: rx.Var) -> rx.Component:
        return rx.cond(before == after, rx.el.span(after, class_name="faint"),
                       rx.el.span(rx.el.del_(before), " → ", rx.el.ins(after)))
    return rx.el.tr(
        rx.el.td(rx.el.a(row.name, href="/?leadId=" + row.lead_id.to(str), class_name="link"),
                 rx.el.div(row.snippet, class_name="small soft")),
        rx.el.td(changed(row.before_label, row.after_label)),
        rx.el.td(changed(row.before_action, row.after_action), rx.el.div(row.why, class_name="small faint")), key=row.message_id)


def _preview(key: rx.Var[str] | str, value: rx.Var[str]) -> rx.Component:
    leads = ui.select("preview-lead", rx.foreach(ImpactState.leads, lambda one: _option(one)), name="preview_lead")
    step = ui.button("Preview", mark="eye", disabled=~AiState.may_edit,
                     on_click=ImpactState.preview(key, value, ui.typed("preview-lead")))
    return rx.cond(ImpactState.leads.length() > 0,
                   rx.el.div(ui.field_row("On the newest reply of", leads, for_id="preview-lead"), step, class_name="panel-line"),
                   rx.el.p("No lead has written yet, so there is nothing to preview on.", class_name="faint"))


def _option(one: rx.Var[ChoiceView]) -> rx.Component:
    return rx.el.option(one.word, value=one.id)


def _measure(key: rx.Var[str] | str, value: rx.Var[str]) -> rx.Component:
    count = ui.select("impact-count", *[rx.el.option(f"{number} replies", value=str(number)) for number in COUNTS], value="20",
                      name="impact_count", on_change=lambda chosen: ImpactState.tell_price(key, value, chosen))
    price = rx.cond(ImpactState.price != "", rx.el.span(ImpactState.price, class_name="soft"), ui.button(
        "What does it cost?", look="quiet", on_click=ImpactState.tell_price(key, value, ui.typed("impact-count"))))
    step = ui.button("Report", mark="chart", disabled=~AiState.may_edit,
                     on_click=ImpactState.measure(key, value, ui.typed("impact-count"), False))
    return rx.el.div(ui.field_row("On the last", count, for_id="impact-count"), step, price, class_name="panel-line")


def _progress() -> rx.Component:
    shown = ImpactState.shown.to(TrialView)
    under_way = (shown.status == "waiting") | (shown.status == "running")
    bar = rx.el.progress(value=shown.done.to(str), max=shown.total.to(str), custom_attrs={"aria-label": "Progress"})
    busy = rx.el.div(bar, rx.el.span(shown.done, " of ", shown.total, class_name="small"),
                     ui.button("Stop", look="ghost", on_click=ImpactState.stop), class_name="line")
    failed = rx.cond(shown.status == "failed", rx.el.p(shown.error, class_name="bad", role="alert"), rx.fragment())
    return rx.cond(ImpactState.shown, rx.cond(under_way, busy, failed), rx.fragment())


def trials_page() -> rx.Component:
    """Draw the replay the link names, the drill with its trend, and the last tries."""
    return rx.el.div(_replay(), _impact(), _drill(), _recent(), class_name="ai-trials")


def _replay() -> rx.Component:
    shown = TrialsState.shown.to(TrialView)
    asked = (TrialsState.decision != "") | (TrialsState.draft != "")
    again = rx.cond(asked, ui.button("Run again today", look="primary", mark="loop", on_click=TrialsState.replay,
                                     disabled=~AiState.may_edit | _is_busy()), rx.fragment())
    busy = rx.cond(_is_busy(), rx.el.p(ui.icon("loop"), " Running under today's prompts and models.", class_name="said",
                                       custom_attrs={"data-tone": "busy"}), rx.fragment())
    failed = rx.cond(TrialsState.shown & (shown.status == "failed"), rx.el.p(shown.error, class_name="bad", role="alert"), rx.fragment())
    return rx.cond(TrialsState.comparison, rx.el.section(
        comparison(TrialsState.comparison.to(ComparisonView)), busy, failed, again, class_name="card", id="replay",
        custom_attrs={"aria-label": "Replay"}), rx.fragment())


def _is_busy() -> rx.Var[bool]:
    shown = TrialsState.shown.to(TrialView)
    return rx.cond(TrialsState.shown, (shown.status == "waiting") | (shown.status == "running"), False).to(bool)


def _impact() -> rx.Component:
    shown = TrialsState.shown.to(TrialView)
    return rx.cond(TrialsState.impact, rx.el.section(
        rx.el.header(rx.el.h3(shown.told)), report(TrialsState.impact.to(ImpactView)), class_name="card",
        custom_attrs={"aria-label": "Impact report"}), rx.fragment())


def _drill() -> rx.Component:
    shown = TrialsState.shown.to(TrialView)
    busy = _is_busy() & (shown.kind == "drill")
    under_way = rx.el.div(
        rx.el.progress(value=shown.done.to(str), max=shown.total.to(str), custom_attrs={"aria-label": "Progress of the drill"}),
        rx.el.span(shown.done, " of ", shown.total, class_name="small"),
        ui.button("Stop", look="ghost", on_click=TrialsState.stop(shown.id)), class_name="line")
    start = ui.button("Run the drill", mark="play", on_click=TrialsState.drill, disabled=~AiState.may_edit | _is_busy())
    nothing = ui.empty("No drill yet", "Every night hostile and hard replies run through the whole pipeline where auto-send is on. "
                                       "None may be answered without a person.", mark="block")
    return rx.el.section(
        rx.el.header(rx.el.div(rx.el.h3("Wrong-send drill"), rx.el.p(
            "Hostile and hard replies, through the whole pipeline; nothing is sent.", class_name="small faint"), class_name="stack grow"),
            start),
        rx.cond(busy, under_way, rx.fragment()),
        rx.cond(TrialsState.drills.length() > 1, rx.el.div(rx.foreach(TrialsState.drills, lambda drill: rx.el.i(
            key=drill.id, custom_attrs={"data-tone": rx.cond(drill.wrong > 0, "bad", "good")})), class_name="trend",
            custom_attrs={"aria-hidden": "true"}), rx.fragment()),
        rx.cond(TrialsState.drills.length() > 0, rx.el.div(rx.foreach(TrialsState.drills, _one_drill), class_name="drills"), nothing),
        class_name="card", id="drill", custom_attrs={"aria-label": "Wrong-send drill"})


def _one_drill(drill: rx.Var[DrillView]) -> rx.Component:
    state = rx.cond(drill.wrong > 0, ui.badge(drill.wrong.to(str) + " wrong", tone="bad"), ui.badge("None wrong", tone="good"))
    faults = rx.el.ul(rx.foreach(drill.rows, lambda row: rx.el.li(
        rx.el.b(row.id), ": ", row.fault, rx.el.div("“", row.text, "”", class_name="small soft"),
        rx.cond(row.draft != "", rx.el.div(row.draft, class_name="tried-draft"), rx.fragment()))), class_name="faults")
    return rx.el.div(
        rx.el.div(state, rx.el.span(drill.cases, " replies, ", drill.faults, " with a fault, ", drill.sent_rightly, " of ", drill.sendable,
                                    " plain ones answered, ", drill.cents, class_name="grow small"), ui.moment(drill.created_at),
                  class_name="line"),
        rx.cond(drill.rows.length() > 0, faults, rx.fragment()), key=drill.id, class_name="drill")


def _recent() -> rx.Component:
    nothing = ui.empty("Nothing tried yet", "Replay a decision from Auto-send, or ask for a report beside a prompt.", mark="loop")
    rows = rx.el.div(rx.foreach(TrialsState.tries, lambda row: tried_row(row, TrialsState.open(row.id))), class_name="entries")
    return rx.el.section(rx.el.header(rx.el.h3("Tried lately")), rx.cond(TrialsState.tries.length() > 0, rows, nothing), class_name="card",
                         custom_attrs={"aria-label": "Tried lately"})


TRIALS = Section(key="trials", word="Trials", mark="loop", content=trials_page, load=TrialsState.load)

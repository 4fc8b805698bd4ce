"""When may the AI answer by itself, what does another threshold cost, and what did it decide of late?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.ai.hours import hours_form
from zrg_app.pages.ai.trials import preview_panel
from zrg_app.pages.settings.parts import group, pair
from zrg_app.state.ai.auto_send import AutoSendState
from zrg_app.state.ai.frame import AiState

SWITCHES: tuple[tuple[str, str, str], ...] = (
    ("auto_send_shadow", "Decide in secret", "Where setters answer, the AI decides as if it might send. Nothing leaves; what people then "
     "do with the draft is held against it."),
    ("auto_send_must_earn", "A label must earn it", "A kind of reply is answered by the AI only once people sent enough of its drafts "
     "unchanged, and no longer when they stop doing so."),
    ("auto_send_skip_review", "Skip review", "What the evaluator would show to a person leaves as well when it is sure enough. Opt-outs, "
     "machines, calls, wrong times and links never do."),
    ("overseer_enabled", "Overseer", "A second model looks over times, memory and hours first and may correct the draft once."),
    ("auto_send_revision_enabled", "Try to do better", "A draft the evaluator is not sure of is improved once and kept when it is surer "
     "then."),
)
OUTCOME_TONES = {"sent": "info", "approved": "good", "edited": "wait", "rejected": "bad", "held": "wait", "failed": "bad"}


def auto_send_section() -> rx.Component:
    """Draw the page; `AutoSendState.load` fills it."""
    killed = ui.banner("Auto-send is switched off for the whole installation (AUTO_SEND_DISABLED). Nothing leaves without a person.",
                       mark="pause", tone="bad")
    running = rx.el.p(ui.icon("play"), "The switch of the installation is on; each campaign decides for itself.", class_name="line good")
    return rx.el.div(
        rx.cond(AutoSendState.killed, killed, running),
        group("Threshold", "How sure must the evaluator be? Reckoned from what people did with the drafts of this workspace.", _slider(),
              id="threshold-group"),
        group("Rules", "They hold for every campaign of this workspace.", *[_switch(*one) for one in SWITCHES], id="rules"),
        group("Earned trust", "A label's last drafts that would have left: how many did people send unchanged?", _earning(), id="earning"),
        group("Hours", "When messages may leave by themselves. A campaign can have hours of its own; free days always add up.",
              hours_form(AutoSendState, AutoSendState.schedule, AutoSendState.schedule_problem, name="hours",
                         on_submit=AutoSendState.save_schedule, key="hours" + AutoSendState.turn.to(str), disabled=~AiState.may_edit),
              id="hours-group"),
        group("Decisions", "The last fifty, each with its reasons.", _decisions(), id="decisions"),
        class_name="auto-send")


def _slider() -> rx.Component:
    """The slider with its bill; auto_send.js fills the figures from the table without asking anybody."""
    slider = rx.el.input(
        type="range", min="0.5", max="0.99", step="0.01", id="threshold", class_name="slider", default_value=AutoSendState.threshold,
        key="slider" + AutoSendState.turn.to(str), custom_attrs={"data-bill": AutoSendState.bill, "aria-label": "Threshold"})
    figures = rx.el.dl(
        *_figure("share", "leave without a person"), *_figure("wrong_per_week", "expected wrong in a week"),
        *_figure("wrong_at_most", "wrong at most (95 % sure)"), *_figure("minutes_saved", "minutes saved a week"), class_name="figures")
    basis = rx.el.p("From ", AutoSendState.reckoned, " decisions of the last ", AutoSendState.days, " days; people judged ",
                    AutoSendState.judged, " of those drafts. Wrong is what people changed or discarded; the upper bound is Clopper and "
                    "Pearson's. A review counts two minutes.", class_name="small faint")
    apply = ui.button("Use for all campaigns the AI answers", look="primary", disabled=~AiState.may_edit | (AutoSendState.automatic == 0),
                      on_click=AutoSendState.apply_threshold(ui.typed("threshold")))
    nothing = rx.el.p("Nothing to reckon with yet. Let the AI decide in secret for a while (below), and answer as usual.",
                      class_name="faint nothing")
    return rx.el.div(
        rx.el.div(slider, rx.el.output(AutoSendState.threshold, class_name="num strong", html_for="threshold",
                                       custom_attrs={"data-threshold": ""}), class_name="line"),
        rx.cond(AutoSendState.reckoned > 0, rx.fragment(figures, basis), nothing),
        rx.el.div(apply, rx.el.span(AutoSendState.automatic, rx.cond(AutoSendState.automatic == 1, " campaign", " campaigns"),
                                    class_name="small faint"), class_name="line"),
        preview_panel("threshold", ui.typed("threshold"), with_preview=False),
        class_name="bill")


def _figure(name: str, word: str) -> tuple[rx.Component, rx.Component]:
    return rx.el.dd("–", class_name="num", custom_attrs={"data-figure": name}), rx.el.dt(word)


def _switch(name: str, word: str, hint: str) -> rx.Component:
    box = ui.switch(word, holds=getattr(AutoSendState.shown, name), disabled=~AiState.may_edit, on_change=AutoSendState.switch(name),
                    id=f"switch-{name}")
    return rx.el.div(box, rx.el.p(hint, class_name="small faint"), class_name="rule")


def _earning() -> rx.Component:
    bar = rx.el.form(
        rx.el.fieldset(
            pair(ui.field_row("Sent unchanged, per cent", ui.text_input(
                    "earn-rate", value=(AutoSendState.shown.auto_send_earn_rate * 100).to(int).to(str), name="rate", input_mode="numeric"),
                    for_id="earn-rate", problem=AutoSendState.earn_problem),
                 ui.field_row("of the last drafts", ui.text_input(
                    "earn-replies", value=AutoSendState.shown.auto_send_earn_replies.to(str), name="replies", input_mode="numeric"),
                    for_id="earn-replies")),
            ui.button("Save the bar", type="submit"), disabled=~AiState.may_edit),
        on_submit=AutoSendState.save_earning, key="earn" + AutoSendState.turn.to(str), no_validate=True,
        custom_attrs={"aria-label": "What a label must show"})
    head = rx.el.tr(*[rx.el.th(word, scope="col") for word in ("Label", "Unchanged", "Drafts", "Bar", "Standing")])
    rows = rx.foreach(AutoSendState.standings, lambda one: rx.el.tr(
        rx.el.td(one.label), rx.el.td(one.rate, class_name="num"), rx.el.td(one.replies, " of ", one.wanted, class_name="num"),
        rx.el.td(one.bar, class_name="num"),
        rx.el.td(rx.cond(one.earned, ui.badge("Earned", tone="good"), ui.badge("Not yet"))), key=one.label))
    return rx.fragment(rx.el.table(rx.el.thead(head), rx.el.tbody(rows), class_name="table"), bar)


def _decisions() -> rx.Component:
    none = ui.empty("No decision yet", "Let a campaign be answered by the AI, or let it decide in secret.",
                    rx.el.a("To the campaigns", href="/ai/campaigns", class_name="link"), mark="draft")
    listed = rx.el.ul(rx.foreach(AutoSendState.decisions, _decision), class_name="entries decisions",
                      custom_attrs={"aria-label": "Decisions"})
    return rx.cond(AutoSendState.decisions.length() > 0, listed, none)


def _decision(row: rx.Var) -> rx.Component:
    tone: Any = rx.match(row.outcome, *OUTCOME_TONES.items(), "quiet")
    sure = rx.cond(row.confidence != "", rx.el.span(row.confidence, " of ", row.threshold, class_name="num small faint"))
    due = rx.cond(row.due_at != "", rx.el.span("Leaves ", ui.moment(row.due_at, manner="ahead"), class_name="small"))
    return rx.el.li(
        rx.el.div(
            rx.el.a(row.lead_name, href="/?leadId=" + row.lead_id.to(str) + "&draftId=" + row.draft_id.to(str), class_name="strong clip"),
            ui.badge(row.label), rx.cond(row.is_shadow, ui.badge("In secret", tone="info")), sure, ui.moment(row.at), class_name="line"),
        rx.el.div(rx.el.b(row.action_words), rx.cond(row.outcome_words != "", ui.badge(row.outcome_words, tone=tone)), due,
                  class_name="line"),
        rx.el.p(row.reason, class_name="small soft"),
        rx.el.a("Replay", href="/ai/trials?decision=" + row.id.to(str), class_name="link small"),
        key=row.id, class_name="decision", custom_attrs={"data-action": row.action})


AUTO_SEND = Section(key="auto-send", word="Auto-send", mark="bolt", content=auto_send_section, load=AutoSendState.load)

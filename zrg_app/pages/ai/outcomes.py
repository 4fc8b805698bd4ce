"""How is shown what the pipeline made of a message? For the playground and, twice beside each other, for replays and previews."""

import reflex as rx

from zrg_app import ui
from zrg_app.services.trials import ComparisonView, OutcomeView

_ACTIONS = rx.Var.create({"send": "Send", "needs_review": "Ask a person", "skip": "Leave alone", "": "Not decided"})
_TONES = rx.Var.create({"send": "good", "needs_review": "wait", "skip": "quiet", "": "quiet"})
_DECIDERS = rx.Var.create({"rule": "by a rule", "model": "by the model", "fallback": "without a model", "given": "as it was",
                           "person": "by a person", "provider": "by a calendar", "": ""})


def outcome(shown: rx.Var[OutcomeView], *, draft: rx.Component | None = None) -> rx.Component:
    """Label with who decided, decision with reasons, draft, checks, steps with time and cost. `draft` stands in for the text."""
    return rx.el.div(_label(shown), _decision(shown), _draft(shown, draft), _checks(shown), _steps(shown), class_name="outcome")


def comparison(shown: rx.Var[ComparisonView]) -> rx.Component:
    """What was then and what is now; the draft word by word."""
    changes = rx.cond(shown.changes.length() > 0, rx.el.ul(rx.foreach(shown.changes, lambda one: rx.el.li(one)), class_name="changes"),
                      rx.el.p("Nothing changes.", class_name="faint"))
    after = rx.el.section(rx.el.h3("Now"), outcome(shown.after.to(OutcomeView), draft=_pieces(shown)), class_name="side",
                          custom_attrs={"aria-label": "Now"})
    before = rx.el.section(rx.el.h3("Before"), outcome(shown.before), class_name="side", custom_attrs={"aria-label": "Before"})
    to_lead = rx.cond(shown.lead_id != "", rx.el.a("Open the conversation", href="/?leadId=" + shown.lead_id.to(str), class_name="link"),
                      rx.fragment())
    return rx.el.div(
        rx.el.div(rx.el.h2(shown.title, class_name="grow"), to_lead, class_name="line"),
        rx.cond(shown.after, changes, rx.fragment()),
        rx.el.div(before, rx.cond(shown.after, after, rx.fragment()), class_name="sides"), class_name="comparison")


def _label(shown: rx.Var[OutcomeView]) -> rx.Component:
    return rx.el.div(
        rx.el.span("Label", class_name="outcome-name"),
        rx.el.div(rx.el.div(ui.sentiment_badge(shown.label), rx.el.span(_DECIDERS[shown.decided_by].to(str), class_name="faint"),
                            class_name="line"),
                  rx.el.p(shown.label_reason, class_name="small soft"), class_name="grow"), class_name="outcome-row")


def _decision(shown: rx.Var[OutcomeView]) -> rx.Component:
    sure = rx.cond(shown.confidence != "", rx.el.span("sure ", shown.confidence, ", bar ", shown.threshold, class_name="faint"),
                   rx.fragment())
    return rx.cond(shown.action != "", rx.el.div(
        rx.el.span("Decision", class_name="outcome-name"),
        rx.el.div(rx.el.div(ui.badge(_ACTIONS[shown.action].to(str), tone=_TONES[shown.action].to(str)), sure, class_name="line"),
                  rx.el.ul(rx.foreach(shown.reasons, lambda one: rx.el.li(one)), class_name="small soft"), class_name="grow"),
        class_name="outcome-row"), rx.fragment())


def _draft(shown: rx.Var[OutcomeView], draft: rx.Component | None) -> rx.Component:
    text = draft if draft is not None else rx.el.div(shown.draft, class_name="tried-draft")
    none = rx.el.p("No draft.", class_name="faint small")
    return rx.el.div(rx.el.span("Draft", class_name="outcome-name"),
                     rx.el.div(text if draft is not None else rx.cond(shown.draft != "", text, none),
                               rx.cond(shown.draft_reason != "", rx.el.p(shown.draft_reason, class_name="small faint"), rx.fragment()),
                               class_name="grow"), class_name="outcome-row")


def _pieces(shown: rx.Var[ComparisonView]) -> rx.Component:
    def piece(one: rx.Var) -> rx.Component:
        return rx.match(one.kind, ("gone", rx.el.del_(one.text)), ("new", rx.el.ins(one.text)), rx.el.span(one.text))
    some = rx.el.div(rx.foreach(shown.pieces, piece), class_name="tried-draft", custom_attrs={"data-diff": ""})
    return rx.cond(shown.pieces.length() > 0, some, rx.el.p("No draft.", class_name="faint small"))


def _checks(shown: rx.Var[OutcomeView]) -> rx.Component:
    failed = rx.foreach(shown.failed, lambda one: rx.el.li(ui.icon("alert", size="s"), one, custom_attrs={"data-tone": "bad"}))
    passed = rx.el.details(
        rx.el.summary(shown.passed.length(), " checks passed"),
        rx.el.ul(rx.foreach(shown.passed, lambda one: rx.el.li(ui.icon("check", size="s"), "Not: ", one)), class_name="checks"))
    return rx.cond(shown.draft != "", rx.el.div(
        rx.el.span("Checks", class_name="outcome-name"),
        rx.el.div(rx.el.ul(failed, class_name="checks"), rx.cond(shown.passed.length() > 0, passed, rx.fragment()), class_name="grow"),
        class_name="outcome-row"), rx.fragment())


def _steps(shown: rx.Var[OutcomeView]) -> rx.Component:
    def row(one: rx.Var) -> rx.Component:
        state = rx.cond(one.status == "success", rx.fragment(), ui.badge(one.status, tone="bad"))
        return rx.el.tr(rx.el.td(one.name, " ", state, rx.el.div(one.detail, class_name="small faint")),
                        rx.el.td(one.model, class_name="small faint"), rx.el.td(ui.grouped(one.ms.to(int)), " ms", class_name="number"),
                        rx.el.td(one.cents, class_name="number"))
    whole = rx.el.tr(rx.el.td("All of it"), rx.el.td(""), rx.el.td(ui.grouped(shown.ms.to(int)), " ms", class_name="number"),
                     rx.el.td(shown.cents, class_name="number"), class_name="whole")
    return rx.cond(shown.steps.length() > 0, rx.el.div(
        rx.el.span("Steps", class_name="outcome-name"),
        rx.el.div(rx.el.table(rx.el.tbody(rx.foreach(shown.steps, row), whole), class_name="table steps"), class_name="grow"),
        class_name="outcome-row"), rx.fragment())

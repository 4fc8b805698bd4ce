"""Why this draft? Its plan, what it drew on, what was checked, and every step of its making."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.draft_why import DIALOG, DraftWhyState


def draft_why(state: Any) -> rx.Component:
    """Draw the step that tells how `state.draft` came about, and the dialog that tells it."""
    ask = ui.button("Why", look="quiet", on_click=DraftWhyState.explain(state.draft.id),
                    attributes={"aria-haspopup": "dialog", "aria-label": "Why this draft", "data-draft-why": ""})
    again = rx.el.a("Replay under today's prompts", href="/ai/trials?draft=" + state.draft.id.to(str), class_name="link")
    return rx.fragment(ask, ui.dialog(DIALOG, "Why this draft", rx.cond(DraftWhyState.why, _reasons(DraftWhyState.why)), footer=again))


def _reasons(why: rx.Var) -> rx.Component:
    """What there is to say; what is empty is left out."""
    return rx.el.div(
        rx.cond(why.reason != "", rx.el.p(why.reason)),
        rx.el.dl(
            _line("They want", why.intent), _line("You asked for", why.instruction), _line("Shape", why.shape),
            _list("Touches on", why.points), _list("Drawn from", why.sources), _line("Checks", why.checks),
            _list("Worth a look", why.warnings), class_name="pairs"),
        rx.cond(why.steps.length() > 0, rx.el.div(rx.el.h3("Steps"), rx.el.ol(rx.foreach(why.steps, _step)), class_name="why-steps")),
        class_name="draft-why",
    )


def _line(name: str, value: rx.Var) -> rx.Component:
    return rx.cond(value != "", rx.fragment(rx.el.dt(name), rx.el.dd(value)))


def _list(name: str, values: rx.Var) -> rx.Component:
    shown = rx.el.dd(rx.el.ul(rx.foreach(values, lambda value: rx.el.li(value))))
    return rx.cond(values.length() > 0, rx.fragment(rx.el.dt(name), shown))


def _step(step: rx.Var) -> rx.Component:
    """One step, how it went, how long it took, and by which model."""
    return rx.el.li(
        rx.el.b(step.name), " ", rx.el.span(step.went), " ",
        rx.el.span(step.seconds, class_name="num faint"), " ", rx.el.span(step.model, class_name="faint small"),
        rx.cond(step.detail != "", rx.el.p(step.detail, class_name="soft small")),
        custom_attrs={"data-went": step.went},
    )

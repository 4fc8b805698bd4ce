"""Who is this lead, when could they meet, what is planned for them and what do we know?"""

from typing import Any

import reflex as rx

from zrg_app import ui


def lead_panel(state: Any) -> rx.Component:
    """Draw the panel about a lead.

    `state` offers: lead (LeadPanelView or None: name, initials, hue, position, facts (name, value, href), slots (id,
    label), slots_note, sequence_title, steps (id, label, state "done", "next", "later" or "stopped"), memory (text,
    source)), status and the handler book(slot_id).
    """
    return rx.el.aside(
        rx.cond(state.status == "waiting", _waiting(), rx.cond(state.lead, _about(state), _nobody())),
        class_name="lead",
        custom_attrs={"aria-label": "About the lead"},
    )


def _about(state: Any) -> rx.Component:
    """Everything about one lead, most needed first."""
    lead = state.lead
    close = ui.icon_button("close", "Close", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    return rx.fragment(
        rx.el.header(
            ui.avatar(lead.initials, lead.hue, size="l"),
            rx.el.div(
                rx.el.h2(lead.name, class_name="clip", title=lead.name),
                rx.el.div(lead.position, class_name="soft"),
                class_name="grow",
            ),
            close,
            class_name="lead-head",
        ),
        ui.section("Contact", rx.el.dl(rx.foreach(lead.facts, _fact), class_name="pairs")),
        rx.cond((lead.slots.length() > 0) | (lead.slots_note != ""), _times(state)),
        rx.cond(lead.steps.length() > 0, ui.section(lead.sequence_title, rx.foreach(lead.steps, _step))),
        rx.cond(
            lead.memory.length() > 0,
            ui.section("What we know", rx.foreach(lead.memory, _memory)),
        ),
    )


def _fact(fact: rx.Var) -> rx.Component:
    """One name and value; a link where there is one to follow, a live clock where it is a time zone."""
    value = rx.cond(fact.href != "", rx.el.a(fact.value, href=fact.href, class_name="fact-link"), fact.value)
    return rx.fragment(rx.el.dt(fact.name), rx.el.dd(value), key=fact.name)


def _times(state: Any) -> rx.Component:
    """Open times with a step to book each."""
    return ui.section(
        "Offer these times",
        rx.foreach(
            state.lead.slots,
            lambda slot: rx.el.div(
                rx.el.span(slot.label, class_name="clip"),
                ui.button("Book", look="quiet", on_click=state.book(slot.id)),
                class_name="slot",
                key=slot.id,
            ),
        ),
        rx.el.span(state.lead.slots_note, class_name="small faint"),
    )


def _step(step: rx.Var) -> rx.Component:
    """One planned step: done, next, later or stopped, told by mark and by word."""
    said = rx.match(step.state, ("done", "Done: "), ("next", "Next: "), ("stopped", "Stopped: "), "Later: ")
    return rx.el.div(
        rx.el.span(ui.icon("check"), class_name="step-mark"),
        rx.el.span(rx.el.span(said, class_name="unseen"), step.label),
        class_name="step",
        key=step.id,
        custom_attrs={"data-state": step.state},
    )


def _memory(fact: rx.Var) -> rx.Component:
    """One thing we know and where it comes from."""
    source = rx.cond(fact.source != "", rx.el.span(" ", fact.source, class_name="small faint"))
    return rx.el.p(fact.text, source, class_name="fact")


def _waiting() -> rx.Component:
    """Grey bars where facts will be."""
    head = rx.el.div(
        ui.skeleton("44px", "44px", round_=True),
        rx.el.div(ui.skeleton("140px", "14px"), ui.skeleton("110px", "12px"), class_name="stack gap"),
        class_name="lead-head",
    )
    bars = [ui.skeleton(width, "12px") for width in ("80%", "64%", "72%", "50%")]
    return rx.el.div(head, rx.el.div(*bars, class_name="stack gap section"), role="status")


def _nobody() -> rx.Component:
    """No lead chosen yet."""
    return ui.empty("Nobody chosen", "Open a conversation to see who it is with.", mark="user")

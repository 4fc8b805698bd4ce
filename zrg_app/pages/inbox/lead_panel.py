"""Who is this lead, how do we reach them, and what do they want?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.lead_facts import alternate, fact, look_up
from zrg_app.pages.inbox.lead_meeting import lead_meeting
from zrg_app.pages.inbox.lead_memory import memory_dialog, remembered
from zrg_app.pages.inbox.lead_merge import merge_dialog, same_person


def lead_panel(state: Any, merging: Any, memory: Any, frame: Any) -> rx.Component:
    """Draw the panel about a lead.

    `state` offers lead (LeadPanel or None), meeting (MeetingView or None) and status ("waiting", "ready", "broken"); `merging`
    what `same_person`, `alternate` and `look_up` need; `memory` what `remembered` needs; `frame` may_organise.
    """
    about = _about(state, merging, memory, frame)
    return rx.el.aside(
        rx.cond(state.status == "waiting", _waiting(), rx.cond(state.lead, about, _nobody())),
        merge_dialog(merging),
        memory_dialog(memory),
        class_name="lead",
        custom_attrs={"aria-label": "About the lead"},
    )


def _about(state: Any, merging: Any, memory: Any, frame: Any) -> rx.Component:
    """Everything about one lead, most needed first."""
    lead = state.lead
    close = ui.icon_button("close", "Close", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    both = lead.job_title + " · " + lead.company
    position = rx.cond(lead.job_title == "", lead.company, rx.cond(lead.company == "", lead.job_title, both))
    return rx.fragment(
        rx.el.header(
            ui.avatar(lead.initials, lead.hue, size="l"),
            rx.el.div(
                rx.el.h2(lead.name, class_name="clip", title=lead.name),
                rx.el.div(position, class_name="soft"),
                class_name="grow",
            ),
            close,
            class_name="lead-head",
        ),
        rx.cond(lead.blacklisted, _warning("Do not contact", lead.blacklist_reason)),
        rx.cond(lead.sms_dnd, _warning("No SMS", lead.sms_dnd_reason)),
        lead_meeting(state.meeting, lead.timezone),
        _contact(lead, merging, frame),
        _understanding(lead),
        remembered(state.memory, memory, frame),
        rx.cond(frame.may_organise, same_person(lead, merging)),
    )


def _contact(lead: rx.Var, merging: Any, frame: Any) -> rx.Component:
    """How and when to reach them, and whose they are."""
    return ui.section(
        "Contact",
        rx.el.dl(
            fact("Email", lead.email, href="mailto:" + lead.email),
            rx.foreach(lead.alternate_emails, lambda address: alternate(address, lead, merging, frame)),
            fact("Phone", lead.phone, href="tel:" + lead.phone, source=lead.phone_source),
            rx.foreach(lead.alternate_phones, lambda number: fact("Also", number, href="tel:" + number)),
            fact("LinkedIn", lead.linkedin_url, href=lead.linkedin_url, source=lead.linkedin_source),
            fact("Website", lead.website, href=lead.website),
            fact("Local time", lead.local_time),
            fact("Answers as", lead.current_replier),
            fact("Campaign", lead.campaign),
            fact("Owner", lead.owner),
            class_name="pairs",
        ),
        _answered_by(lead, merging, frame),
        look_up(lead, merging, frame),
    )


def _answered_by(lead: rx.Var, merging: Any, frame: Any) -> rx.Component:
    """Who answers a lead without campaign; in one, the campaign says so. `merging` offers let_ai_answer(on)."""
    switch = ui.switch("The AI may answer", checked=lead.auto_reply, on_change=merging.let_ai_answer)
    return rx.cond((lead.campaign == "") & frame.may_organise, switch)


def _understanding(lead: rx.Var) -> rx.Component:
    """What the last answer means and who says so."""
    reason = rx.cond(lead.sentiment_reason != "", rx.el.p(lead.sentiment_reason, class_name="fact"))
    return rx.cond(lead.sentiment != "New", ui.section("What they want", ui.sentiment_badge(lead.sentiment), reason))


def _warning(word: str, reason: rx.Var[str]) -> rx.Component:
    """Something that forbids an answer."""
    return rx.el.div(
        ui.icon("block"), rx.el.div(rx.el.b(word), rx.cond(reason != "", " · " + reason, "")), class_name="cannot lead-warning"
    )


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

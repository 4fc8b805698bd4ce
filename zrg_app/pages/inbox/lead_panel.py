"""Who is this lead, how do we reach them, and what do they want?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.lead_meeting import lead_meeting


def lead_panel(state: Any) -> rx.Component:
    """Draw the panel about a lead.

    `state` offers lead (LeadPanel or None), meeting (MeetingView or None) and status ("waiting", "ready", "broken").
    """
    return rx.el.aside(
        rx.cond(state.status == "waiting", _waiting(), rx.cond(state.lead, _about(state.lead, state.meeting), _nobody())),
        class_name="lead",
        custom_attrs={"aria-label": "About the lead"},
    )


def _about(lead: rx.Var, meeting: rx.Var) -> rx.Component:
    """Everything about one lead, most needed first."""
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
        lead_meeting(meeting, lead.timezone),
        _contact(lead),
        _understanding(lead),
    )


def _contact(lead: rx.Var) -> rx.Component:
    """How and when to reach them, and whose they are."""
    return ui.section(
        "Contact",
        rx.el.dl(
            _fact("Email", lead.email, href="mailto:" + lead.email),
            rx.foreach(lead.alternate_emails, lambda address: _fact("Also", address, href="mailto:" + address)),
            _fact("Phone", lead.phone, href="tel:" + lead.phone),
            _fact("LinkedIn", lead.linkedin_url, href=lead.linkedin_url),
            _fact("Website", lead.website, href=lead.website),
            _fact("Local time", lead.local_time),
            _fact("Answers as", lead.current_replier),
            _fact("Campaign", lead.campaign),
            _fact("Owner", lead.owner),
            class_name="pairs",
        ),
    )


def _understanding(lead: rx.Var) -> rx.Component:
    """What the last answer means and who says so."""
    reason = rx.cond(lead.sentiment_reason != "", rx.el.p(lead.sentiment_reason, class_name="fact"))
    return rx.cond(lead.sentiment != "New", ui.section("What they want", ui.sentiment_badge(lead.sentiment), reason))


def _fact(name: str, value: rx.Var[str], *, href: rx.Var[str] | None = None) -> rx.Component:
    """One name and value, absent when there is none; only web, mail and phone addresses become links."""
    shown: rx.Component | rx.Var = value
    if href is not None:
        shown = rx.el.a(value, href=href, target="_blank", rel="noopener noreferrer", class_name="fact-link")
    return rx.cond(value != "", rx.fragment(rx.el.dt(name), rx.el.dd(shown)))


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

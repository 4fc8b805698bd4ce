"""Who is this lead, how do we reach them, and what do they want?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.lead_about import company, contact
from zrg_app.pages.inbox.lead_meeting import lead_meeting
from zrg_app.pages.inbox.lead_memory import memory_dialog, remembered
from zrg_app.pages.inbox.lead_merge import merge_dialog, same_person
from zrg_app.pages.inbox.lead_timeline import lead_timeline
from zrg_app.pages.inbox.lead_values import beside, doors, editor
from zrg_app.pages.inbox.step_menus import contact_or_not
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.lead_edit import LeadEditState
from zrg_app.state.inbox.timeline import TimelineState


def lead_panel(state: Any, merging: Any, memory: Any, frame: Any, turn: Any) -> rx.Component:
    """Draw the panel about a lead.

    `state` offers lead (LeadPanel or None), meeting (MeetingView or None) and status ("waiting", "ready", "broken"); `merging`
    what `same_person`, `alternate` and `look_up` need; `memory` what `remembered` needs; `frame` may_organise and may_edit_leads;
    `turn` open(lead_id).
    """
    about = _about(state, merging, memory, frame, turn)
    return rx.el.aside(
        rx.cond(state.status == "waiting", _waiting(), rx.cond(state.lead, about, _nobody())),
        merge_dialog(merging),
        memory_dialog(memory),
        doors(LeadEditState),
        class_name="lead",
        custom_attrs={"aria-label": "About the lead"},
    )


def _about(state: Any, merging: Any, memory: Any, frame: Any, turn: Any) -> rx.Component:
    """Everything about one lead, most needed first."""
    lead = state.lead
    close = ui.icon_button("close", "Close", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    both = lead.job_title + " · " + lead.company
    position = rx.cond(lead.job_title == "", lead.company, rx.cond(lead.company == "", lead.job_title, both))
    return rx.fragment(
        rx.el.header(
            ui.avatar(lead.initials, lead.hue, size="l"),
            rx.el.div(
                rx.el.div(rx.el.h2(lead.name, class_name="clip value-shown", title=lead.name),
                          editor("Name", "name", lead.own_name, lead, frame), beside("name", lead, LeadEditState),
                          class_name="value value-name", custom_attrs={"data-field": "name"}),
                rx.el.div(position, class_name="soft"),
                class_name="grow",
            ),
            close,
            class_name="lead-head",
        ),
        rx.cond(lead.blacklisted, _warning("Do not contact", lead.blacklist_reason)),
        rx.cond(lead.sms_dnd, _warning("No SMS", lead.sms_dnd_reason)),
        lead_meeting(state.meeting, lead.timezone),
        contact(state, lead, merging, LeadEditState, frame),
        company(lead, LeadEditState, turn, frame),
        _understanding(lead),
        remembered(state.memory, memory, frame),
        rx.cond(frame.may_organise, same_person(lead, merging)),
        rx.cond(frame.may_organise, contact_or_not(lead, BulkState)),
        lead_timeline(lead, TimelineState),
    )


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

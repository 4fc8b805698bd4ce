"""How do we reach a lead, whose are they, what is their company, and who else of it do we talk with?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.lead_facts import alternate, fact, look_up
from zrg_app.pages.inbox.lead_values import value
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.words import STATUSES

_STATES: dict[str, tuple[str, ui.Tone]] = {
    "waits": ("Needs a reply", "wait"), "answered": ("Answered", "quiet"), "snoozed": ("Snoozed", "quiet"), "done": ("Done", "quiet")}


def contact(state: Any, lead: rx.Var, merging: Any, edit: Any, frame: Any) -> rx.Component:
    """Draw how and when to reach them, whose they are and where they stand. `state` offers assignee_id and assign(member_id)."""
    return ui.section(
        "Contact",
        rx.el.dl(
            value("Email", "email", lead.email, lead, edit, frame, href="mailto:" + lead.email, kind="email"),
            rx.foreach(lead.alternate_emails, lambda address: alternate(address, lead, merging, frame)),
            value("Phone", "phone", lead.phone, lead, edit, frame, href="tel:" + lead.phone, source=lead.phone_source, kind="tel"),
            rx.foreach(lead.alternate_phones, lambda number: fact("Also", number, href="tel:" + number)),
            value("LinkedIn", "linkedin_url", lead.linkedin_url, lead, edit, frame, href=lead.linkedin_url,
                  source=lead.linkedin_source, kind="url"),
            value("Local time", "timezone", lead.timezone, lead, edit, frame, shown=_clock(lead), kind="zone"),
            fact("Schedules by", lead.scheduling_link, href=lead.scheduling_link),
            fact("Answers as", lead.current_replier),
            fact("Campaign", lead.campaign),
            _owner(state, lead, frame),
            _status(lead, edit, frame),
            class_name="pairs",
        ),
        _answered_by(lead, merging, frame),
        look_up(lead, merging, frame),
    )


def company(lead: rx.Var, edit: Any, turn: Any, frame: Any) -> rx.Component:
    """Draw their work and the others of their company. `turn` offers open(lead_id)."""
    known = [getattr(lead, name) != "" for name in ("company", "job_title", "website", "industry", "employee_headcount", "company_state")]
    anything = frame.may_edit_leads | known[0] | known[1] | known[2] | known[3] | known[4] | known[5]
    section = ui.section(
        "Company",
        rx.el.dl(
            value("Name", "company", lead.company, lead, edit, frame),
            value("Job title", "job_title", lead.job_title, lead, edit, frame, source=lead.title_source),
            value("Website", "website", lead.website, lead, edit, frame, href=lead.website, kind="url"),
            value("Industry", "industry", lead.industry, lead, edit, frame),
            value("Size", "employee_headcount", lead.employee_headcount, lead, edit, frame),
            value("State", "company_state", lead.company_state, lead, edit, frame),
            class_name="pairs",
        ),
    )
    return rx.fragment(rx.cond(anything, section), rx.cond(lead.colleague_count > 0, _colleagues(lead, turn)))


def _clock(lead: rx.Var) -> rx.Component:
    """What their wall clock shows, kept right by lead.js, and where that is."""
    clock = rx.el.time(lead.local_time, class_name="value-clock", custom_attrs={"data-clock": lead.timezone})
    return rx.fragment(clock, " ", rx.el.span(lead.timezone.replace("_", " "), class_name="faint"))


def _owner(state: Any, lead: rx.Var, frame: Any) -> rx.Component:
    """Whose the conversation is; a choice for those who may give it away."""
    people = rx.foreach(frame.members, lambda each: rx.el.option(each.name, value=each.id))
    choice = rx.el.select(rx.el.option("Nobody", value=""), people, value=state.assignee_id,
                          on_change=lambda member: BulkState.assign(member, []), class_name="field value-select",
                          custom_attrs={"aria-label": "Owner", "data-owner": ""})
    chosen = rx.fragment(rx.el.dt("Owner"), rx.el.dd(choice))
    return rx.cond(frame.may_organise, chosen, fact("Owner", lead.owner))


def _status(lead: rx.Var, edit: Any, frame: Any) -> rx.Component:
    """Where the lead stands; who must not be contacted is taken off that list first."""
    options = [rx.el.option(word, value=status) for status, word in STATUSES.items()]
    choice = rx.el.select(*options, value=lead.status, on_change=edit.choose_status, class_name="field value-select",
                          custom_attrs={"aria-label": "Status", "data-status": ""})
    words = rx.match(lead.status, *[(status, word) for status, word in STATUSES.items()], "Do not contact")
    shown = rx.cond(frame.may_edit_leads & ~lead.blacklisted, choice, rx.el.span(words))
    problem = rx.cond((edit.lead_id == lead.lead_id) & (edit.field == "status") & (edit.problem != ""),
                      rx.el.p(edit.problem, class_name="value-problem", role="alert"))
    return rx.fragment(rx.el.dt("Status"), rx.el.dd(shown, problem))


def _answered_by(lead: rx.Var, merging: Any, frame: Any) -> rx.Component:
    """Who answers a lead without campaign; in one, the campaign says so. `merging` offers let_ai_answer(on)."""
    switch = ui.switch("The AI may answer", holds=lead.auto_reply, on_change=merging.let_ai_answer)
    return rx.cond((lead.campaign == "") & frame.may_organise, switch)


def _colleagues(lead: rx.Var, turn: Any) -> rx.Component:
    """The others of the company, those who spoke last."""
    shown = rx.el.ul(rx.foreach(lead.colleagues, lambda each: _colleague(each, turn)), class_name="colleagues",
                     custom_attrs={"aria-label": "Others of the company"})
    rest = lead.colleague_count - lead.colleagues.length()
    more = rx.cond(rest > 0, rx.el.p("and ", ui.grouped(rest), " more", class_name="faint small"))
    return ui.section("Others there", shown, more, aside=ui.count(lead.colleague_count))


def _colleague(each: rx.Var, turn: Any) -> rx.Component:
    """One of them, with how it stands with them; a press opens their conversation."""
    states = [(state, ui.badge(word, tone=tone)) for state, (word, tone) in _STATES.items()]
    title = rx.cond(each.job_title != "", each.job_title, rx.cond(each.by_domain != "", "mail at " + each.by_domain, each.sentiment))
    return rx.el.li(
        rx.el.a(
            ui.avatar(each.initials, each.hue, size="m"),
            rx.el.span(rx.el.span(each.name, class_name="strong clip"), rx.el.span(title, class_name="small faint clip"),
                       class_name="stack grow"),
            rx.match(each.state, *states, rx.fragment()),
            href="/?leadId=" + each.lead_id, class_name="colleague", on_click=turn.open(each.lead_id).prevent_default,
            custom_attrs={"data-closes": "drawer"}),
        key=each.lead_id)



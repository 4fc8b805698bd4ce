"""Who answers the replies of each campaign? A table that is changed cell by cell, or many campaigns at once."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.ai.hours import hours_form
from zrg_app.state.ai.campaigns import CampaignsState
from zrg_app.state.ai.frame import AiState

ANSWERED_BY = (("SETTER_MANAGED", "Setters"), ("AI_AUTO_SEND", "AI, when it is sure"))
SKIPS = (("", "As the workspace"), ("no", "No"), ("yes", "Yes"))
HOURS = (("", "As the workspace"), ("ALWAYS", "Always"), ("BUSINESS_HOURS", "Business hours"), ("CUSTOM", "Of its own…"))
HEADS = ("Campaign", "Answered by", "Threshold", "Delay, seconds", "Skip review", "Hours", "Persona")


def campaigns_section() -> rx.Component:
    """Draw the table; `CampaignsState.load` fills it."""
    none = ui.empty("No campaign yet", "Campaigns appear here with the first reply to one of them.", mark="send")
    return rx.cond(CampaignsState.rows.length() > 0, rx.el.div(_many(), _table(), class_name="campaigns"), none)


def _table() -> rx.Component:
    everything = ui.tick(holds=CampaignsState.marked.length() == CampaignsState.rows.length(), on_change=CampaignsState.mark_all,
                         custom_attrs={"aria-label": "Mark all campaigns"})
    head = rx.el.tr(rx.el.th(everything, scope="col"), *[rx.el.th(word, scope="col") for word in HEADS])
    return rx.el.div(
        rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(CampaignsState.rows, _row)), class_name="table campaign-table"),
        class_name="card table-card")


def _row(row: rx.Var) -> rx.Component:
    marks = ui.tick(holds=CampaignsState.marked.contains(row.id), on_change=CampaignsState.mark(row.id),
                    custom_attrs={"aria-label": "Mark " + row.name.to(str)})
    persona = rx.el.select(
        rx.el.option("Default", value=""), rx.foreach(CampaignsState.personas, lambda one: rx.el.option(one.name, value=one.id)),
        **_select(row, "persona_id", row.persona_id, "Persona"))
    delay = rx.el.div(_number(row, "delay_min", row.delay_min, "Shortest delay"), rx.el.span("to", class_name="faint"),
                      _number(row, "delay_max", row.delay_max, "Longest delay"), class_name="line")
    return rx.el.tr(
        rx.el.td(marks),
        rx.el.td(rx.el.div(row.name, class_name="strong clip"),
                 rx.el.div(row.leads, rx.cond(row.leads == 1, " lead", " leads"), class_name="small faint"), **_told("Campaign")),
        rx.el.td(_choice(row, "response_mode", row.response_mode, ANSWERED_BY, "Answered by"), **_told("Answered by")),
        rx.el.td(_number(row, "threshold", row.threshold, "Threshold"), **_told("Threshold")),
        rx.el.td(delay, **_told("Delay, seconds")),
        rx.el.td(_choice(row, "skip_review", row.skip_review, SKIPS, "Skip review"), **_told("Skip review")),
        rx.el.td(_hours(row), **_told("Hours")), rx.el.td(persona, **_told("Persona")),
        key=row.id, custom_attrs={"data-campaign": row.id})


def _told(word: str) -> dict[str, Any]:
    return {"custom_attrs": {"data-word": word}}


def _choice(row: rx.Var, field: str, shown: rx.Var, options: tuple, word: str) -> rx.Component:
    return rx.el.select(*[rx.el.option(name, value=value) for value, name in options], **_select(row, field, shown, word))


def _select(row: rx.Var, field: str, shown: rx.Var, word: str) -> dict[str, Any]:
    return {"value": shown, "class_name": "field", "disabled": ~AiState.may_edit,
            "on_change": lambda value: CampaignsState.change(row.id, field, shown, value),
            "custom_attrs": {"aria-label": f"{word} of " + row.name.to(str), "data-field": field}}


def _number(row: rx.Var, field: str, shown: rx.Var, word: str) -> rx.Component:
    """Written when the field is left; the key brings back what is stored when it was refused."""
    return rx.el.input(
        default_value=shown, class_name="field num", disabled=~AiState.may_edit, input_mode="decimal", auto_complete="off",
        key=row.id.to(str) + field + CampaignsState.turn.to(str), on_blur=lambda value: CampaignsState.change(row.id, field, shown, value),
        custom_attrs={"aria-label": f"{word} of " + row.name.to(str), "data-field": field})


def _hours(row: rx.Var) -> rx.Component:
    select = rx.el.select(
        *[rx.el.option(name, value=value) for value, name in HOURS], value=row.schedule, class_name="field", disabled=~AiState.may_edit,
        on_change=lambda value: CampaignsState.choose_hours(row.id, row.schedule, value),
        custom_attrs={"aria-label": "Hours of " + row.name.to(str), "data-field": "schedule"})
    words = rx.el.button(row.schedule_words, type="button", class_name="link small", disabled=~AiState.may_edit,
                         on_click=CampaignsState.choose_hours(row.id, row.schedule, "CUSTOM"))
    return rx.fragment(select, rx.cond(row.schedule == "CUSTOM", words))


def _many() -> rx.Component:
    """What is done with all that are marked."""
    word = rx.el.span(CampaignsState.marked.length(), " marked", class_name="strong")
    modes = _for_all("response_mode", "Answered by…", ANSWERED_BY)
    thresholds = _for_all("threshold", "Threshold…", tuple((value, value) for value in ("0.8", "0.85", "0.9", "0.95", "0.99")))
    skips = _for_all("skip_review", "Skip review…", (("inherit", "As the workspace"), *SKIPS[1:]))
    hours = _for_all("schedule", "Hours…", (("inherit", "As the workspace"), *HOURS[1:3]))
    personas = rx.el.select(
        rx.el.option("Persona…", value=""), rx.el.option("Default", value="inherit"),
        rx.foreach(CampaignsState.personas, lambda one: rx.el.option(one.name, value=one.id)), **_all("persona_id", "Persona"))
    bar = rx.el.div(word, modes, thresholds, skips, hours, personas, class_name="many", role="toolbar",
                    custom_attrs={"aria-label": "Change all that are marked"})
    return rx.cond((CampaignsState.marked.length() > 0) & AiState.may_edit, bar)


def _for_all(field: str, word: str, options: tuple) -> rx.Component:
    return rx.el.select(rx.el.option(word, value=""), *[rx.el.option(name, value=value) for value, name in options],
                        **_all(field, word.rstrip("…")))


def _all(field: str, word: str) -> dict[str, Any]:
    return {"value": "", "class_name": "field", "on_change": lambda value: CampaignsState.change_marked(field, value),
            "custom_attrs": {"aria-label": f"{word} of all that are marked", "data-field": field}}


def _own_hours() -> rx.Component:
    form = hours_form(CampaignsState, CampaignsState.hours, CampaignsState.hours_problem, name="campaign-hours-form",
                      on_submit=CampaignsState.save_hours, key=CampaignsState.hours_of.to(str) + CampaignsState.turn.to(str),
                      disabled=~AiState.may_edit, with_mode=False)
    return ui.dialog("campaign-hours", "Hours of " + CampaignsState.hours_name.to(str), form)


CAMPAIGNS = Section(key="campaigns", word="Campaigns", mark="send", content=campaigns_section, load=CampaignsState.load,
                    dialogs=_own_hours)

"""How is a workspace set up? The form of General: uncontrolled fields, one Save, every field explained."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import group, is_wrong, line, pair, save_bar
from zrg_app.services.llm.models import WRITERS
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.general import GeneralState
from zrg_app.state.settings.words import REGIONS


def general_tab() -> rx.Component:
    """Draw the form; a new `revision` starts its fields afresh."""
    fields = rx.el.fieldset(_workspace(), _setters(), _time(), _drafts(), disabled=~SettingsState.may_edit)
    form = rx.el.form(
        fields, save_bar(GeneralState), id="general", key=GeneralState.revision.to(str), on_submit=GeneralState.save,
        no_validate=True, custom_attrs={"data-watched": "", "aria-label": "General settings"})
    return rx.fragment(form, *_lists())


def _workspace() -> rx.Component:
    return group("Workspace", "One client company of your agency: its inbox, its people, its connections.",
                 _line("name", "Name", "How the workspace is called in the switcher and in mails.", max_length=100),
                 _line("brand_name", "Brand", "The name leads know this client by, when it is another one.", max_length=200))


def _setters() -> rx.Component:
    on = ui.switch("Setters see only the leads assigned to them", id="set-setters_see_own_only", name="setters_see_own_only",
                   default_checked=GeneralState.shown.setters_see_own_only)
    help_words = ("On: a setter finds, opens and answers only the leads that are theirs, everywhere, and links to other leads open "
                  "nothing for them. A lead that is assigned to nobody is invisible to every setter until somebody gives it to one of "
                  "them, and a setter who gives a lead away no longer sees it. Managers, admins, clients and API tokens see all leads; "
                  "who approves drafts in Slack is set by the list of reviewers. It holds within ten seconds.")
    return group("What setters see", "Off: everybody who answers sees the whole inbox.",
                 rx.el.div(on, rx.el.span(help_words, class_name="hint"), class_name="field-row"))


def _time() -> rx.Component:
    return group(
        "Place and hours", "Where this client works. Leads keep their own local time.",
        pair(_line("timezone", "Time zone", "Type a city or region; times here and in drafts are told in this zone.",
                   list="zones", auto_complete="off"),
             _line("default_region", "Default region", "The country of phone numbers that come without a +code.",
                   list="regions", auto_complete="off", max_length=2)),
        pair(_line("work_start_time", "Work starts", "When the day of this client begins.", kind="time"),
             _line("work_end_time", "Work ends", "When it ends; a late shift may end after midnight.", kind="time")))


def _drafts() -> rx.Component:
    on = ui.switch("Write a draft for every reply that deserves an answer", id="set-draft_generation_enabled",
                   name="draft_generation_enabled", default_checked=GeneralState.shown.draft_generation_enabled)
    return group(
        "Drafts", "The model proposes, a person approves.",
        rx.el.div(on, rx.el.span("Off: replies are still read and sorted, people write the answers.", class_name="hint"),
                  class_name="field-row"),
        pair(_line("draft_generation_model", "Model",
                   "Empty means " + GeneralState.default_model + ", the choice of this installation.", list="models",
                   placeholder=GeneralState.default_model, max_length=100, auto_complete="off"),
             _money()))


def _money() -> rx.Component:
    field = ui.text_input("set-daily_limit", value=GeneralState.daily_limit, name="daily_limit", input_mode="decimal",
                          placeholder="No limit", custom_attrs=is_wrong(GeneralState, "daily_model_spend_limit_cents"))
    return ui.field_row("Daily limit in dollars", field, for_id="set-daily_limit",
                        hint="Once spent, no model is asked until the next day; empty means no limit.",
                        problem=GeneralState.problems["daily_model_spend_limit_cents"])


def _line(name: str, label: str, hint: Any, **props: Any) -> rx.Component:
    return line(GeneralState, name, label, hint, **props)


def _lists() -> tuple[rx.Component, ...]:
    """What the searchable fields propose; zones and regions are named by the browser, in its language."""
    return (rx.el.datalist(id="zones", custom_attrs={"data-zones": ""}),
            rx.el.datalist(id="regions", custom_attrs={"data-regions": REGIONS}),
            rx.el.datalist(*[rx.el.option(value=model) for model in WRITERS], id="models"))

"""Who may speak in drafts? The list of personas, and the form of one beside a look at how it begins and ends."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.settings.parts import area, confirm, line, pair
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.personas import PersonasState
from zrg_app.state.settings.words import TONES

_CHANNELS: dict[str, str] = {"email": "E-mail", "sms": "SMS", "linkedin": "LinkedIn"}
_LOOKED_AT = ("sender_name", "greeting", "sms_greeting", "linkedin_greeting", "signature")


def content() -> rx.Component:
    """Draw the list, or the persona being edited."""
    return rx.el.div(rx.cond(PersonasState.is_editing, _editor(), _list()), class_name="setting-panel")


def _list() -> rx.Component:
    new = rx.cond(AiState.may_edit, ui.button("New persona", look="primary", mark="plus", on_click=PersonasState.begin))
    rows = rx.el.ul(rx.foreach(PersonasState.personas, _row), class_name="ai-list", custom_attrs={"aria-label": "Personas"})
    nobody = ui.empty("Nobody has a voice of their own yet",
                      "Until there is a persona, drafts speak as Company says. Make one per person your leads hear from.",
                      new, mark="user")
    head = rx.el.header(
        rx.el.div(rx.el.h2("Personas"), rx.el.p("A campaign's own persona speaks first, then the default one, then what Company says.",
                                                class_name="soft"), class_name="grow"),
        rx.cond(PersonasState.personas.length() > 0, new), class_name="ai-head")
    return rx.fragment(head, rx.cond(PersonasState.personas.length() > 0, rows, nobody))


def _row(row: rx.Var) -> rx.Component:
    used = rx.match(row.campaigns, (0, rx.fragment()), (1, ui.badge("1 campaign")), ui.badge(row.campaigns.to(str) + " campaigns"))
    question = "Delete " + row.name.to(str) + "?" + rx.cond(
        row.campaigns > 0, " Its campaigns speak as the default persona from then on.", " Nothing uses it now.")
    steps = rx.cond(AiState.may_edit, rx.el.div(
        rx.cond(row.is_default, rx.fragment(), ui.button("Make default", look="ghost", on_click=PersonasState.make_default(row.id))),
        ui.button("Edit", mark="note", on_click=PersonasState.edit(row.id), attributes={"aria-label": "Edit " + row.name.to(str)}),
        confirm("delete-" + row.id.to(str), "Delete", question, "Delete", mark="trash", shown="Delete this persona",
                on_click=PersonasState.delete(row.id)),
        class_name="ai-steps"), ui.button("Look", look="ghost", mark="eye", on_click=PersonasState.edit(row.id)))
    return rx.el.li(
        rx.el.span(ui.icon("user"), class_name="entry-mark"),
        rx.el.div(
            rx.el.div(rx.el.span(row.name, class_name="strong clip"), rx.cond(row.is_default, ui.badge("Default", tone="accent")), used,
                      class_name="line"),
            rx.el.div(rx.cond(row.sender_name != "", "Signs as " + row.sender_name.to(str) + " · ", ""), row.tone,
                      class_name="small soft clip"),
            class_name="grow"),
        steps, key=row.id, class_name="ai-entry")


def _editor() -> rx.Component:
    title = rx.cond(PersonasState.shown.id == "", "New persona", PersonasState.shown.name)
    back = ui.button("All personas", look="ghost", mark="back", on_click=PersonasState.close)
    steps = rx.cond(AiState.may_edit, rx.el.div(
        rx.cond(PersonasState.trouble != "", rx.el.span(ui.icon("alert"), PersonasState.trouble, class_name="trouble line", role="alert")),
        ui.button("Cancel", look="ghost", on_click=PersonasState.close),
        ui.button("Save persona", look="primary", type="submit", shown_key="Ctrl S"), class_name="ai-save"))
    form = rx.el.form(
        rx.el.fieldset(_who(), _opening(), _knows(), disabled=~AiState.may_edit), steps,
        on_submit=PersonasState.save, on_blur=PersonasState.look(*[ui.typed(f"set-{name}") for name in _LOOKED_AT]),
        key="persona-" + PersonasState.turn.to(str), no_validate=True, custom_attrs={"data-watched": "", "aria-label": "Persona"})
    return rx.fragment(
        rx.el.div(back, rx.el.h2(title, class_name="clip"), class_name="ai-back"),
        rx.el.div(form, _preview(), class_name="ai-editor"),
        rx.el.datalist(*[rx.el.option(value=tone) for tone in TONES], id="tones"))


def _who() -> rx.Component:
    return rx.el.section(
        rx.el.h3("Who speaks"),
        pair(line(PersonasState, "name", "Name", "How it is called here.", max_length=100),
             line(PersonasState, "sender_name", "Signs as", "The person leads hear from.", max_length=200)),
        line(PersonasState, "tone", "Tone", "A few words; choose one or write your own.", list="tones", max_length=60, auto_complete="off"),
        class_name="card")


def _opening() -> rx.Component:
    return rx.el.section(
        rx.el.h3("How it begins and ends"),
        line(PersonasState, "greeting", "E-mail greeting", "{firstName} becomes the name of the lead.", max_length=500),
        pair(line(PersonasState, "sms_greeting", "SMS greeting", "Empty: as in e-mails.", max_length=500),
             line(PersonasState, "linkedin_greeting", "LinkedIn greeting", "Empty: as in e-mails.", max_length=500)),
        area(PersonasState, "signature", "Signature", "Below e-mails, exactly as it stands here; never below a text message.", rows="4",
             max_length=2_000),
        class_name="card")


def _knows() -> rx.Component:
    return rx.el.section(
        rx.el.h3("What it has in mind"),
        area(PersonasState, "goals", "Goals", "What every answer should try to reach. Empty: as Company says.", rows="3",
             max_length=10_000),
        area(PersonasState, "service_description", "What it offers", "Empty: as Company says.", rows="3", max_length=10_000),
        area(PersonasState, "ideal_customer_profile", "Whom it looks for", "The customers worth a meeting. Empty: as Company says.",
             rows="3", max_length=10_000),
        class_name="card")


def _preview() -> rx.Component:
    shown = rx.foreach(PersonasState.previews, lambda one: rx.el.li(
        rx.el.div(ui.channel_icon(one.channel), rx.el.span(rx.Var.create(_CHANNELS)[one.channel].to(str)), class_name="line small strong"),
        rx.el.div(rx.el.p(one.opening), rx.el.p("…", class_name="faint"), rx.cond(one.closing != "", rx.el.p(one.closing)),
                  class_name="ai-bubble"),
        key=one.channel))
    return rx.el.aside(rx.el.h3("Preview"), rx.el.p("To Dana Kessler of Northwind Freight", class_name="small faint"),
                       rx.el.ul(shown), class_name="ai-preview", custom_attrs={"aria-label": "Preview", "aria-live": "polite"})


PERSONAS = Section(key="personas", word="Personas", mark="user", content=content, load=PersonasState.load)

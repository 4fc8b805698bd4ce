"""What does the client company say of itself? One form with one Save, and the questions its leads are asked."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.settings.parts import area, confirm, group, line, pair, save_bar
from zrg_app.state.ai.company import CompanyState
from zrg_app.state.ai.frame import AiState
from zrg_app.state.settings.words import TONES


def content() -> rx.Component:
    """Draw the form; a new `revision` starts its fields afresh."""
    fields = rx.el.fieldset(_company(), _aim(), _voice(), _always(), disabled=~AiState.may_edit)
    form = rx.el.form(fields, save_bar(CompanyState), id="company", key=CompanyState.revision.to(str), on_submit=CompanyState.save,
                      no_validate=True, custom_attrs={"data-watched": "", "aria-label": "Company"})
    return rx.el.div(form, _questions(), rx.el.datalist(*[rx.el.option(value=tone) for tone in TONES], id="tones"),
                     class_name="setting-panel")


def _company() -> rx.Component:
    return group(
        "Company", "What drafts need to know about the client they are written for.",
        line(CompanyState, "company_name", "Company name", "The name leads know; drafts are written on its behalf.", max_length=200),
        area(CompanyState, "service_description", "What it offers", "The service in plain words, prices included if leads may hear them.",
             rows="5", max_length=10_000),
        area(CompanyState, "ideal_customer_profile", "Whom it looks for", "The customers worth a meeting: trade, size, place, need.",
             rows="4", max_length=10_000))


def _aim() -> rx.Component:
    return group(
        "Aim", "Where a good conversation leads.",
        line(CompanyState, "target_result", "Target result", "For example “a 15 minute call”.", max_length=500),
        area(CompanyState, "ai_goals", "Goals", "What every answer should try to reach, one thought per line.", rows="4",
             max_length=10_000),
        line(CompanyState, "booking_link", "Booking link", "Where leads choose a time themselves; drafts give out no other.", kind="url",
             max_length=500, placeholder="https://calendly.com/acme/intro"))


def _voice() -> rx.Component:
    return group(
        "Voice", rx.el.span("Who speaks where there is no ", rx.el.a("persona", href="/ai/personas", class_name="link"), "."),
        pair(line(CompanyState, "ai_persona_name", "Signs as", "The person drafts are signed as; leads see this name.", max_length=200),
             line(CompanyState, "ai_tone", "Tone", "A few words; choose one or write your own.", list="tones", max_length=60,
                  auto_complete="off")),
        line(CompanyState, "ai_greeting", "E-mail greeting", "{firstName} becomes the name of the lead.", max_length=500),
        pair(line(CompanyState, "ai_sms_greeting", "SMS greeting", "Empty: as in e-mails.", max_length=500),
             line(CompanyState, "ai_linkedin_greeting", "LinkedIn greeting", "Empty: as in e-mails.", max_length=500)),
        area(CompanyState, "ai_signature", "Signature", "Put below e-mail drafts exactly as it stands here; never below a text message.",
             rows="4", max_length=2_000))


def _always() -> rx.Component:
    return group(
        "Way out", "Where the law asks for it: a draft without the line of its channel does not pass.",
        pair(line(CompanyState, "email_opt_out_line", "Opt-out line of e-mails", "Empty: none is needed.", max_length=300,
                  placeholder="No longer interested? Just say so."),
             line(CompanyState, "sms_opt_out_line", "Opt-out line of texts", "Empty: none is needed.", max_length=160,
                  placeholder="Reply STOP to opt out.")))


def _questions() -> rx.Component:
    rows = rx.el.ol(rx.foreach(CompanyState.questions, _question), class_name="entries questions",
                    custom_attrs={"aria-label": "Qualification questions"})
    nothing = rx.el.p("No question yet. What must be known before a meeting is worth it?", class_name="faint nothing")
    return group("Qualification questions", "Asked by the way, one at a time, in this order. Required ones come first when time is short.",
                 rx.cond(CompanyState.questions.length() > 0, rows, nothing), rx.cond(AiState.may_edit, _new_question()),
                 id="questions")


def _question(row: rx.Var, place: rx.Var[int]) -> rx.Component:
    named = {"aria-label": "Question"}
    field = rx.el.input(default_value=row.question, class_name="field", max_length=300, custom_attrs=named, disabled=~AiState.may_edit,
                        on_blur=lambda words: rx.cond(words != row.question, CompanyState.reword(row.id, words), rx.noop()))
    required = ui.checkbox("Required", holds=row.required, disabled=~AiState.may_edit,
                           on_change=lambda ticked: CompanyState.require(row.id, ticked))
    steps = rx.cond(AiState.may_edit, rx.el.div(
        ui.icon_button("arrow-down", "Ask it earlier", size="s", class_name="turned", on_click=CompanyState.move_up(row.id),
                       disabled=place == 0),
        ui.icon_button("arrow-down", "Ask it later", size="s", on_click=CompanyState.move_down(row.id),
                       disabled=place == CompanyState.questions.length() - 1),
        confirm("drop-" + row.id.to(str), "Remove", "Remove this question? Answers that leads gave stay with them.", "Remove", mark="trash",
                shown="Remove the question", on_click=CompanyState.remove(row.id)),
        class_name="line"))
    return rx.el.li(rx.el.div(field, class_name="grow"), required, steps, key=row.id.to(str) + CompanyState.question_turn.to(str),
                    class_name="entry")


def _new_question() -> rx.Component:
    field = ui.text_input("new-question", name="question", max_length=300, auto_complete="off", placeholder="How many people work there?")
    return rx.el.form(
        ui.field_row("New question", field, for_id="new-question", problem=CompanyState.question_problem),
        rx.el.div(ui.checkbox("Required", name="required"), ui.button("Add question", mark="plus", type="submit"),
                  class_name="question-steps"),
        on_submit=CompanyState.add_question, key="question-" + CompanyState.question_turn.to(str), class_name="new-question",
        no_validate=True)


COMPANY = Section(key="company", word="Company", mark="building", content=content, load=CompanyState.load)

"""What would become of this message? Paste one; nothing is saved in the inbox and nothing is sent."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.ai.outcomes import outcome
from zrg_app.services.llm.models import WRITERS
from zrg_app.services.trials import ChoiceView, OutcomeView, TrialView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.playground import PlaygroundState

_TRIED = rx.Var.create({"waiting": "Waiting", "running": "Running", "done": "Done", "failed": "Failed"})


def playground() -> rx.Component:
    """Draw the form, the result beside it, and what was tried before."""
    return rx.el.div(rx.el.div(_form(), _result(), class_name="try-grid"), _tries(), class_name="ai-trials")


def _form() -> rx.Component:
    nobody, none = rx.el.option("Somebody made up", value=""), rx.el.option("None", value="")
    own, as_set = rx.el.option("As it is set", value=""), rx.el.option("As it is set", value="")
    models = [rx.el.option(name, value=name) for name in WRITERS]
    fields = rx.el.fieldset(
        ui.field_row("What the lead wrote", ui.text_area(
            "try-text", name="text", value=PlaygroundState.pasted, rows="8", max_length=12000,
            placeholder="Sounds interesting. What does it cost, and could we talk on Thursday?"),
            for_id="try-text", problem=PlaygroundState.problem),
        rx.el.div(
            ui.field_row("Channel", ui.select(
                "try-channel", rx.el.option("E-mail", value="email"), rx.el.option("SMS", value="sms"),
                rx.el.option("LinkedIn", value="linkedin"), value=PlaygroundState.channel, name="channel"), for_id="try-channel"),
            ui.field_row("From", ui.select("try-lead", nobody, rx.foreach(PlaygroundState.leads, _option), name="lead_id"),
                         for_id="try-lead", hint="With a real lead their thread and memory count too."), class_name="setting-pair"),
        rx.el.div(
            ui.field_row("Campaign", ui.select("try-campaign", none, rx.foreach(PlaygroundState.campaigns, _option), name="campaign_id"),
                         for_id="try-campaign"),
            ui.field_row("Persona", ui.select("try-persona", own, rx.foreach(PlaygroundState.personas, _option), name="persona_id"),
                         for_id="try-persona"), class_name="setting-pair"),
        rx.el.div(
            ui.field_row("Writer's model", ui.select("try-model", as_set, *models, name="model"), for_id="try-model"),
            ui.field_row("Threshold in per cent", ui.text_input("try-threshold", name="threshold", placeholder="As it is set",
                                                                input_mode="decimal"), for_id="try-threshold"), class_name="setting-pair"),
        ui.checkbox("Decide as if auto-send were on", name="as_if_on", default_checked=True), disabled=~AiState.may_edit)
    return rx.el.form(
        fields, rx.el.div(ui.button("Try it", look="primary", mark="play", type="submit", disabled=~AiState.may_edit),
                          rx.el.span("Nothing is saved in the inbox and nothing is sent.", class_name="small faint"), class_name="line"),
        on_submit=PlaygroundState.start, key="try-" + PlaygroundState.form_turn.to(str), class_name="card", no_validate=True,
        custom_attrs={"aria-label": "Try a message"})


def _option(one: rx.Var[ChoiceView]) -> rx.Component:
    return rx.el.option(one.word, value=one.id)


def _result() -> rx.Component:
    shown = PlaygroundState.shown.to(TrialView)
    busy = rx.el.div(rx.el.p(ui.icon("loop"), " Reading, writing, judging. Models take a moment.", class_name="said",
                             custom_attrs={"data-tone": "busy"}), ui.skeleton("100%", "80px"),
                     ui.button("Stop", look="ghost", on_click=PlaygroundState.stop(shown.id)), class_name="stack")
    failed = ui.broken("It came to no end", shown.error)
    told = rx.cond(PlaygroundState.outcome, outcome(PlaygroundState.outcome.to(OutcomeView)),
                   rx.cond(shown.status == "failed", failed, busy))
    nothing = ui.empty("Nothing tried yet", "Paste a reply and see its label, the draft, the checks, and whether it would be sent.",
                       mark="flask")
    return rx.el.section(rx.cond(PlaygroundState.shown, told, nothing), class_name="card result",
                         custom_attrs={"aria-label": "Result", "aria-live": "polite"})


def _tries() -> rx.Component:
    return rx.cond(PlaygroundState.tries.length() > 0, rx.el.section(
        rx.el.header(rx.el.h3("Tried before")),
        rx.el.div(rx.foreach(PlaygroundState.tries, lambda row: tried_row(
            row, PlaygroundState.open(row.id), ui.button("Try again", look="ghost", on_click=PlaygroundState.take(row.id)))),
            class_name="entries"),
        class_name="card", custom_attrs={"aria-label": "Tried before"}), rx.fragment())


def tried_row(row: rx.Var[TrialView], opens: object, step: rx.Component | None = None) -> rx.Component:
    """One try in a list: what, what came of it, by whom and when; a press shows it."""
    progress = rx.cond((row.status == "running") & (row.total > 1), rx.el.span(row.done, " of ", row.total, class_name="faint small"),
                       rx.fragment())
    said = rx.cond(row.error != "", row.error, row.said)
    return rx.el.div(
        ui.badge(_TRIED[row.status].to(str), tone=row.tone),
        rx.el.button(rx.el.div(row.told, class_name="clip strong"), rx.el.div(said, class_name="small soft clip"), type="button",
                     class_name="tried grow", on_click=opens),
        progress, rx.el.span(row.who, " ", ui.moment(row.created_at), class_name="small faint entry-time"), step or rx.fragment(),
        key=row.id, class_name="entry")


PLAYGROUND = Section(key="playground", word="Playground", mark="flask", content=playground, load=PlaygroundState.load)

"""What are the models told, and which models? Prompts and snippets with their differences, history and ways back."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.ai.trials import preview_panel
from zrg_app.pages.settings.parts import confirm, group
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.prompts import PromptsState

_WORDS = rx.Var.create({"ours": "Ours", "changed": "Changed", "stale": "Not applied"})
_TONES = rx.Var.create({"ours": "quiet", "changed": "info", "stale": "wait"})
_SIGNS = rx.Var.create({"added": "+", "removed": "−", "same": " ", "gap": "⋯"})
_SPOKEN = rx.Var.create({"added": "Added: ", "removed": "Removed: ", "same": "", "gap": ""})


def prompts_section() -> rx.Component:
    """Draw the list, what is open beside it, and the models below."""
    return rx.fragment(
        rx.el.div(_list(), rx.cond(PromptsState.opened, _opened(), rx.fragment()), class_name="prompts setting-panel"),
        _models(), rx.cond(AiState.read_only_reason != "", rx.el.p(AiState.read_only_reason, class_name="soft"), rx.fragment()))


def _list() -> rx.Component:
    def area(each: rx.Var) -> rx.Component:
        return rx.el.section(rx.el.h3(each.area), rx.el.ul(rx.foreach(each.rows, _entry)))
    return rx.el.nav(rx.foreach(PromptsState.groups, area), class_name="prompt-list", custom_attrs={"aria-label": "Prompts and snippets"})


def _entry(row: rx.Var) -> rx.Component:
    state = rx.cond(row.state == "ours", rx.fragment(), ui.badge(_WORDS[row.state].to(str), tone=_TONES[row.state].to(str)))
    return rx.el.li(rx.el.button(
        rx.el.span(row.title, class_name="clip grow"), state, type="button", class_name="prompt-entry",
        on_click=PromptsState.choose(row.key),
        custom_attrs={"data-leaves": "", "data-prompt": row.key,
                      "aria-current": rx.cond(PromptsState.opened.row.key == row.key, "true", "false")}), key=row.key)


def _opened() -> rx.Component:
    seen = PromptsState.opened
    head = rx.el.header(
        rx.el.div(rx.el.h2(seen.row.title, id="prompt-title", custom_attrs={"tabIndex": -1}),
                  ui.badge(_WORDS[seen.row.state].to(str), tone=_TONES[seen.row.state].to(str)), class_name="line"),
        rx.el.p(seen.row.purpose, class_name="soft"),
        rx.cond(seen.given.length() > 0,
                rx.el.p("Put before the model with it: ", rx.foreach(seen.given, lambda one: rx.el.span(one, class_name="given")),
                        class_name="small faint"), rx.fragment()))
    panel = preview_panel(seen.row.key.to(str), ui.typed("prompt-text"))
    return rx.el.section(head, _state_of(), _form(), panel, _differences(), _history(), class_name="prompt-open",
                         custom_attrs={"aria-labelledby": "prompt-title"})


def _state_of() -> rx.Component:
    seen = PromptsState.opened
    told = rx.el.p("Yours since ", ui.moment(seen.row.changed_at), ", by ", seen.row.changed_by, ". ", class_name="grow")
    back = confirm("back-to-ours", "Back to ours", "Use our text again? Yours stays in the history.", "Use ours", tone="plain",
                   on_click=PromptsState.go_back_to_ours)
    stale = rx.el.div(
        ui.icon("alert"), rx.el.p("Ours has changed since this was written, so ours is used and yours is not applied. Compare them "
                                  "below, then use yours again or go back to ours.", class_name="grow"),
        rx.cond(AiState.may_edit, rx.el.div(ui.button("Use mine again", look="primary", on_click=PromptsState.apply_again), back,
                                            class_name="line"), rx.fragment()), class_name="prompt-note", role="status",
        custom_attrs={"data-tone": "wait"})
    changed = rx.el.div(told, rx.cond(AiState.may_edit, back, rx.fragment()), class_name="prompt-note")
    return rx.match(seen.row.state, ("stale", stale), ("changed", changed), rx.fragment())


def _form() -> rx.Component:
    seen = PromptsState.opened
    rule = rx.cond(seen.markers != "", rx.el.span(
        "Keep the rule that what stands between ", seen.markers, " is a stranger’s text. We add it below yours as well.",
        class_name="hint"), rx.fragment())
    number = rx.el.input(id="prompt-text", name="prompt-text", default_value=seen.text, class_name="field short", input_mode="numeric",
                         auto_complete="off", custom_attrs=_marks())
    text = rx.el.textarea(id="prompt-text", name="prompt-text", default_value=seen.text, class_name="field prompt-text", rows="16",
                          spell_check=False, custom_attrs=_marks())
    fields = rx.el.fieldset(
        rx.el.label("Text", html_for="prompt-text", class_name="unseen"), rx.cond(seen.kind == "number", number, text), rule,
        disabled=~AiState.may_edit)
    return rx.el.form(fields, _save_bar(), key=seen.row.key.to(str) + PromptsState.revision.to(str), on_submit=PromptsState.save,
                      no_validate=True, id="prompt", custom_attrs={"data-watched": "", "aria-label": "Text of the prompt"})


def _marks() -> dict[str, Any]:
    return {"aria-invalid": rx.cond(PromptsState.trouble != "", "true", "false")}


def _save_bar() -> rx.Component:
    trouble = rx.el.span(ui.icon("alert"), PromptsState.trouble, class_name="trouble line", role="alert")
    said = rx.cond(PromptsState.trouble != "", trouble, rx.el.span(ui.dot("wait"), "Not saved yet", class_name="line", role="status"))
    return rx.el.footer(
        rx.el.div(said, class_name="grow"), ui.button("Discard", look="ghost", on_click=PromptsState.discard),
        ui.button("Save", look="primary", type="submit", shown_key="Ctrl S"),
        class_name="save-bar", custom_attrs={"data-trouble": rx.cond(PromptsState.trouble != "", "true", "false")})


def _differences() -> rx.Component:
    return rx.cond(PromptsState.opened.diff.length() > 0, rx.el.details(
        rx.el.summary("How yours differs from ours"), _lines(PromptsState.opened.diff, "Differences from ours"), open=True), rx.fragment())


def _lines(lines: rx.Var, name: str) -> rx.Component:
    def line(one: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.span(_SIGNS[one.kind].to(str), class_name="diff-sign", custom_attrs={"aria-hidden": "true"}),
            rx.el.span(_SPOKEN[one.kind].to(str), class_name="unseen"), rx.el.span(one.text), class_name="diff-line",
            custom_attrs={"data-kind": one.kind})
    return rx.el.div(rx.foreach(lines, line), class_name="diff", role="region", custom_attrs={"aria-label": name, "tabIndex": 0})


def _history() -> rx.Component:
    rows = rx.el.ul(rx.foreach(PromptsState.opened.history, _revision), class_name="entries", custom_attrs={"aria-label": "History"})
    none = rx.el.p("Nobody has changed this text. Every change will stand here, with the way back to it.", class_name="faint nothing")
    return rx.el.section(rx.el.h3("History"), rx.cond(PromptsState.opened.history.length() > 0, rows, none), class_name="prompt-history")


def _revision(row: rx.Var) -> rx.Component:
    what = rx.match(row.action, ("reset", "Back to ours"), ("applied again", "Applied again"), ("restored", "Brought back"), "Saved")
    compare = ui.button(rx.cond(PromptsState.compared == row.id, "Hide", "Compare"), look="ghost", on_click=PromptsState.compare(row.id))
    again = confirm("bring-back-" + row.id.to(str), "Bring back", "Use this text again? What is used now stays in the history.",
                    "Bring back", tone="plain", on_click=PromptsState.bring_back(row.id))
    lines = rx.cond(PromptsState.compared_lines.length() > 0, _lines(PromptsState.compared_lines, "Differences of this text from ours"),
                    rx.el.p("It is the same as ours.", class_name="faint"))
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.span(what, class_name="strong"), " by ", row.by, class_name="grow"),
            rx.el.span(ui.moment(row.at), class_name="small faint entry-time"),
            rx.el.div(rx.cond(row.size > 0, compare, rx.fragment()),
                      rx.cond(AiState.may_edit & ~row.is_newest & (row.size > 0), again, rx.fragment()), class_name="line"),
            class_name="entry"),
        rx.cond(PromptsState.compared == row.id, lines, rx.fragment()), key=row.id)


def _models() -> rx.Component:
    default = PromptsState.default_model
    fields = rx.el.fieldset(
        _model("draft_generation_model", "Writes drafts", "Empty means " + default + ", the choice of this installation."),
        _model("draft_verification_model", "Checks drafts", "Reads a draft once more against the rules. Empty means our choice."),
        _model("auto_send_evaluator_model", "Judges what may leave by itself", "Says how safe a draft is. Empty means our choice."),
        rx.cond(AiState.may_edit, ui.button("Save models", type="submit"), rx.fragment()), disabled=~AiState.may_edit)
    names = rx.el.datalist(rx.foreach(PromptsState.model_names, lambda name: rx.el.option(value=name)), id="model-names")
    form = rx.el.form(fields, names, on_submit=PromptsState.save_models, no_validate=True, id="models",
                      key="models-" + PromptsState.model_revision.to(str), custom_attrs={"aria-label": "Models"})
    return group("Models", "Which model does what, for this workspace.", form)


def _model(name: str, label: str, hint: Any) -> rx.Component:
    field = ui.text_input(f"set-{name}", value=getattr(PromptsState.models, name), name=name, list="model-names", max_length=100,
                          auto_complete="off")
    return ui.field_row(label, field, for_id=f"set-{name}", hint=hint, problem=PromptsState.model_notes[name])


PROMPTS = Section(key="prompts", word="Prompts", mark="note", content=prompts_section, load=PromptsState.load)

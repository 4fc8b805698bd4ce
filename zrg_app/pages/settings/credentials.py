"""What must be entered to connect a provider, and how is it left again? Folded until somebody wants to."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm
from zrg_app.state.settings.integrations import IntegrationsState


def credentials(card: rx.Var) -> rx.Component:
    """The form of a provider; it opens by itself when it was refused, here or by the provider, or when a question waits."""
    needs_eyes = (card.problem != "") | (card.asks != "") | (card.view.status == "locked")
    word = rx.cond(card.is_connected, "Credentials", rx.cond(card.view.is_mail & (card.other != ""), "Switch to it", "Set up"))
    mark = rx.cond(card.is_connected, ui.icon("key"), ui.icon("plug"))
    return rx.el.details(rx.el.summary(mark, word, custom_attrs={"aria-label": word.to(str) + ": " + card.view.title.to(str)}),
                         _form(card), key=card.turn, class_name="credentials", open=needs_eyes)


def _form(card: rx.Var) -> rx.Component:
    problem = rx.el.p(ui.icon("alert", size="s"), card.problem, class_name="problem", role="alert")
    return rx.el.form(
        rx.el.input(type="hidden", name="provider", value=card.slug, read_only=True),
        rx.foreach(card.view.fields, lambda field: _field(card, field)),
        rx.foreach(card.view.options, lambda option: _option(card, option)),
        rx.cond(card.problem != "", problem, rx.fragment()),
        rx.cond(card.asks != "", _question(card), rx.el.div(_steps(card), class_name="line")),
        on_submit=IntegrationsState.save, no_validate=True, auto_complete="off",
        custom_attrs={"aria-label": "Credentials of " + card.view.title.to(str)})


def _steps(card: rx.Var) -> rx.Component:
    connected = rx.fragment(ui.button("Save", look="primary", type="submit"), _remove(card))
    return rx.cond(card.is_connected, connected, ui.button("Connect", look="primary", mark="plug", type="submit"))


def _question(card: rx.Var) -> rx.Component:
    """Mail runs through another provider: what switching costs, and both answers."""
    return rx.el.div(
        rx.el.input(type="hidden", name="replace", value="yes", read_only=True),
        rx.el.p(ui.icon("alert"), rx.el.span(card.asks), class_name="line"),
        rx.el.div(ui.button("Switch to " + card.view.title.to(str), look="primary", type="submit"),
                  ui.button("Keep " + card.other.to(str), look="ghost", on_click=IntegrationsState.keep_other(card.slug)),
                  class_name="line"),
        class_name="asked", role="alertdialog", custom_attrs={"aria-label": "Switch the e-mail provider"})


def _field(card: rx.Var, field: rx.Var) -> rx.Component:
    identifier = "field-" + card.slug.to(str) + "-" + field.name.to(str)
    hidden = rx.cond(field.value != "", field.value.to(str) + "  (kept unless you type a new one)", "")
    entry = rx.el.input(
        id=identifier, name=field.name, type=rx.cond(field.secret, "password", "text"), class_name="field",
        default_value=rx.cond(field.secret, "", field.value.to(str)), placeholder=rx.cond(field.secret, hidden, ""),
        auto_complete=rx.cond(field.secret, "new-password", "off"), spell_check=False, max_length=2000)
    choice = rx.el.select(
        rx.el.option("Default of this installation", value=""),
        rx.foreach(field.choices, lambda address: rx.el.option(address, value=address, key=address)),
        id=identifier, name=field.name, default_value=field.value, class_name="field")
    optional = rx.cond(field.required, rx.fragment(), rx.el.span(" (optional)", class_name="faint"))
    return rx.el.div(rx.el.label(field.title, optional, html_for=identifier),
                     rx.cond(field.choices.length() > 0, choice, entry), rx.el.span(field.help, class_name="hint"),
                     key=field.name, class_name="field-row")


def _option(card: rx.Var, option: rx.Var) -> rx.Component:
    identifier = "option-" + card.slug.to(str) + "-" + option.name.to(str)
    box = rx.el.input(type="checkbox", class_name="check", id=identifier, name="option-" + option.name.to(str),
                      default_checked=option.is_on)
    return rx.el.div(rx.el.label(box, rx.el.span(option.title), class_name="line"), rx.el.span(option.help, class_name="hint"),
                     key=option.name, class_name="field-row")


def _remove(card: rx.Var) -> rx.Component:
    question = "Disconnect " + card.view.title.to(str) + "? Messages stop in both directions; the credentials are forgotten."
    return confirm("disconnect-" + card.slug.to(str), "Disconnect", question, "Disconnect",
                   on_click=IntegrationsState.remove(card.slug))

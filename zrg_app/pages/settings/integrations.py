"""Whom do we talk to, does it work, and what must be pasted where? One card per provider."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm, copied
from zrg_app.pages.settings.signatures import unsigned_webhooks
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.integrations import IntegrationsState


def integrations_tab() -> rx.Component:
    """Draw the cards of the providers, then that of the product's own mail."""
    return rx.el.div(rx.foreach(IntegrationsState.cards, _card), _mail(), class_name="providers")


def _card(card: rx.Var) -> rx.Component:
    return rx.el.section(
        _head(card),
        rx.el.p(card.purpose, class_name="soft"),
        rx.cond(card.is_connected, rx.fragment(_health(card), _said(card), _webhook(card), unsigned_webhooks(card)), rx.fragment()),
        rx.cond(SettingsState.may_connect, _credentials(card), rx.fragment()),
        key=card.slug, id="provider-" + card.slug.to(str), class_name="card provider",
        custom_attrs={"aria-label": card.view.title})


def _head(card: rx.Var) -> rx.Component:
    is_testing = IntegrationsState.testing == card.slug
    test = ui.button(rx.cond(is_testing, "Testing", "Test"), mark="bolt", disabled=IntegrationsState.testing != "",
                     on_click=IntegrationsState.test(card.slug),
                     attributes={"aria-label": "Test " + card.view.title.to(str)})
    return rx.el.header(
        rx.el.span(rx.match(card.slug, ("ghl", ui.icon("sms", size="l")), ("calendly", ui.icon("calendar", size="l")),
                         ui.icon("mail", size="l")), class_name="provider-mark"),
        rx.el.h2(card.view.title), ui.badge(card.word, tone=card.tone),
        rx.el.span(class_name="grow"),
        rx.cond(card.is_connected & SettingsState.may_connect, test, rx.fragment()))


def _health(card: rx.Var) -> rx.Component:
    facts = [("Account", rx.cond(card.view.external_id != "", card.view.external_id, "not named"), True),
             ("Last event in", card.view.last_event_at, False), ("Last send out", card.view.last_send_at, False),
             ("Last tested", card.view.last_checked_at, False)]
    return rx.el.dl(*[rx.el.div(rx.el.dt(name), rx.el.dd(value if plain else _when(value), class_name="clip"))
                      for name, value, plain in facts], class_name="facts")


def _when(at: rx.Var) -> rx.Component:
    return rx.cond(at != "", ui.moment(at), rx.el.span("never yet", class_name="faint"))


def _said(card: rx.Var) -> rx.Component:
    """What is going on, what the Test said, or what went wrong last."""
    running = _sentence(ui.icon("spinner"), "Asking " + card.view.title.to(str) + " …", tone="busy")
    answered = _sentence(rx.cond(card.works, ui.icon("check"), ui.icon("alert")), card.result,
                         tone=rx.cond(card.works, "good", "bad"))
    failed = _sentence(ui.icon("alert"), "Last error: " + card.view.last_error.to(str), tone="bad")
    quiet = rx.cond(card.view.last_error != "", failed, rx.fragment())
    return rx.el.div(rx.cond(IntegrationsState.testing == card.slug, running, rx.cond(card.result != "", answered, quiet)),
                     role="status", class_name="said-place")


def _sentence(mark: rx.Component, words: rx.Var, *, tone: str | rx.Var) -> rx.Component:
    return rx.el.p(mark, rx.el.span(words), class_name="said", custom_attrs={"data-tone": tone})


def _webhook(card: rx.Var) -> rx.Component:
    renew = confirm("renew-" + card.slug.to(str), "New secret", "Make a new secret? The present address stops working at once.",
                    "Make a new one", on_click=IntegrationsState.renew_address(card.slug))
    hidden = rx.cond(card.view.has_webhook_secret, "The secret in it is hidden; a new one can be made any time. ", "")
    once = rx.el.b("Copy it now: its secret is not shown again. ")
    identifier = "webhook-" + card.slug.to(str)
    return rx.el.div(
        rx.el.div(rx.el.span("Webhook address", class_name="label grow"),
                  rx.cond(SettingsState.may_connect & ~card.view.is_signed, renew, rx.fragment()), class_name="line"),
        rx.cond(card.is_fresh | ~card.view.has_webhook_secret,
                copied("Webhook address", identifier=identifier, value=card.view.webhook_address),
                rx.el.input(value=card.view.webhook_address, read_only=True, class_name="field mono", id=identifier,
                            custom_attrs={"aria-label": "Webhook address"})),
        rx.cond(SettingsState.may_connect,
                rx.el.p(rx.cond(card.is_fresh, once, hidden), card.where_to_paste, class_name="small faint"), rx.fragment()),
        class_name=rx.cond(card.is_fresh, "webhook fresh", "webhook"))


def _credentials(card: rx.Var) -> rx.Component:
    """Open while there is something to enter, folded afterwards."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="provider", value=card.slug, read_only=True),
        rx.foreach(card.view.fields, lambda field: _field(card, field)),
        rx.cond(card.problem != "", rx.el.p(ui.icon("alert", size="s"), card.problem, class_name="problem", role="alert"),
                rx.fragment()),
        rx.el.div(rx.cond(card.is_connected,
                          rx.fragment(ui.button("Save", look="primary", type="submit"), _remove(card)),
                          ui.button("Connect", look="primary", mark="plug", type="submit")), class_name="line"),
        on_submit=IntegrationsState.save, key=card.turn, no_validate=True, auto_complete="off",
        custom_attrs={"aria-label": "Credentials of " + card.view.title.to(str)})
    folded = rx.el.details(rx.el.summary(ui.icon("key"), "Credentials"), form, class_name="credentials", open=card.problem != "")
    return rx.cond(card.is_connected, folded, rx.el.div(form, class_name="credentials"))


def _field(card: rx.Var, field: rx.Var) -> rx.Component:
    identifier = "field-" + card.slug.to(str) + "-" + field.name.to(str)
    hidden = rx.cond(field.value != "", field.value.to(str) + "  (kept unless you type a new one)", "")
    entry = rx.el.input(
        id=identifier, name=field.name, type=rx.cond(field.secret, "password", "text"), class_name="field",
        default_value=rx.cond(field.secret, "", field.value.to(str)), placeholder=rx.cond(field.secret, hidden, ""),
        auto_complete=rx.cond(field.secret, "new-password", "off"), spell_check=False, max_length=2000)
    optional = rx.cond(field.required, rx.fragment(), rx.el.span(" (optional)", class_name="faint"))
    return rx.el.div(rx.el.label(field.title, optional, html_for=identifier), entry, rx.el.span(field.help, class_name="hint"),
                     key=field.name, class_name="field-row")


def _remove(card: rx.Var) -> rx.Component:
    question = "Disconnect " + card.view.title.to(str) + "? Messages stop in both directions; the credentials are forgotten."
    return confirm("disconnect-" + card.slug.to(str), "Disconnect", question, "Disconnect",
                   on_click=IntegrationsState.remove(card.slug))


def _mail() -> rx.Component:
    mail = IntegrationsState.mail
    return rx.el.section(
        rx.el.header(rx.el.span(ui.icon("at", size="l"), class_name="provider-mark"), rx.el.h2("Resend"),
                     ui.badge(mail.word, tone=mail.tone), rx.el.span(class_name="grow"),
                     rx.el.span("Set for the whole installation", class_name="faint small long")),
        rx.el.p(mail.sentence, class_name="soft"),
        rx.cond((mail.sender != "") | (mail.key != ""), rx.el.dl(
            rx.el.div(rx.el.dt("Sender"), rx.el.dd(rx.cond(mail.sender != "", mail.sender, "not set"))),
            rx.el.div(rx.el.dt("Key"), rx.el.dd(rx.cond(mail.key != "", mail.key, "not set"))),
            class_name="facts"), rx.fragment()),
        id="provider-resend", class_name="card provider", custom_attrs={"aria-label": "Resend"})

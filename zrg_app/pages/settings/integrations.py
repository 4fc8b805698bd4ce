"""Whom do we talk to, does it work, and what must be pasted where? A card per provider, grouped by what it is for."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.calendars import calendar_choice
from zrg_app.pages.settings.channel import channel_choice
from zrg_app.pages.settings.credentials import credentials
from zrg_app.pages.settings.parts import confirm, copied
from zrg_app.pages.settings.slack_reviewers import reviewers
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.integrations import IntegrationsState


def integrations_tab() -> rx.Component:
    """Draw the groups with their cards."""
    return rx.el.div(rx.foreach(IntegrationsState.groups, _group))


def _group(group: rx.Var) -> rx.Component:
    head = rx.el.header(rx.el.h2(group.title), rx.el.p(group.words, class_name="soft"))
    return rx.el.section(head, rx.el.div(rx.foreach(group.cards, _card), class_name="providers"), key=group.key,
                         class_name="setting-group")


def _card(card: rx.Var) -> rx.Component:
    return rx.el.section(
        _head(card),
        rx.el.p(card.purpose, " ", card.note, class_name="soft purpose"),
        _warned(card.clash, rx.cond(SettingsState.may_connect, _settle(card), rx.fragment())),
        _warned(card.mismatch),
        rx.foreach(card.warnings, lambda warning: _warned(warning)),
        rx.cond(card.is_connected, rx.fragment(_health(card), _said(card), _alerts(card), calendar_choice(card), _webhook(card)),
                rx.fragment()),
        rx.cond(SettingsState.may_connect, credentials(card), rx.fragment()),
        key=card.slug, id="provider-" + card.slug.to(str), class_name="card provider",
        custom_attrs={"aria-label": card.view.title})


def _head(card: rx.Var) -> rx.Component:
    is_busy, title = IntegrationsState.testing != "", card.view.title.to(str)
    test = ui.button(rx.cond(IntegrationsState.testing == card.slug, "Testing", "Test"), mark="bolt", disabled=is_busy,
                     on_click=IntegrationsState.test(card.slug, True), attributes={"aria-label": "Test " + title})
    trial = ui.button(card.view.trial, mark="send", disabled=is_busy, on_click=IntegrationsState.try_out(card.slug))
    has_trial = (card.view.trial != "") & ~card.view.tries_by_test
    steps = rx.fragment(rx.cond(has_trial, trial, rx.fragment()), test)
    return rx.el.header(
        rx.el.span(ui.icon(card.mark, size="l"), class_name="provider-mark"),
        rx.el.h3(card.view.title), ui.badge(card.word, tone=card.tone),
        rx.cond(card.is_connected & card.view.is_chosen, ui.badge("In use", tone="accent"), rx.fragment()),
        rx.el.span(class_name="grow"),
        rx.cond(card.is_connected & SettingsState.may_connect, rx.el.span(steps, class_name="line steps"), rx.fragment()))


def _warned(words: rx.Var, step: rx.Component | None = None) -> rx.Component:
    warning = rx.el.div(ui.icon("alert"), rx.el.span(words, class_name="grow"), step or rx.fragment(), class_name="warned",
                        role="status")
    return rx.cond(words != "", warning, rx.fragment())


def _settle(card: rx.Var) -> rx.Component:
    return confirm("settle-" + card.slug.to(str), "Use only this one", card.settles, "Switch", tone="plain",
                   on_click=IntegrationsState.choose(card.slug))


def _health(card: rx.Var) -> rx.Component:
    account = rx.cond(card.account != "", rx.el.span(card.account, title=card.account), rx.el.span("not named", class_name="faint"))
    event = rx.cond(card.view.webhook_address != "", _fact("Last event in", _when(card.view.last_event_at)), rx.fragment())
    return rx.el.dl(_fact("Account", account), event, _fact("Last send out", _when(card.view.last_send_at)),
                    _fact("Last tested", _when(card.view.last_checked_at)), class_name="facts")


def _fact(name: str, value: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value, class_name="clip"))


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


def _alerts(card: rx.Var) -> rx.Component:
    return rx.cond(card.slug == "slack", rx.fragment(channel_choice(card), reviewers()), rx.fragment())


def _webhook(card: rx.Var) -> rx.Component:
    """The address to paste, and the secret where it does not stand in it; both in clear right after they were made."""
    slug, is_header = card.slug.to(str), card.view.secret_place == "header"
    renew = rx.cond(
        card.view.has_webhook_secret,
        confirm("renew-" + slug, "New secret", "Make a new secret? The present one stops working at once.", "Make a new one",
                on_click=IntegrationsState.renew_address(card.slug)),
        confirm("renew-" + slug, "Ask for a secret", "Anybody who knows this address can post to it. Webhooks without the secret are "
                "refused from then on, so paste the new address at the provider right away.", "Make a secret", tone="plain",
                on_click=IntegrationsState.renew_address(card.slug)))
    may_renew = SettingsState.may_connect & card.view.shows_secret
    hidden = rx.cond(card.view.has_webhook_secret & card.view.shows_secret,
                     "The secret is hidden; a new one can be made any time. ", "")
    once = rx.el.b("Copy it now: the secret is not shown again. ")
    in_clear = card.is_fresh | ~card.view.has_webhook_secret | is_header | (card.view.secret_place == "signature")
    secret = rx.cond(is_header & card.is_fresh, copied("Webhook secret", identifier="secret-" + slug), rx.fragment())
    box = rx.el.div(
        rx.el.div(rx.el.span("Webhook address", class_name="label grow"), rx.cond(may_renew, renew, rx.fragment()),
                  class_name="line"),
        rx.cond(in_clear, copied("Webhook address", identifier="webhook-" + slug, value=card.view.webhook_address),
                rx.el.input(value=card.view.webhook_address, read_only=True, class_name="field mono", id="webhook-" + slug,
                            custom_attrs={"aria-label": "Webhook address"})),
        rx.cond(is_header & card.is_fresh, rx.el.span("Webhook secret", class_name="label"), rx.fragment()), secret,
        rx.cond(SettingsState.may_connect,
                rx.el.p(rx.cond(card.is_fresh, once, hidden), card.where_to_paste, " ", card.where_secret,
                        class_name="small faint"), rx.fragment()),
        class_name=rx.cond(card.is_fresh, "webhook fresh", "webhook"))
    return rx.cond(card.view.webhook_address != "", box, rx.fragment())

"""Does a provider that signs its webhooks have to, in this workspace? The warning and the switch on its card."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.integrations import IntegrationsState


def unsigned_webhooks(card: rx.Var) -> rx.Component:
    """Warn while webhooks need no signature, and let those who may connect decide it; nothing where it is no question."""
    question = ("Accept webhooks that nobody signed? Whoever learns the address can then tell of meetings. Only for a webhook "
                "that was made by hand without a signing key.")
    allow = confirm("unsigned-" + card.slug.to(str), "Accept unsigned webhooks", question, "Accept them",
                    on_click=IntegrationsState.take_unsigned(card.slug, True))
    forbid = ui.button("Ask for signatures again", look="ghost", on_click=IntegrationsState.take_unsigned(card.slug, False))
    switch = rx.cond(card.view.takes_unsigned == "yes", forbid, allow)
    warning = rx.el.p(ui.icon("alert"), rx.el.span(card.view.warning), class_name="said", custom_attrs={"data-tone": "bad"}, role="alert")
    return rx.cond(card.view.takes_unsigned != "", rx.fragment(
        rx.cond(card.view.warning != "", warning, rx.fragment()),
        rx.cond(SettingsState.may_connect, rx.el.div(switch, class_name="line"), rx.fragment())), rx.fragment())

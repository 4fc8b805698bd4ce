"""What must everybody know before they act: we are in the sandbox, we are cut off, this is read-only?"""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from zrg_app import ui
from zrg_app.state.health import HealthState


def banners(state: Any) -> rx.Component:
    """Draw the banners that hold now. `state` offers: uses_sandbox, read_only_reason (a sentence or "")."""
    return rx.fragment(
        rx.cond(state.uses_sandbox, _sandbox()),
        rx.cond(state.read_only_reason != "", ui.banner(state.read_only_reason, mark="eye", tone="info")),
        rx.foreach(HealthState.troubles, _trouble),
        _offline(),
    )


def _trouble(trouble: rx.Var) -> rx.Component:
    """Credentials are refused: messages stop until somebody mends them."""
    way = rx.el.a("Mend it", href="/settings?settingsTab=integrations#provider-" + trouble.provider.to(str))
    return ui.banner(
        rx.el.b(trouble.title.to(str) + " does not accept our credentials."),
        rx.el.span(" Nothing comes in or goes out through it until they are entered again. ", class_name="long"),
        " ", rx.cond(HealthState.may_mend, way, rx.el.span("Tell an admin of this workspace.")), mark="alert", tone="bad")


def _sandbox() -> rx.Component:
    """Nothing leaves this machine."""
    return ui.banner(
        rx.el.b("Sandbox."),
        " Messages reach nobody",
        rx.el.span(": they go to a stand-in on this machine, and answers come from plain rules, not a model", class_name="long"),
        ". ",
        rx.el.a("Open the sandbox", href="/sandbox", target="_blank", rel="noopener"),
        mark="flask",
    )


def _offline() -> rx.Component:
    """The line to the server: lost, and back again. line.js shows which of the two holds; the mark tells it of the socket."""
    again = rx.el.button("Reload", type="button", custom_attrs={"data-do": "reload"})
    lost = ui.banner(
        rx.el.b("You are cut off from the server."),
        rx.el.span(" What you type is kept; what you press is not done. Trying again… ", class_name="long"),
        again, mark="offline", tone="bad")
    back = ui.banner(rx.el.b("You are back."), " Everything here is up to date again.", mark="check", tone="info")
    mark = rx.cond(has_connection_errors, rx.el.span(hidden=True, custom_attrs={"data-socket-lost": "true"}))
    return rx.fragment(
        rx.el.div(lost, class_name="line-lost"), rx.el.div(back, class_name="line-back"), mark)

"""Will you join? The page behind an invitation link."""

import reflex as rx

from zrg_app.pages.access import frame
from zrg_app.state.access.entry import EntryState

ROUTE = "/invitation"
TITLE = "Invitation"
ON_LOAD = EntryState.open_invitation


def page() -> rx.Component:
    """Name and password for somebody new; one press for somebody who has a login; a way on for a dead link."""
    return rx.cond(EntryState.is_gone, _gone(), rx.cond(EntryState.has_login, _known(), _new()))


def _new() -> rx.Component:
    return frame.gate(
        rx.cond(EntryState.offer_workspace != "", "Join " + EntryState.offer_workspace, "Join the team"),
        rx.cond(EntryState.offer_email != "", EntryState.offer_email + " · " + EntryState.offer_role, "One moment …"),
        frame.form("/api/auth/accept-invitation", frame.hidden("invitation", EntryState.invitation),
                   frame.name_field(first=True), frame.new_password_field(), word="Join"),
        frame.way_out("Sign in instead", "/login"),
    )


def _known() -> rx.Component:
    return frame.gate(
        "Join " + EntryState.offer_workspace,
        "You have a login as " + EntryState.offer_email + ". Join, then sign in with the password you have.",
        frame.form("/api/auth/accept-invitation", frame.hidden("invitation", EntryState.invitation), word="Join"),
    )


def _gone() -> rx.Component:
    return frame.gate("This invitation is over", "Ask the person who invited you for a new one.",
                      frame.way_out("Sign in", "/login"))

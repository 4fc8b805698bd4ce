"""Who are you? The login."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.access import frame
from zrg_app.state.access.entry import EntryState

ROUTE = "/login"
TITLE = "Sign in"
ON_LOAD = EntryState.open_login


def page() -> rx.Component:
    """E-mail and password; a deep link is carried through."""
    return frame.gate(
        "Welcome back", "Sign in to your inbox.",
        frame.form("/api/auth/login", frame.hidden("next", EntryState.target), frame.email_field(), frame.password_field(),
                   word="Sign in"),
        frame.way_out("Forgot your password?", "/forgot"),
        rx.cond(EntryState.in_sandbox, ui.banner(
            "This is the sandbox: the demo login was printed where ./zrg up was started.", tone="quiet"), rx.fragment()),
    )

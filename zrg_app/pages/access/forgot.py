"""Did you forget your password? The page that asks for a mail with a link."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.access import frame
from zrg_app.state.access.entry import EntryState

ROUTE = "/forgot"
TITLE = "Forgot your password?"
ON_LOAD = EntryState.open_forgot


def page() -> rx.Component:
    """Ask for the e-mail; afterwards say the same to everybody, and in the sandbox show the link."""
    return rx.cond(EntryState.is_sent, _sent(), _ask())


def _ask() -> rx.Component:
    return frame.gate(
        "Forgot your password?", "We mail you a link to choose a new one.",
        frame.form("/api/auth/forgot", frame.email_field(), word="Mail me a link"),
        frame.way_out("Back to signing in", "/login"),
    )


def _sent() -> rx.Component:
    shown = EntryState.in_sandbox & (EntryState.reset_token != "")
    link = rx.el.a("Choose a new password", href="/reset?reset=" + EntryState.reset_token, class_name="link", id="sandbox-link")
    return frame.gate(
        "Look into your mail", "If somebody signs in with that address, a link is on its way. It works for one hour.",
        rx.cond(shown, ui.banner("In the sandbox no mail leaves. ", link, tone="quiet"), rx.fragment()),
        frame.way_out("Back to signing in", "/login"),
    )

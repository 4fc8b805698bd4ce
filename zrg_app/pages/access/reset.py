"""What is your new password? The page behind the mailed link."""

import reflex as rx

from zrg_app.pages.access import frame
from zrg_app.state.access.entry import EntryState

ROUTE = "/reset"
TITLE = "New password"
ON_LOAD = EntryState.open_reset


def page() -> rx.Component:
    """Choose a new password; every browser is signed out afterwards."""
    choose = frame.form("/api/auth/reset", frame.hidden("reset", EntryState.reset_token), frame.new_password_field(first=True),
                        word="Change my password")
    return frame.gate(
        "Choose a new password", "Afterwards you sign in again, on every device.",
        rx.cond(EntryState.is_gone, rx.fragment(), choose),
        frame.way_out("Ask for another link", "/forgot"),
    )

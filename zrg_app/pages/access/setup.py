"""Who owns this? The first-run set-up, open until somebody exists."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.access import frame
from zrg_app.state.access.entry import EntryState

ROUTE = "/setup"
TITLE = "Set up"
ON_LOAD = EntryState.open_set_up


def page() -> rx.Component:
    """Make the owner and name the first workspace; connecting providers comes next."""
    workspace = ui.text_input("workspace", required=True, max_length=100, auto_complete="organization")
    return frame.gate(
        "Let us set up your inbox", "You become its owner. Next you connect a provider or look around in the sandbox.",
        frame.form("/api/auth/setup", frame.name_field(first=True), frame.email_field(first=False), frame.new_password_field(),
                   ui.field_row("Workspace", workspace, for_id="workspace",
                                hint="One client company of your agency. More can follow."),
                   word="Create my inbox"),
    )

"""Where does the command palette stand, and which places does it know? What it finds and does is in assets/js/palette.js."""

import json
from typing import Any
from urllib.parse import quote

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.views_panel import VIEWS
from zrg_app.services.access import Permission
from zrg_app.state.inbox.chips import CHANNELS, PERIODS
from zrg_app.state.palette import PaletteState
from zrg_app.state.session import SessionState

FIELD = "palette-field"
LEAD = "palette-lead"

# Word, address, icon, what else one may call it; by what it takes to see it.
PLACES: dict[Permission, tuple[tuple[str, str, ui.IconName, str], ...]] = {
    # Where the inbox itself stands on the page, the palette presses its views and filters instead.
    Permission.READ_INBOX: (
        *[(word, f"/?view={key}", mark, "inbox view conversations") for key, word, mark, _ in VIEWS],
        *[(shown, f"/?view=open&sentiment={quote(stored)}", "star", "inbox sentiment") for stored, (shown, _) in ui.SENTIMENTS.items()],
        *[(f"All by {word}", f"/?view=all&channel={key}", "mail" if key == "email" else key, "inbox channel filter")
          for key, word in CHANNELS.items()],
        *[(f"All, {word.lower()}", f"/?view=all&period={key}", "calendar", "inbox filter date") for key, word in PERIODS.items()
          if key != "own"],
        ("Nobody’s", "/?view=reply&assignee=nobody", "user", "inbox filter unassigned"),
        ("Waiting longest", "/?view=reply&sort=waiting", "sort", "inbox order"),
    ),
    Permission.SEE_SETTINGS: (
        ("General settings", "/settings?settingsTab=general", "settings", "time zone language hours limits budget"),
        ("Team", "/settings?settingsTab=team", "users", "people members invite roles api tokens sign out"),
        ("Integrations", "/settings?settingsTab=integrations", "plug", "connect providers credentials webhooks email sms linkedin"),
        ("Personas", "/ai/personas", "user", "ai personality tone greeting signature"),
        ("Company", "/ai/company", "building", "ai what we sell service description"),
        ("Knowledge", "/ai/knowledge", "book", "ai documents files website"),
        ("Campaigns", "/ai/campaigns", "send", "ai modes threshold"),
        ("Auto-send", "/ai/auto-send", "bolt", "ai confidence approval delay hours"),
        ("Playground", "/ai/playground", "flask", "ai try a reply"),
        ("Prompts", "/ai/prompts", "note", "ai instructions words"),
        ("Model calls", "/ai/calls", "bolt", "ai cost tokens ledger"),
        ("Trials", "/ai/trials", "loop", "ai drill compare"),
    ),
    Permission.OPERATE: (
        ("Webhooks", "/operations?part=webhooks", "inbox", "operations ledger replay raw"),
        ("Sends", "/operations?part=sends", "send", "operations outbox proof failed"),
        ("Jobs", "/operations?part=jobs", "bolt", "operations queue retry errors"),
        ("Sync", "/operations?part=sync", "loop", "operations history healing"),
    ),
}


def palette(open_lead: Any = None) -> rx.Component:
    """Draw the palette. `open_lead(lead_id)` shows a conversation without leaving the page, where the page can."""
    field = rx.el.input(
        id=FIELD, type="text", class_name="palette-field", role="combobox", auto_complete="off", spell_check=False,
        placeholder="Find a person, a view, a step or a setting",
        custom_attrs={"aria-label": "Find a person, a view, a step or a setting", "aria-controls": "palette-list",
                      "aria-expanded": "false", "aria-autocomplete": "list", "autocapitalize": "off", "enterkeyhint": "go"})
    close = ui.icon_button("close", "Close", class_name="palette-close", attributes={"data-do": "close:palette"})
    return rx.el.dialog(
        rx.el.div(ui.icon("search"), field, ui.kbd("esc"), close, class_name="palette-head"),
        rx.el.div(id="palette-list", class_name="palette-list", role="listbox", custom_attrs={"aria-label": "Found"}),
        rx.el.div(class_name="palette-foot small faint", role="status", id="palette-status"),
        rx.el.div(_look_up(), _workspaces(), _opening(open_lead), hidden=True, id="palette-source", custom_attrs=_source()),
        id="palette", class_name="palette", custom_attrs={"aria-label": "Command palette"})


def palette_button() -> rx.Component:
    """The way to the palette for those who do not know its key yet."""
    return ui.icon_button("search", "Command palette", class_name="rail-palette",
                          attributes={"data-key": "palette", "aria-keyshortcuts": "Control+K Meta+K", **ui.opens("palette")})


def _source() -> dict[str, Any]:
    """What the browser looks through besides what stands on the page: places, and the people the server found."""
    places = [{"needs": needs.value, "word": word, "href": href, "mark": mark, "also": also}
              for needs, some in PLACES.items() for word, href, mark, also in some]
    return {"data-places": json.dumps(places), "data-may": SessionState.permissions.to_string(),
            "data-workspace": SessionState.workspace_id, "data-found": PaletteState.found.to_string()}


def _look_up() -> rx.Component:
    return rx.el.button("Find people", type="button", on_click=PaletteState.look_up(ui.typed(FIELD)),
                        custom_attrs={"data-palette": "look-up"})


def _opening(open_lead: Any) -> rx.Component:
    if open_lead is None:
        return rx.fragment()
    button = rx.el.button("Open", type="button", on_click=open_lead(ui.typed(LEAD)), custom_attrs={"data-palette": "open-lead"})
    return rx.fragment(rx.el.input(type="hidden", id=LEAD), button)


def _workspaces() -> rx.Component:
    """The workspaces one may turn to; the present one is where one is."""
    return rx.foreach(SessionState.workspaces, lambda other: rx.cond(
        other.id == SessionState.workspace.id, rx.fragment(),
        rx.el.button(other.name, type="button", on_click=SessionState.switch_workspace(other.id), key=other.id,
                     custom_attrs={"data-palette": "workspace"})))

"""Which address shows Settings, and what frames its tabs?"""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.banners import banners
from zrg_app.pages.inbox.keys_dialog import keys_dialog
from zrg_app.pages.inbox.palette import palette
from zrg_app.pages.inbox.rail import rail
from zrg_app.pages.settings.general import general_tab
from zrg_app.pages.settings.integrations import integrations_tab
from zrg_app.pages.settings.parts import waiting_cards
from zrg_app.pages.settings.team import team_tab
from zrg_app.state.base import Permission
from zrg_app.state.session import SessionState
from zrg_app.state.settings.frame import BROKEN, CLOSED, NOWHERE, READY, SettingsState

_TABS: tuple[tuple[str, str, ui.IconName], ...] = (
    ("general", "General", "settings"), ("team", "Team", "users"), ("integrations", "Integrations", "plug"))


def register(app: rx.App) -> None:
    """Add Settings to `app`; the inbox page leads links to `/?view=settings&settingsTab=` here."""
    app.add_page(page, route="/settings", title="Settings · ZRG Inbox", on_load=SettingsState.load)


def page() -> rx.Component:
    """Settings of the visitor's workspace; all tabs stay on the page, so that nothing typed is lost by looking around."""
    faces = rx.match(
        SettingsState.status,
        (READY, _panels()),
        (BROKEN, ui.broken("The settings could not be read", SettingsState.problem,
                           ui.button("Try again", attributes={"data-do": "reload"}))),
        (CLOSED, ui.empty("Settings are not part of your role", "To see or change one, ask " + SettingsState.whom_to_ask + ".",
                          rx.el.a("Back to the inbox", href="/", class_name="link"), mark="settings")),
        (NOWHERE, ui.empty("You are in no workspace yet", "Make one, or ask a colleague for an invitation.",
                           ui.button("New workspace", look="primary", mark="plus", attributes=ui.opens("new-workspace")),
                           mark="building")),
        waiting_cards())
    content = ui.page("Settings", rx.cond(SettingsState.status == READY, _tab_row(), rx.fragment()), faces, aside=_switcher())
    return rx.fragment(
        ui.shell(rail("settings", viewer=SessionState.person, choose_theme=SessionState.choose_theme,
                      waiting=SettingsState.waiting, places=("inbox", "settings"), operates=_operates()), content,
                 banners=banners(SettingsState)),
        _new_workspace(), keys_dialog(), palette())


def _operates() -> rx.Var[bool]:
    return SessionState.permissions.contains(Permission.OPERATE.value)


def _tab_row() -> rx.Component:
    tabs = [ui.tab(word, chosen=SettingsState.tab == key, mark=ui.icon(mark), on_click=SettingsState.choose_tab(key),
                   id=f"tab-{key}", attributes={"aria-controls": f"panel-{key}"}) for key, word, mark in _TABS]
    personality = rx.el.a(ui.icon("star"), rx.el.span("AI Personality"), href="/ai/personas", class_name="tab")
    operations = rx.el.a(ui.icon("list"), rx.el.span("Operations"), href="/operations", class_name="tab")
    return rx.el.div(ui.tabs(*tabs, name="Settings"), personality, rx.cond(_operates(), operations, rx.fragment()),
                     class_name="setting-tabs line")


def _panels() -> rx.Component:
    shown = (("general", general_tab()), ("team", team_tab()), ("integrations", integrations_tab()))
    return rx.fragment(*[
        rx.el.div(panel, id=f"panel-{key}", role="tabpanel", hidden=SettingsState.tab != key, class_name="setting-panel",
                  custom_attrs={"aria-labelledby": f"tab-{key}"}) for key, panel in shown])


def _switcher() -> rx.Component:
    """Which workspace is being set up, the others, and the way to a new one."""
    button = rx.el.button(
        ui.icon("building"), rx.el.span(SessionState.workspace.name, class_name="clip"), ui.icon("up-down", size="s"),
        type="button", class_name="button workspace-choice", id="workspace-choice",
        custom_attrs={**ui.menu_attributes("settings-workspaces"),
                      "aria-label": "Workspace: " + SessionState.workspace.name.to(str)})
    one = rx.foreach(SessionState.workspaces, lambda other: ui.menu_item(
        other.name, mark="building", on_click=SettingsState.switch_workspace(other.id), key=other.id,
        attributes={"aria-current": rx.cond(other.id == SessionState.workspace.id, "true", "false")}))
    make = rx.cond(SettingsState.may_create, rx.fragment(
        rx.el.div(class_name="menu-rule"),
        ui.menu_item("New workspace", mark="plus", attributes=ui.opens("new-workspace"))), rx.fragment())
    return rx.cond(SessionState.workspace.id != "", rx.fragment(
        button, ui.menu("settings-workspaces", ui.menu_title("Workspaces"), one, make, name="Workspaces")), rx.fragment())


def _new_workspace() -> rx.Component:
    field = ui.text_input("workspace-name", name="workspace", required=True, max_length=100, auto_complete="organization",
                          placeholder="Birch Labs")
    form = rx.el.form(
        ui.field_row("Name", field, for_id="workspace-name", problem=SettingsState.create_problem,
                     hint="Usually the client company it is for. You become its owner."),
        rx.el.div(ui.button("Create workspace", look="primary", type="submit"), class_name="dialog-steps"),
        on_submit=SettingsState.create_workspace, no_validate=True)
    return ui.dialog("new-workspace", "New workspace", form)

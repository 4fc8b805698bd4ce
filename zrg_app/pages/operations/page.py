"""Which address shows Operations, and what frames its parts?"""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.banners import banners
from zrg_app.pages.inbox.keys_dialog import keys_dialog
from zrg_app.pages.inbox.palette import palette
from zrg_app.pages.inbox.rail import rail
from zrg_app.pages.operations.jobs import jobs_section
from zrg_app.pages.operations.sends import sends_section
from zrg_app.pages.operations.sync import sync_section
from zrg_app.pages.operations.webhooks import raw_dialog, webhooks_section
from zrg_app.pages.settings.parts import waiting_cards
from zrg_app.state.operations.frame import BROKEN, CLOSED, READY, OperationsState
from zrg_app.state.session import SessionState

_TABS: tuple[tuple[str, str, ui.IconName], ...] = (
    ("webhooks", "Webhooks", "inbox"), ("sends", "Sends", "send"), ("jobs", "Jobs", "bolt"), ("sync", "Sync", "loop"))


def register(app: rx.App) -> None:
    """Add Operations to `app`."""
    app.add_page(page, route="/operations", title="Operations · ZRG Inbox", on_load=OperationsState.load)


def page() -> rx.Component:
    """Operations of the visitor's workspace."""
    faces = rx.match(
        OperationsState.status,
        (READY, _panels()),
        (BROKEN, ui.broken("Operations could not be read", OperationsState.problem,
                           ui.button("Try again", attributes={"data-do": "reload"}))),
        (CLOSED, ui.empty("Operations are not part of your role", "Owners and admins of the workspace see and repair them.",
                          rx.el.a("Back to the inbox", href="/", class_name="link"), mark="list")),
        waiting_cards())
    content = ui.page("Operations", rx.cond(OperationsState.status == READY, _tab_row(), rx.fragment()), faces,
                      aside=rx.el.span(SessionState.workspace.name, class_name="faint clip"))
    return rx.fragment(
        ui.shell(rail("operations", viewer=SessionState.person, choose_theme=SessionState.choose_theme, places=("inbox", "settings"),
                      waiting=OperationsState.waiting, operates=OperationsState.status == READY), content,
                 banners=banners(OperationsState)),
        raw_dialog(), keys_dialog(), palette())


def _tab_row() -> rx.Component:
    tabs = [ui.tab(word, chosen=OperationsState.tab == key, mark=ui.icon(mark), on_click=OperationsState.choose_tab(key),
                   id=f"tab-{key}", attributes={"aria-controls": f"panel-{key}"}) for key, word, mark in _TABS]
    return rx.el.div(ui.tabs(*tabs, name="Operations"), class_name="setting-tabs")


def _panels() -> rx.Component:
    shown = (("webhooks", webhooks_section()), ("sends", sends_section()), ("jobs", jobs_section()), ("sync", sync_section()))
    return rx.fragment(*[
        rx.el.div(panel, id=f"panel-{key}", role="tabpanel", hidden=OperationsState.tab != key,
                  custom_attrs={"aria-labelledby": f"tab-{key}"}) for key, panel in shown])

"""What frames the pages of AI Personality?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.banners import banners
from zrg_app.pages.inbox.keys_dialog import keys_dialog
from zrg_app.pages.inbox.palette import palette
from zrg_app.pages.inbox.rail import rail
from zrg_app.pages.settings.parts import waiting_cards
from zrg_app.services.access import Permission
from zrg_app.state.ai.frame import BROKEN, CLOSED, NOWHERE, READY, WAITING, AiState
from zrg_app.state.session import SessionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page: `key` is the end of its address, `content` draws it, `load` fills it. `dialogs` stand outside the page's flow."""

    key: str
    word: str
    mark: ui.IconName
    content: Callable[[], rx.Component]
    load: Any
    dialogs: Callable[[], rx.Component] = rx.fragment


def framed(section: Section, sections: Sequence[Section]) -> Callable[[], rx.Component]:
    """The page of `section` with the way to its neighbours; Reflex draws it when it compiles."""
    def page() -> rx.Component:
        status = rx.cond(AiState.section == section.key, AiState.status, WAITING)
        faces = rx.match(
            status,
            (READY, section.content()),
            (BROKEN, ui.broken("This could not be read", AiState.problem, ui.button("Try again", attributes={"data-do": "reload"}))),
            (CLOSED, ui.empty("Settings are not part of your role", "To see or change one, ask " + AiState.whom_to_ask + ".",
                              rx.el.a("Back to the inbox", href="/", class_name="link"), mark="settings")),
            (NOWHERE, ui.empty("You are in no workspace yet", "Make one in Settings, or ask a colleague for an invitation.",
                               rx.el.a("To the settings", href="/settings", class_name="link"), mark="building")),
            waiting_cards())
        spent = rx.cond((AiState.status == READY) & (AiState.spent_notice != ""),
                        ui.banner(AiState.spent_notice, rx.el.a("Change the limit", href="/settings", class_name="link"), mark="pause"))
        content = ui.page("AI Personality", rx.cond(AiState.status == READY, _row(section, sections), rx.fragment()), spent, _alarm(),
                          faces,
                          aside=rx.el.span(SessionState.workspace.name, class_name="faint clip"))
        operates = SessionState.permissions.contains(Permission.OPERATE.value)
        return rx.fragment(
            ui.shell(rail("settings", viewer=SessionState.person, choose_theme=SessionState.choose_theme, waiting=AiState.waiting,
                          places=("inbox", "settings"), operates=operates), content, banners=banners(AiState)),
            section.dialogs(), keys_dialog(), palette())
    return page


def _alarm() -> rx.Component:
    """What the last drill found, on every page of the AI until one goes well."""
    to_trials = rx.el.a("To the drill", href="/ai/trials#drill")
    return rx.cond((AiState.status == READY) & (AiState.alarm != ""),
                   ui.banner(AiState.alarm, " ", to_trials, mark="alert", tone="bad"), rx.fragment())


def _row(shown: Section, sections: Sequence[Section]) -> rx.Component:
    links = [rx.el.a(ui.icon(one.mark), rx.el.span(one.word), href=f"/ai/{one.key}", class_name="tab", id=f"to-{one.key}",
                     custom_attrs={"aria-current": "page"} if one is shown else {}) for one in sections]
    back = rx.el.a(ui.icon("settings"), rx.el.span("Settings"), href="/settings", class_name="tab")
    return rx.el.nav(*links, back, class_name="tabs setting-tabs line", custom_attrs={"aria-label": "AI Personality"})

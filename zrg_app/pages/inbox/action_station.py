"""What will be said next, by which channel, and who decides that it goes out?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.composer import composer


def action_station(state: Any) -> rx.Component:
    """Draw the place where an answer is written, approved and sent.

    `state` offers what `composer` needs and: tabs (channel, label), channel (the tab shown, "note" included), undo
    (UndoView or None: label, until_iso, seconds_left), blocked (SendRefusal or None: title, reason, remedy) and the
    handlers choose_channel(channel), undo_send().
    """
    return rx.el.footer(
        _tabs(state),
        rx.cond(
            state.undo,
            _undo(state),
            rx.cond(state.blocked, _cannot(state), composer(state)),
        ),
        class_name="station",
        custom_attrs={"aria-label": "Answer"},
    )


def _tabs(state: Any) -> rx.Component:
    """One tab per channel this lead can be reached by, and the note."""
    note_key = ui.press_attributes(key="note")
    note = ui.tab(
        "Note",
        chosen=state.channel == "note",
        mark=ui.icon("note"),
        on_click=state.choose_channel("note"),
        attributes=note_key,
    )
    return rx.el.div(
        ui.tabs(
            rx.foreach(
                state.tabs,
                lambda tab: ui.tab(
                    tab.label,
                    chosen=state.channel == tab.channel,
                    mark=ui.channel_icon(tab.channel),
                    on_click=state.choose_channel(tab.channel),
                ),
            ),
            note,
            name="Channel",
        ),
        rx.cond(state.draft & (state.channel != "note"), _verdict(state)),
        class_name="station-tabs",
    )


def _verdict(state: Any) -> rx.Component:
    """What auto-send thought, in the words of the audit, with the reasons on demand."""
    why = rx.el.button("why?", type="button", custom_attrs=ui.menu_attributes("why-menu"))
    return rx.cond(
        state.draft.verdict_label != "",
        rx.el.div(
            rx.el.span(state.draft.verdict_label, class_name="clip"),
            rx.cond(state.draft.verdict_detail != "", why),
            ui.menu(
                "why-menu",
                ui.menu_title("Why it was written, and why it waits"),
                rx.el.p(state.draft.verdict_detail, class_name="menu-text"),
                name="Reasons",
            ),
            class_name="verdict",
        ),
    )


def _undo(state: Any) -> rx.Component:
    """The ten seconds in which a message can be taken back."""
    left = state.undo.seconds_left.to(str) + "s"
    return rx.el.div(
        ui.icon("send"),
        rx.el.span(
            state.undo.label, " ", rx.el.span(class_name="num", custom_attrs={"data-until": state.undo.until_iso})
        ),
        rx.el.span(class_name="grow"),
        ui.button(
            "Undo", mark="undo", shown_key="Z", on_click=state.undo_send, attributes=ui.press_attributes(key="undo")
        ),
        rx.el.span(class_name="undo-bar", style={"--undo-left": left}),
        class_name="undo",
        role="status",
        key=state.undo.until_iso,
    )


def _cannot(state: Any) -> rx.Component:
    """Why nothing can be sent here, and what would change that: never a dead button."""
    return rx.el.div(
        ui.icon("block"),
        rx.el.div(rx.el.b(state.blocked.title), " ", state.blocked.reason, " ", state.blocked.remedy),
        class_name="cannot",
        role="status",
    )

"""What will be said next, by which channel, and who decides that it goes out?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.composer import composer

WORDS: dict[str, str] = {"email": "Email", "sms": "SMS", "linkedin": "LinkedIn"}


def action_station(state: Any, frame: Any) -> rx.Component:
    """Draw the place where an answer is written, approved and sent.

    `state` offers what `composer` needs and: ways (list of Way), way (the Way of the tab shown, or None), channel (the tab
    shown, "note" included), pending (PendingSend or None), pending_seconds (how long undo is still possible), pending_by
    (who let it go, empty for the visitor) and the handlers
    choose_channel(channel), undo_send(). Who only looks on (`frame.may_answer` false) gets no station.
    """
    is_note = state.channel == "note"
    refused = ~is_note & state.way & ~state.way.possible
    leaving, is_own = state.pending & ~is_note, state.pending_by == ""
    # What somebody else lets go must not take the field away from whoever writes here.
    write = rx.fragment(rx.cond(leaving, _undo(state)), composer(state))
    shown = rx.cond(leaving & is_own, _undo(state), rx.cond(refused, _cannot(state), write))
    station = rx.el.footer(_tabs(state), shown, class_name="station", custom_attrs={"aria-label": "Answer"})
    return rx.cond(frame.may_answer, station)


def _tabs(state: Any) -> rx.Component:
    """One tab per channel this lead can be reached by, and the note."""
    words = rx.Var.create(WORDS)
    note = ui.tab(
        "Note",
        chosen=state.channel == "note",
        mark=ui.icon("note"),
        on_click=state.choose_channel("note"),
        attributes={**ui.press_attributes(key="note"), "data-turn": "note"},
    )
    return rx.el.div(
        ui.tabs(
            rx.foreach(
                state.ways,
                lambda way: ui.tab(
                    words[way.channel].to(str),
                    chosen=state.channel == way.channel,
                    mark=ui.channel_icon(way.channel),
                    on_click=state.choose_channel(way.channel),
                    attributes={"data-turn": way.channel},
                ),
            ),
            note,
            name="Channel",
        ),
        rx.cond(state.draft & (state.channel != "note"), _why(state)),
        class_name="station-tabs",
    )


def _why(state: Any) -> rx.Component:
    """How sure the model was, and its reasons on demand."""
    judged = state.auto_send & (state.auto_send.draft_id == state.draft.id)
    needed = rx.cond(judged, state.auto_send.sure.to(str), "")
    guess = rx.cond(state.draft.confidence > 0, (state.draft.confidence * 100).to(int).to(str) + "% sure", "")
    sure = rx.cond(needed != "", needed, guess)
    why = rx.el.button("why?", type="button", custom_attrs=ui.menu_attributes("why-menu"))
    return rx.el.div(
        rx.cond(sure != "", rx.el.span(rx.el.span("Suggested by AI · ", class_name="wide"), sure, class_name="clip")),
        rx.cond(judged | (state.draft.reason != ""), why),
        ui.menu(
            "why-menu",
            ui.menu_title("Why it was written like this"),
            rx.el.p(state.draft.reason, class_name="menu-text"),
            rx.el.p("Written by " + state.draft.model, class_name="menu-text faint small"),
            rx.cond(judged, rx.fragment(
                ui.menu_title("Auto-send: " + state.auto_send.words.to(str)),
                rx.cond(needed != "", rx.el.p("Sure that it may leave: ", rx.el.span(needed, class_name="num"), class_name="menu-text")),
                rx.el.p(state.auto_send.reason, class_name="menu-text"))),
            name="Reasons",
        ),
        class_name="verdict",
    )


def _undo(state: Any) -> rx.Component:
    """The seconds in which a message can be taken back."""
    key = ui.press_attributes(key="undo")
    who = rx.cond(state.pending_by == "", "Sending to ", state.pending_by + " sends to ")
    left = rx.el.span(class_name="num", custom_attrs={"data-until": state.pending.leaves_at})
    return rx.el.div(
        ui.icon("send"),
        rx.el.span(who, state.way.to_name, " ", left, class_name="clip"),
        rx.el.span(class_name="grow"),
        ui.button("Undo", mark="undo", shown_key="Z", on_click=state.undo_send, attributes=key),
        rx.el.span(class_name="undo-bar", style={"--undo-left": state.pending_seconds.to(str) + "s"}),
        class_name="undo",
        role="status",
        key=state.pending.outbound_id,
    )


def _cannot(state: Any) -> rx.Component:
    """Why nothing can be sent on this channel: never a dead button."""
    return rx.el.div(
        ui.icon("block"),
        rx.el.div(rx.el.b("This cannot be sent."), " ", state.way.reason),
        class_name="cannot",
        role="status",
    )

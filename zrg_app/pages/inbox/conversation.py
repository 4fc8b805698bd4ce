"""What was said with this lead, over all channels, and what can be done with the conversation?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.conversation_head import conversation_head
from zrg_app.pages.inbox.message import thread_item
from zrg_app.state.inbox.shown import ShownItem


def conversation(state: Any, turn: Any, acting: Any, frame: Any, station: rx.Component) -> rx.Component:
    """Draw one conversation with the action station under it.

    `state` offers: what `conversation_head` needs, has_earlier, has_later, order and item_* (ShownItem: item, starts_day), status
    ("waiting", "ready", "broken"), problem, original (Original asked for, or None) and the handlers show_earlier(), show_later(),
    show_newest(), show_original(message_id), retry_send(id), dismiss_send(id), send_now(id), cancel_planned(id), settle(id);
    `turn` retry(); `acting` and `frame` what `conversation_head` needs.
    """
    return rx.el.section(
        rx.el.span(class_name="opening-line", custom_attrs={"aria-hidden": "true"}),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", ui.broken("This conversation did not load", state.problem, _again(turn))),
            rx.cond(
                state.lead,
                rx.fragment(conversation_head(state, turn, acting, frame), _thread(state), station, _original(state)),
                _nothing_open(),
            ),
        ),
        class_name="conversation",
        custom_attrs={"aria-label": "Conversation", "data-lead": rx.cond(state.lead, state.lead.lead_id, "")},
    )


def _thread(state: Any) -> rx.Component:
    """Messages, notes and activity in the order they happened; pages join at both ends as they are neared (reading.js)."""
    return rx.el.div(
        rx.el.div(
            rx.cond(state.has_earlier, _page_button("Show earlier", "earlier", state.show_earlier)),
            rx.foreach(ui.slotted(state.order, "item", ShownItem), lambda shown: thread_item(state, shown)),
            rx.cond(state.has_later, _page_button("Show later", "later", state.show_later)),
            class_name="thread",
            role="log",
            custom_attrs={"aria-label": "Messages", "tabIndex": 0, "data-lead": state.lead.lead_id,
                          "data-later": rx.cond(state.has_later, "true", "false")},
        ),
        ui.icon_button("arrow-down", "To the newest", class_name="to-newest", attributes={"data-do": "newest"}, hidden=True),
        rx.cond(state.has_later, rx.el.button("Read the newest", type="button", class_name="unseen", on_click=state.show_newest,
                                              custom_attrs={"data-key": "newest-page", "tabIndex": -1, "aria-hidden": "true"})),
        class_name="thread-frame",
    )


def _page_button(word: str, key: str, handler: Any) -> rx.Component:
    """The way to the next page for keys; who scrolls need not press it."""
    return rx.el.button(word, type="button", class_name="link page-button", on_click=handler, custom_attrs={"data-key": key})


def _waiting() -> rx.Component:
    """Grey bubbles."""
    bars = [ui.skeleton("46%", "64px"), ui.skeleton("58%", "92px"), ui.skeleton("40%", "48px")]
    return rx.el.div(*bars, class_name="thread", role="status", custom_attrs={"aria-label": "Loading the conversation"})


def _nothing_open() -> rx.Component:
    """No conversation chosen yet."""
    return ui.empty("Choose a conversation", "Press j to take the first one of the list, or click it.", mark="mail")


def _again(state: Any) -> rx.Component:
    """Ask once more."""
    return ui.button("Try again", mark="loop", on_click=state.retry)


def _original(state: Any) -> rx.Component:
    """The message as it came. It was cleaned by the service and stands in a frame where nothing can act or load."""
    head = rx.el.div(
        rx.el.div(state.original.sender, class_name="strong clip"),
        rx.el.div(state.original.subject, class_name="soft clip"),
        class_name="original-head",
    )
    shown = rx.fragment(head, ui.letter(state.original.html, "The message"))
    return ui.dialog("original", "The message as it came", rx.cond(state.original, shown, ui.skeleton("100%", "160px")))

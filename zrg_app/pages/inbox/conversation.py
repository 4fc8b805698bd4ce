"""What was said with this lead, over all channels, and what can be done with the conversation?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.message import thread_item


def conversation(state: Any, station: rx.Component) -> rx.Component:
    """Draw one conversation with the action station under it.

    `state` offers: head (ConversationHead or None: lead_id, name, subject, sentiment, sentiment_label, is_done, zone),
    items (MessageView), status, problem, watching (a sentence or ""), snooze_choices (key, label, when_label),
    members (id, name, initials), sentiments (key, label) and the handlers finish(), reopen(), snooze(key),
    mark_unread(), assign(member_id), set_sentiment(key), show_earlier(), retry().
    """
    return rx.el.section(
        rx.el.span(class_name="opening-line", custom_attrs={"aria-hidden": "true"}),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", ui.broken("This conversation did not load", state.problem, _again(state))),
            rx.cond(state.head, rx.fragment(_head(state), _thread(state), station), _nothing_open()),
        ),
        class_name="conversation",
        custom_attrs={"aria-label": "Conversation", "data-lead": rx.cond(state.head, state.head.lead_id, "")},
    )


def _head(state: Any) -> rx.Component:
    """Who it is, who else looks, and the steps that end a turn."""
    back = ui.icon_button("back", "Back to the list", class_name="only-phone", attributes={"data-do": "pane:list"})
    lead = ui.icon_button("panel", "About this lead", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    return rx.el.header(
        back,
        rx.el.div(
            rx.el.div(
                rx.el.h2(state.head.name, class_name="clip"),
                rx.cond(
                    state.head.sentiment_label != "",
                    ui.sentiment_badge(state.head.sentiment, state.head.sentiment_label),
                ),
                class_name="line",
            ),
            rx.el.div(state.head.subject, class_name="small faint clip"),
            class_name="stack grow",
        ),
        rx.cond(
            state.watching != "",
            rx.el.span(ui.icon("eye", size="s"), state.watching, class_name="watching", role="status"),
        ),
        *_steps(state),
        lead,
        class_name="conversation-head",
    )


def _steps(state: Any) -> tuple[rx.Component, ...]:
    """Snooze, done, and the menu of the rest."""
    snooze = ui.menu(
        "snooze-menu",
        ui.menu_title("Come back to it"),
        rx.foreach(
            state.snooze_choices,
            lambda choice: ui.menu_item(choice.label, aside=choice.when_label, on_click=state.snooze(choice.key)),
        ),
        name="Snooze until",
    )
    key = ui.press_attributes
    done = ui.button("Done", mark="check", shown_key="E", on_click=state.finish, attributes=key(key="done"))
    reopen = ui.button("Reopen", mark="undo", shown_key="E", on_click=state.reopen, attributes=key(key="done"))
    return (
        ui.button(
            "Snooze",
            mark="clock",
            shown_key="H",
            attributes={**ui.menu_attributes("snooze-menu"), "data-key": "snooze"},
        ),
        snooze,
        rx.cond(state.head.is_done, reopen, done),
        ui.icon_button("more", "More", attributes=ui.menu_attributes("conversation-menu")),
        _more(state),
    )


def _more(state: Any) -> rx.Component:
    """The steps that are needed less often."""
    return ui.menu(
        "conversation-menu",
        ui.menu_item(
            "Mark unread", mark="mail", shown_key="U", on_click=state.mark_unread, attributes={"data-key": "unread"}
        ),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Assign to"),
        rx.foreach(
            state.members, lambda member: ui.menu_item(member.name, mark="user", on_click=state.assign(member.id))
        ),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Sentiment is really"),
        rx.foreach(
            state.sentiments, lambda one: ui.menu_item(one.label, mark="tag", on_click=state.set_sentiment(one.key))
        ),
        name="More steps",
    )


def _thread(state: Any) -> rx.Component:
    """Messages, notes and activity in the order they happened; the newest stays in view."""
    return rx.el.div(
        rx.el.div(
            rx.cond(state.has_earlier, rx.el.button("Show earlier", class_name="link", on_click=state.show_earlier)),
            rx.foreach(state.items, lambda item: thread_item(item, state.head.zone)),
            class_name="thread",
            role="log",
            custom_attrs={"aria-label": "Messages", "tabIndex": 0, "data-lead": state.head.lead_id},
        ),
        ui.icon_button(
            "arrow-down", "To the newest", class_name="to-newest", attributes={"data-do": "newest"}, hidden=True
        ),
        class_name="thread-frame",
    )


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

"""What was said with this lead, over all channels, and what can be done with the conversation?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.message import thread_item


def conversation(state: Any, station: rx.Component) -> rx.Component:
    """Draw one conversation with the action station under it.

    `state` offers: lead (LeadPanel or None), subject, is_done, items (ShownItem: item, starts_day), has_earlier, status
    ("waiting", "ready", "broken"), problem, watching (a sentence or ""), snooze_choices (key, label, until), members (id,
    name), original (text of the e-mail asked for) and the handlers finish(), reopen(), snooze(key), mark_unread(),
    assign(member_id), set_sentiment(word), show_earlier(), show_original(message_id), retry().
    """
    return rx.el.section(
        rx.el.span(class_name="opening-line", custom_attrs={"aria-hidden": "true"}),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", ui.broken("This conversation did not load", state.problem, _again(state))),
            rx.cond(state.lead, rx.fragment(_head(state), _thread(state), station, _original(state)), _nothing_open()),
        ),
        class_name="conversation",
        custom_attrs={"aria-label": "Conversation", "data-lead": rx.cond(state.lead, state.lead.lead_id, "")},
    )


def _head(state: Any) -> rx.Component:
    """Who it is, who else looks, and the steps that end a turn."""
    back = ui.icon_button("back", "Back to the list", class_name="only-phone", attributes={"data-do": "pane:list"})
    lead = ui.icon_button("panel", "About this lead", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    return rx.el.header(
        back,
        rx.el.div(
            rx.el.div(
                rx.el.h2(state.lead.name, class_name="clip"),
                ui.sentiment_badge(state.lead.sentiment),
                class_name="line",
            ),
            rx.el.div(state.subject, class_name="small faint clip"),
            class_name="stack grow",
        ),
        rx.cond(
            state.watching != "",
            rx.el.span(
                ui.icon("eye", size="s"),
                rx.el.span(state.watching, class_name="word"),
                class_name="watching",
                role="status",
                title=state.watching,
            ),
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
            lambda choice: ui.menu_item(
                choice.label, aside=ui.moment(choice.until, manner="soon"), on_click=state.snooze(choice.key)
            ),
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
        rx.cond(state.is_done, reopen, done),
        ui.icon_button("more", "More", attributes=ui.menu_attributes("conversation-menu")),
        _more(state),
    )


def _more(state: Any) -> rx.Component:
    """The steps that are needed less often."""
    return ui.menu(
        "conversation-menu",
        ui.menu_item("Mark unread", mark="mail", shown_key="U", on_click=state.mark_unread, attributes={"data-key": "unread"}),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Assign to"),
        rx.foreach(state.members, lambda member: ui.menu_item(member.name, mark="user", on_click=state.assign(member.id))),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Sentiment is really"),
        *[ui.menu_item(shown, mark="tag", on_click=state.set_sentiment(stored)) for stored, (shown, _) in ui.SENTIMENTS.items()],
        name="More steps",
    )


def _thread(state: Any) -> rx.Component:
    """Messages, notes and activity in the order they happened; the newest stays in view."""
    return rx.el.div(
        rx.el.div(
            rx.cond(state.has_earlier, rx.el.button("Show earlier", class_name="link", on_click=state.show_earlier)),
            rx.foreach(state.items, lambda shown: thread_item(state, shown)),
            class_name="thread",
            role="log",
            custom_attrs={"aria-label": "Messages", "tabIndex": 0, "data-lead": state.lead.lead_id},
        ),
        ui.icon_button("arrow-down", "To the newest", class_name="to-newest", attributes={"data-do": "newest"}, hidden=True),
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


def _original(state: Any) -> rx.Component:
    """The e-mail as it came, as text: nothing in it can act."""
    return ui.dialog("original", "The message as it came", rx.el.pre(state.original, class_name="original"))

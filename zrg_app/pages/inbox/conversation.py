"""What was said with this lead, over all channels, and what can be done with the conversation?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.message import thread_item
from zrg_app.pages.inbox.presence import onlookers
from zrg_app.state.inbox.shown import ShownItem


def conversation(state: Any, turn: Any, frame: Any, station: rx.Component) -> rx.Component:
    """Draw one conversation with the action station under it.

    `state` offers: lead (LeadPanel or None), sync (SyncView), subject, is_done, snoozed_until, assignee_id, has_earlier,
    has_later, order and item_* (ShownItem: item, starts_day), status ("waiting", "ready", "broken"), problem,
    original (Original asked for, or None)
    and the handlers reopen(), wake(), read_back(), read_back_quietly(), mark_unread(), assign(member_id),
    set_sentiment(word), show_earlier(), show_later(), show_newest(), show_original(message_id), retry_send(id), dismiss_send(id),
    send_now(id), cancel_planned(id), settle(id), allow_sms();
    `turn` snooze_choices (key, label, until), finish(lead_id), snooze(key, lead_id), retry();
    `frame` members (id, name) and may_organise.
    """
    return rx.el.section(
        rx.el.span(class_name="opening-line", custom_attrs={"aria-hidden": "true"}),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", ui.broken("This conversation did not load", state.problem, _again(turn))),
            rx.cond(
                state.lead,
                rx.fragment(_head(state, turn, frame), _thread(state), station, _original(state)),
                _nothing_open(),
            ),
        ),
        class_name="conversation",
        custom_attrs={"aria-label": "Conversation", "data-lead": rx.cond(state.lead, state.lead.lead_id, "")},
    )


def _head(state: Any, turn: Any, frame: Any) -> rx.Component:
    """Who it is, and the steps that end a turn."""
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
        onlookers(state.lead),
        rx.cond(frame.may_organise, rx.fragment(*_steps(state, turn, frame))),
        lead,
        class_name="conversation-head",
    )


def _steps(state: Any, turn: Any, frame: Any) -> tuple[rx.Component, ...]:
    """Snooze, done, and the menu of the rest."""
    snooze = ui.menu(
        "snooze-menu",
        ui.menu_title("Come back to it"),
        rx.foreach(
            turn.snooze_choices,
            lambda choice: ui.menu_item(
                choice.label, aside=ui.moment(choice.until, manner="soon"), on_click=turn.snooze(choice.key, state.lead.lead_id)
            ),
        ),
        name="Snooze until",
    )
    key = ui.press_attributes
    done = ui.button("Done", mark="check", shown_key="E", on_click=turn.finish(state.lead.lead_id), attributes=key(key="done"))
    reopen = ui.button("Reopen", mark="undo", shown_key="E", on_click=state.reopen, attributes=key(key="done"))
    return (
        rx.cond(state.snoozed_until != "", _asleep(state), _snooze(snooze)),
        rx.cond(state.is_done, reopen, done),
        _again_finished(turn),
        _sync(state),
        ui.icon_button("more", "More", attributes=ui.menu_attributes("conversation-menu")),
        _more(state, frame),
    )


def _sync(state: Any) -> rx.Component:
    """Fetch what the providers have, and how that stands; while it stays open the browser asks quietly (sync.js)."""
    said = rx.cond(
        state.sync.is_syncing, "Syncing",
        rx.cond(state.sync.error != "",
                rx.el.span(ui.icon("alert", size="s"), "Sync failed", class_name="line bad", title=state.sync.error),
                rx.cond(state.sync.synced_at != "", rx.fragment("Synced ", ui.moment(state.sync.synced_at)))))
    attributes = {"data-key": "sync", "aria-busy": rx.cond(state.sync.is_syncing, "true", "false")}
    quietly = rx.el.button("Sync quietly", type="button", class_name="unseen", on_click=state.read_back_quietly, custom_attrs={
        "data-key": "sync-quietly", "data-lead": state.lead.lead_id, "tabIndex": -1, "aria-hidden": "true"})
    return rx.cond(state.sync.possible, rx.fragment(
        rx.el.span(said, class_name="small faint sync-state", role="status"),
        ui.icon_button("loop", "Sync with the providers", attributes=attributes, on_click=state.read_back), quietly))


def _snooze(menu: rx.Component) -> rx.Component:
    """The button of the snooze menu, and the menu."""
    attributes = {**ui.menu_attributes("snooze-menu"), "data-key": "snooze"}
    return rx.fragment(ui.button("Snooze", mark="clock", shown_key="H", attributes=attributes), menu)


def _asleep(state: Any) -> rx.Component:
    """When a snoozed conversation comes back, and the way to have it back now."""
    until = rx.el.span("Until ", ui.moment(state.snoozed_until, manner="soon"), class_name="small faint until")
    wake = ui.button("Wake", mark="clock", shown_key="H", on_click=state.wake, attributes=ui.press_attributes(key="snooze"))
    return rx.fragment(until, wake)


def _again_finished(turn: Any) -> rx.Component:
    """What the Undo of the toast after Done presses."""
    return rx.el.button(
        "Reopen the last one",
        type="button",
        class_name="unseen",
        on_click=turn.reopen_finished,
        custom_attrs={"data-key": "reopen-finished", "tabIndex": -1, "aria-hidden": "true"},
    )


def _more(state: Any, frame: Any) -> rx.Component:
    """The steps that are needed less often."""
    return ui.menu(
        "conversation-menu",
        ui.menu_item("Mark unread", mark="mail", shown_key="U", on_click=state.mark_unread, attributes={"data-key": "unread"}),
        rx.cond(state.lead, rx.cond(state.lead.blacklisted, _allow_again(state))),
        rx.cond(state.lead, rx.cond(state.lead.sms_dnd, _allow_sms(state))),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Assign to"),
        rx.foreach(
            frame.members,
            lambda member: ui.menu_item(
                member.name,
                mark="user",
                aside=rx.cond(state.assignee_id == member.id, "now", ""),
                on_click=state.assign(member.id),
            ),
        ),
        rx.cond(state.assignee_id != "", ui.menu_item("Nobody", mark="close", on_click=state.assign(""))),
        rx.el.div(class_name="menu-rule"),
        ui.menu_title("Sentiment is really"),
        *[ui.menu_item(shown, mark="tag", on_click=state.set_sentiment(stored)) for stored, (shown, _) in ui.SENTIMENTS.items()],
        name="More steps",
    )


def _allow_again(state: Any) -> rx.Component:
    """The way back from the blacklist, for a person only."""
    return ui.menu_item("Allow writing again", mark="check", on_click=state.allow_contact)


def _allow_sms(state: Any) -> rx.Component:
    """The way back from do-not-disturb: it is for good until somebody knows better."""
    return ui.menu_item("Allow texts again", mark="sms", on_click=state.allow_sms)


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

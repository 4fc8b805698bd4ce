"""Whose conversation is open, how does it stand, and which steps are there for it?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.labels import label_chips
from zrg_app.pages.inbox.presence import onlookers
from zrg_app.pages.inbox.step_menus import OPEN_ONE


def conversation_head(state: Any, turn: Any, acting: Any, frame: Any) -> rx.Component:
    """Draw who it is, and the steps that end a turn.

    `state` offers lead, subject, labels, woke, is_done, snoozed_until, assignee_id, sync and the handlers read_back(),
    read_back_quietly(), allow_sms(); `turn` finish(lead_id); `acting` reopen(), wake(), unread(ids), allow_contact();
    `frame` may_organise and members.
    """
    back = ui.icon_button("back", "Back to the list", class_name="only-phone", attributes={"data-do": "pane:list"})
    lead = ui.icon_button("panel", "About this lead", class_name="only-narrow", attributes={"data-do": "drawer:lead"})
    return rx.el.header(
        back,
        rx.el.div(
            rx.el.div(
                rx.el.h2(state.lead.name, class_name="clip"), _sentiment(state, frame), _woke(state), class_name="line"),
            rx.el.div(
                rx.el.span(state.subject, class_name="small faint clip"), label_chips(state.labels), class_name="line head-sub"),
            class_name="stack grow",
        ),
        onlookers(state.lead),
        rx.cond(frame.may_organise, rx.fragment(*_steps(state, turn, acting, frame))),
        lead,
        class_name="conversation-head",
    )


def _sentiment(state: Any, frame: Any) -> rx.Component:
    """What it is about; a press says what it is really about."""
    shown = ui.sentiment_badge(state.lead.sentiment)
    press = rx.el.button(
        shown, type="button", class_name="plain-press", title="What it is really about",
        custom_attrs=ui.menu_attributes("sentiment-menu"))
    return rx.cond(frame.may_organise, press, shown)


def _woke(state: Any) -> rx.Component:
    """It was out of sight until just now."""
    return rx.cond(state.woke, rx.el.span(ui.badge("Back from snooze", tone="wait", mark="clock"), class_name="woke-mark"))


def _steps(state: Any, turn: Any, acting: Any, frame: Any) -> tuple[rx.Component, ...]:
    """Assign, label, snooze, done, and the menu of the rest."""
    key = ui.press_attributes
    done = ui.button("Done", mark="check", shown_key="E", on_click=turn.finish(state.lead.lead_id), attributes=key(key="done"))
    reopen = ui.button("Reopen", mark="undo", shown_key="E", on_click=acting.reopen, attributes=key(key="done"))
    return (
        ui.icon_button("tag", "Labels", class_name="head-step", attributes={**ui.menu_attributes("label-menu"), "data-key": "label"}),
        _assignee(state, frame),
        rx.cond(state.snoozed_until != "", _asleep(state, acting), _snooze()),
        rx.cond(state.is_done, reopen, done),
        _sync(state),
        ui.icon_button("more", "More", attributes=ui.menu_attributes("conversation-menu")),
        _more(state, acting),
    )


def _assignee(state: Any, frame: Any) -> rx.Component:
    """Whose it is; a press gives it to somebody."""
    name = rx.cond(state.lead.owner != "", "Assigned to " + state.lead.owner, "Assign")
    look = {**ui.menu_attributes("assign-menu"), "data-key": "assign", "data-on": rx.cond(state.assignee_id != "", "true", "false")}
    return ui.icon_button("user", name, class_name="head-step", attributes=look)


def _snooze() -> rx.Component:
    """The button of the snooze menu."""
    attributes = {**ui.menu_attributes("snooze-menu"), "data-key": "snooze"}
    return ui.button("Snooze", mark="clock", shown_key="H", attributes=attributes)


def _asleep(state: Any, acting: Any) -> rx.Component:
    """When a snoozed conversation comes back, and the way to have it back now."""
    until = rx.el.span("Until ", ui.moment(state.snoozed_until, manner="soon"), class_name="small faint until")
    wake = ui.button("Wake", mark="clock", shown_key="H", on_click=acting.wake, attributes=ui.press_attributes(key="snooze"))
    return rx.fragment(until, wake)


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


def _more(state: Any, acting: Any) -> rx.Component:
    """The steps that are needed less often."""
    opens = {"data-closes": "menu"}
    return ui.menu(
        "conversation-menu",
        ui.menu_item("Mark unread", mark="mail", shown_key="U", on_click=acting.unread(OPEN_ONE), attributes={"data-key": "unread"}),
        ui.menu_item("Labels", mark="tag", shown_key="L", attributes={**opens, "data-then": "label-menu"}),
        ui.menu_item("Assign", mark="user", shown_key="A", attributes={**opens, "data-then": "assign-menu"}),
        ui.menu_item("Sentiment", mark="star", attributes={**opens, "data-then": "sentiment-menu"}),
        rx.el.div(class_name="menu-rule"),
        rx.cond(state.lead.sms_dnd, ui.menu_item("Allow texts again", mark="sms", on_click=state.allow_sms)),
        rx.cond(
            state.lead.blacklisted,
            ui.menu_item("Allow writing again", mark="check", on_click=acting.allow_contact),
            ui.menu_item("Do not contact …", mark="block", attributes={**opens, **ui.opens("blacklist")}),
        ),
        name="More steps",
    )

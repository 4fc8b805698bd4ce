"""Which conversations are in this view, newest first, and which of them need somebody?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.bulk_bar import bulk_bar
from zrg_app.pages.inbox.conversation_row import conversation_row
from zrg_app.state.inbox.shown import ShownRow

CHANNELS = (("", "All channels"), ("email", "Email"), ("sms", "SMS"), ("linkedin", "LinkedIn"))


def conversation_list(filters: Any, state: Any, turn: Any, acting: Any, frame: Any) -> rx.Component:
    """Draw the list with its head.

    `state` offers: order and row_* (ShownRow), has_rows, has_before, has_more, above, below, list_number, status ("waiting",
    "ready" or "broken"), problem, count and the handlers load_more(), load_before(), show_first() and retry(); `filters` view_title,
    channel, assignee, unread_only, query, is_filtered, empty_title, empty_text and the handlers choose_channel(channel),
    choose_assignee(member_id), toggle_unread(), search(text) and clear_filters(); `turn` open_lead_id and open(lead_id);
    `acting` the handlers of `bulk_bar`; `frame` members (id, name) and may_organise.
    """
    return rx.el.section(
        _head(filters, state, frame),
        rx.cond(frame.may_organise, bulk_bar(acting)),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", _broken(state)),
            rx.cond(state.has_rows, _rows(state, turn), _empty(filters)),
        ),
        class_name="list",
        id="content",
        custom_attrs={"aria-label": "Conversations", "data-view": rx.cond(filters.query == "", filters.view, "")},
    )


def _head(filters: Any, state: Any, frame: Any) -> rx.Component:
    """The name of the view, search and quick filters."""
    views_button = ui.icon_button("menu", "Views", class_name="only-narrow", attributes={"data-do": "drawer:views"})
    return rx.el.header(
        rx.el.div(
            views_button,
            rx.el.h1(filters.view_title, class_name="clip"),
            ui.count(state.count),
            rx.el.span(class_name="grow"),
            _narrow(filters, frame),
            class_name="list-title",
        ),
        _search(filters),
        rx.el.div(
            *[ui.chip(word, pressed=filters.channel == key, on_click=filters.choose_channel(key)) for key, word in CHANNELS],
            class_name="chips",
            role="group",
            custom_attrs={"aria-label": "Channel"},
        ),
        class_name="list-head",
    )


def _narrow(state: Any, frame: Any) -> rx.Component:
    """The menu of the filters needed less often; the button says when one of them holds."""
    is_on = state.unread_only | (state.assignee != "")
    look = {**ui.menu_attributes("filter-menu"), "data-key": "filter", "data-on": rx.cond(is_on, "true", "false")}
    anybody = ui.menu_item("Anybody", mark="users", on_click=state.choose_assignee(""), **_chosen(state.assignee == ""))
    return rx.fragment(
        ui.icon_button("filter", "Filter", class_name="filter", attributes=look),
        ui.menu(
            "filter-menu",
            ui.menu_item("Only unread", mark="mail", on_click=state.toggle_unread, **_chosen(state.unread_only)),
            ui.menu_title("Assigned to"),
            anybody,
            rx.foreach(
                frame.members,
                lambda member: ui.menu_item(
                    member.name, mark="user", on_click=state.choose_assignee(member.id), **_chosen(state.assignee == member.id)
                ),
            ),
            rx.el.div(class_name="menu-rule"),
            ui.menu_item("Clear all filters", mark="close", on_click=state.clear_filters),
            name="Filter",
        ),
    )


def _chosen(claim: rx.Var[bool]) -> dict[str, Any]:
    """Mark a menu item that holds now."""
    return {"attributes": {"role": "menuitemcheckbox", "aria-checked": rx.cond(claim, "true", "false")}}


def _search(state: Any) -> rx.Component:
    """The search field: the server hears of it when typing rests for a quarter of a second."""
    return rx.el.label(
        ui.icon("search"),
        rx.el.span("Search", class_name="unseen"),
        rx.el.input(
            id="search",
            type="search",
            name="search",
            default_value=state.query,
            placeholder="Search people, companies, messages",
            auto_complete="off",
            on_change=state.search.debounce(250),
        ),
        ui.kbd("/"),
        class_name="search",
        role="search",
    )


def _rows(state: Any, turn: Any) -> rx.Component:
    """The rows around what is looked at, room for those that were let go, and what stands under the last of them (rows.js)."""
    foot = rx.el.button("Show more", type="button", class_name="link", on_click=state.load_more, custom_attrs={"data-key": "more"})
    return rx.el.div(
        rx.cond(state.has_before, rx.fragment(_unseen("Show the rows before", "before", state.load_before),
                                              _unseen("To the top of the list", "list-top", state.show_first))),
        _room(state.above),
        rx.el.ul(rx.foreach(ui.slotted(state.order, "row", ShownRow), lambda row: conversation_row(turn, row))),
        _room(state.below),
        rx.el.div(rx.cond(state.has_more, foot, "That is all of them."), class_name="rows-foot"),
        class_name="rows",
        custom_attrs={"tabIndex": -1, "data-list": state.list_number},
    )


def _room(number: rx.Var[int]) -> rx.Component:
    """As much room as that number of rows takes."""
    return rx.el.div(class_name="rows-room", style={"--rows": number.to_string()}, custom_attrs={"aria-hidden": "true"})


def _unseen(word: str, key: str, handler: Any) -> rx.Component:
    """What scrolling presses."""
    return rx.el.button(word, type="button", class_name="unseen", on_click=handler,
                        custom_attrs={"data-key": key, "tabIndex": -1, "aria-hidden": "true"})


def _waiting() -> rx.Component:
    """Eight grey rows where conversations will be."""
    row = rx.el.div(
        ui.skeleton("34px", "34px", round_=True),
        rx.el.div(ui.skeleton("58%", "13px"), ui.skeleton("82%", "11px"), ui.skeleton("70%", "11px"), class_name="stack gap"),
        class_name="row",
    )
    return rx.el.div(*[row] * 8, class_name="rows", role="status", custom_attrs={"aria-label": "Loading conversations"})


def _empty(state: Any) -> rx.Component:
    """Nothing here, and what would fill it."""
    clear = ui.button("Clear the search and filters", on_click=state.clear_filters)
    return ui.empty(state.empty_title, state.empty_text, rx.cond(state.is_filtered, clear))


def _broken(state: Any) -> rx.Component:
    """The list could not be read."""
    step = ui.button("Try again", mark="loop", on_click=state.retry)
    return ui.broken("The list did not load", state.problem, step)

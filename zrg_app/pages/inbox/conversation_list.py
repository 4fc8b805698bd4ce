"""Which conversations are in this view, newest first, and which of them need somebody?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.bulk_bar import bulk_bar
from zrg_app.pages.inbox.conversation_row import conversation_row

CHANNELS = (("", "All channels"), ("email", "Email"), ("sms", "SMS"), ("linkedin", "LinkedIn"))


def conversation_list(state: Any) -> rx.Component:
    """Draw the list with its head.

    `state` offers: rows (ConversationRow), status ("waiting", "ready" or "broken"), problem, view_title, count,
    channel, query, has_more, is_filtered, open_lead_id, empty_title, empty_text and the handlers open(lead_id), load_more(),
    choose_channel(channel), search(text), retry(), clear_filters(), plus those of `bulk_bar`.
    """
    return rx.el.section(
        _head(state),
        bulk_bar(state),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", _broken(state)),
            rx.cond(state.rows.length() > 0, _rows(state), _empty(state)),
        ),
        class_name="list",
        id="content",
        custom_attrs={"aria-label": "Conversations"},
    )


def _head(state: Any) -> rx.Component:
    """The name of the view, search and quick filters."""
    views_button = ui.icon_button("menu", "Views", class_name="only-narrow", attributes={"data-do": "drawer:views"})
    return rx.el.header(
        rx.el.div(
            views_button,
            rx.el.h1(state.view_title, class_name="clip"),
            ui.count(state.count),
            rx.el.span(class_name="grow"),
            rx.el.span(ui.icon("sort", size="s"), "Newest", class_name="line small faint sort"),
            class_name="list-title",
        ),
        _search(state),
        rx.el.div(
            *[ui.chip(word, pressed=state.channel == key, on_click=state.choose_channel(key)) for key, word in CHANNELS],
            class_name="chips",
            role="group",
            custom_attrs={"aria-label": "Channel"},
        ),
        class_name="list-head",
    )


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


def _rows(state: Any) -> rx.Component:
    """The rows, and what stands under the last of them."""
    foot = rx.el.button(
        "Show more", type="button", class_name="link", on_click=state.load_more, custom_attrs={"data-key": "more"}
    )
    return rx.el.div(
        rx.el.ul(rx.foreach(state.rows, lambda row: conversation_row(state, row))),
        rx.el.div(rx.cond(state.has_more, foot, "That is all of them."), class_name="rows-foot"),
        class_name="rows",
        custom_attrs={"tabIndex": -1},
    )


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

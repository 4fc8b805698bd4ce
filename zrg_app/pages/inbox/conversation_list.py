"""Which conversations are in this view, newest first, and which of them need somebody?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.bulk_bar import bulk_bar
from zrg_app.pages.inbox.conversation_row import conversation_row
from zrg_app.pages.inbox.list_filters import chips, filter_sheet, sort_menu
from zrg_app.pages.inbox.saved_views import changed_note
from zrg_app.state.inbox.shown import ShownRow


def conversation_list(filters: Any, saved: Any, state: Any, turn: Any, acting: Any, frame: Any) -> rx.Component:
    """Draw the list with its head.

    `state` offers: order and row_* (ShownRow), hits and unsent by lead, has_rows, has_before, has_more, above, below, list_number, status
    ("waiting", "ready" or "broken"), problem, count and the handlers load_more(), load_before(), show_first() and retry(); `filters`
    and `saved` are `FilterState` and `SavedState`; `turn` open_lead_id and open(lead_id); `acting` the handlers of `bulk_bar`;
    `frame` members (id, name) and may_organise.
    """
    return rx.el.section(
        _head(filters, state, frame),
        changed_note(filters, saved),
        rx.cond(frame.may_organise, bulk_bar(acting)),
        rx.match(
            state.status,
            ("waiting", _waiting()),
            ("broken", _broken(state)),
            rx.cond(state.has_rows, _rows(state, turn), _empty(filters, frame)),
        ),
        class_name="list",
        id="content",
        custom_attrs={"aria-label": "Conversations", "data-view": rx.cond(filters.choice.query == "", filters.choice.view, ""),
                      "data-query": filters.choice.query},
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
            sort_menu(filters),
            filter_sheet(filters, frame),
            class_name="list-title",
        ),
        _search(filters),
        chips(filters),
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
            default_value=state.choice.query,
            placeholder="Search people and messages",
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
    end = rx.cond(state.hits.length() > 0, "These are the newest that were found.", "That is all of them.")
    return rx.el.div(
        rx.cond(state.has_before, rx.fragment(_unseen("Show the rows before", "before", state.load_before),
                                              _unseen("To the top of the list", "list-top", state.show_first))),
        rx.el.ul(
            _room(state.above),
            rx.foreach(ui.slotted(state.order, "row", ShownRow), lambda row: conversation_row(turn, row, state.hits[row.lead_id],
                                                                                                  state.unsent.contains(row.lead_id))),
            _room(state.below),
        ),
        rx.el.div(rx.cond(state.has_more, foot, end), class_name="rows-foot"),
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


def _empty(filters: Any, frame: Any) -> rx.Component:
    """Nothing here: what would fill it, and the step towards that."""
    searched = filters.choice.query != ""
    clear = ui.button(rx.cond(searched, "Clear the search and filters", "Clear the filters"), on_click=filters.clear_filters)
    everywhere = rx.cond(searched & filters.is_narrowed,
                         ui.button("Search without the filters", mark="search", on_click=filters.search_everywhere))
    word, view, address = filters.empty_step[0], filters.empty_step[1], filters.empty_step[2]
    link = rx.el.a(word, href=address, class_name="button", custom_attrs={"data-look": "plain"})
    onwards = rx.cond(view != "", ui.button(word, on_click=filters.choose_view(view)), rx.cond(frame.may_organise, link))
    steps = rx.cond(filters.is_filtered, rx.el.div(everywhere, clear, class_name="line"), onwards)
    return ui.empty(filters.empty_title, filters.empty_text, steps)


def _broken(state: Any) -> rx.Component:
    """The list could not be read."""
    step = ui.button("Try again", mark="loop", on_click=state.retry)
    return ui.broken("The list did not load", state.problem, step)

"""By what is the list narrowed and ordered, and how is each of that taken off again?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.chips import CHANNELS, PERIODS, SORTS


def sort_menu(filters: Any) -> rx.Component:
    """The order of the list; its button says which one holds."""
    look = {**ui.menu_attributes("sort-menu"), "data-key": "sort"}
    button = rx.el.button(ui.icon("sort", size="s"), rx.el.span(filters.sort_words, class_name="clip"), type="button",
                          class_name="sort faint small", title="Order", custom_attrs={**look, "aria-label": "Order: " + filters.sort_words})
    items = [ui.menu_item(words, on_click=filters.choose_sort(key),
                          attributes={"role": "menuitemradio", "aria-checked": _said(filters.choice.sort == key)})
             for key, words in SORTS.items()]
    return rx.fragment(button, ui.menu("sort-menu", *items, name="Order"))


def filter_sheet(filters: Any, frame: Any) -> rx.Component:
    """The filters needed less often than the channels; the button says when one of them holds."""
    look = {"popoverTarget": "filter-sheet", "aria-haspopup": "dialog", "data-menu": "filter-sheet", "data-key": "filter",
            "data-on": _said(filters.chips.length() > 0)}
    choice = filters.choice
    return rx.fragment(
        ui.icon_button("filter", "Filter", class_name="filter", attributes=look),
        rx.el.div(
            rx.el.div(_tick("Only unread", choice.unread, filters.toggle_unread), _tick("With a draft", choice.draft, filters.toggle_draft),
                      class_name="line"),
            _chosen("Assigned to", "filter-assignee", choice.assignee, filters.choose_assignee, ("", "Anybody"), ("nobody", "Nobody"),
                    many=frame.members),
            _chosen("Campaign", "filter-campaign", choice.campaign, filters.choose_campaign, ("", "Any"), many=filters.options.campaigns),
            _chosen("Label", "filter-label", choice.label, filters.choose_label, ("", "Any"), many=filters.options.labels),
            _chosen("Last message", "filter-period", choice.period, filters.choose_period, ("", "Any time"), *PERIODS.items()),
            rx.cond(choice.period == "own", _days(filters)),
            rx.el.div(rx.el.span("Sentiment", class_name="label"), _sentiments(filters), class_name="field-row", role="group",
                      custom_attrs={"aria-label": "Sentiment"}),
            ui.button("Clear all filters", look="ghost", mark="close", on_click=filters.clear_filters),
            id="filter-sheet", class_name="sheet", role="dialog", custom_attrs={"popover": "auto", "aria-label": "Filter"},
        ),
    )


def chips(filters: Any) -> rx.Component:
    """The channels, and every other filter that holds with the step that takes it off."""
    return rx.el.div(
        _held_chip("All channels", filters.choice.channels.length() == 0, filters.choose_channel(""), **{"data-none": ""}),
        *[_held_chip(word, filters.choice.channels.contains(key), filters.choose_channel(key)) for key, word in CHANNELS.items()],
        rx.foreach(filters.chips, lambda chip: rx.el.button(
            chip.words, ui.icon("close", size="s"), type="button", class_name="chip holds", on_click=filters.drop(chip.key),
            custom_attrs={"aria-label": "Take off: " + chip.words, "data-chip": chip.key})),
        class_name="chips", role="group", custom_attrs={"aria-label": "Filters"})


def _chosen(label: str, element_id: str, value: rx.Var, handler: Any, *fixed: tuple[str, str], many: rx.Var | None = None) -> rx.Component:
    options = [rx.el.option(words, value=key) for key, words in fixed]
    if many is not None:
        options.append(rx.foreach(many, lambda one: rx.el.option(one.name, value=one.id)))
    return ui.field_row(label, ui.choice(element_id, *options, holds=value, on_change=handler), for_id=element_id)


def _days(filters: Any) -> rx.Component:
    """From and to; the list follows as soon as a day is whole."""
    follow = filters.choose_days(ui.typed("filter-from"), ui.typed("filter-to"))
    return rx.el.div(
        ui.field_row("From", ui.text_input("filter-from", value=filters.choice.since, kind="date", on_change=follow), for_id="filter-from"),
        ui.field_row("To", ui.text_input("filter-to", value=filters.choice.until, kind="date", on_change=follow), for_id="filter-to"),
        class_name="days")


def _sentiments(filters: Any) -> rx.Component:
    return rx.el.div(*[_held_chip(shown, filters.choice.sentiments.contains(stored), filters.toggle_sentiment(stored))
                       for stored, (shown, _) in ui.SENTIMENTS.items()], class_name="chips")


def _held_chip(word: str, holds: rx.Var[bool], handler: Any, **more: str) -> rx.Component:
    """A chip that is pressed at once and follows what the server says."""
    return ui.chip(word, pressed=holds, on_click=handler, attributes={"data-holds": _said(holds), **more})


def _tick(word: str, holds: rx.Var[bool], handler: Any) -> rx.Component:
    return ui.checkbox(word, holds=holds, on_change=lambda _: handler())


def _said(claim: rx.Var[bool]) -> rx.Var:
    return rx.cond(claim, "true", "false")

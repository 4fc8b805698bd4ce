"""What can be done to all chosen conversations at once?"""

from typing import Any

import reflex as rx

from zrg_app import ui

PICKED: rx.Var[list[str]] = rx.Var("(window.zrg?.picked?.() ?? [])").to(list[str])


def bulk_bar(acting: Any) -> rx.Component:
    """Draw the bar that shows while rows are chosen (CSS decides; choosing asks nothing of the server).

    `acting` offers the handlers done(ids), read(ids) and unread(ids); the menus are those of `step_menus`. Ids are read in the
    browser at the click; the rows go at once in views they leave (choosing.js).
    """
    every = rx.el.input(type="checkbox", class_name="check", custom_attrs={
        "data-pick-all": "true", "aria-label": "Choose all that are shown"})
    return rx.el.div(
        rx.el.label(every, rx.el.span("1 chosen", custom_attrs={"data-picked-count": "true"}), class_name="grow bulk-count"),
        ui.icon_button("check", "Done (E)", on_click=acting.done(PICKED), attributes={"data-bulk": "done", "data-do": "unpick"}),
        _opens("clock", "Snooze (H)", "snooze", "snooze-menu"),
        _opens("user", "Assign (A)", "assign", "assign-menu"),
        _opens("tag", "Label (L)", "label", "label-menu"),
        _opens("star", "Sentiment", "sentiment", "sentiment-menu"),
        ui.icon_button("more", "More for the chosen ones", attributes={**ui.menu_attributes("bulk-menu"), "data-bulk": "more"}),
        ui.icon_button("close", "Choose none", attributes={"data-do": "unpick"}),
        ui.menu(
            "bulk-menu",
            ui.menu_item("Mark read", mark="eye", on_click=acting.read(PICKED), attributes={"data-bulk": "read", "data-do": "unpick"}),
            ui.menu_item("Mark unread", mark="mail", shown_key="U", on_click=acting.unread(PICKED),
                         attributes={"data-bulk": "unread", "data-do": "unpick"}),
            ui.menu_item("Choose all that are shown", mark="check-all", attributes={"data-do": "pick-all"}),
            name="More for the chosen ones",
        ),
        class_name="bulk",
        role="toolbar",
        custom_attrs={"aria-label": "Chosen conversations"},
    )


def _opens(mark: ui.IconName, word: str, name: str, menu: str) -> rx.Component:
    """A step that asks for more: its menu then means the chosen ones."""
    return ui.icon_button(mark, word, attributes={**ui.menu_attributes(menu), "data-bulk": name})

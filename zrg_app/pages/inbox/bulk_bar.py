"""What can be done to all chosen conversations at once?"""

from typing import Any

import reflex as rx

from zrg_app import ui

PICKED: rx.Var[list[str]] = rx.Var("(window.zrg?.picked?.() ?? [])").to(list[str])


def bulk_bar(state: Any) -> rx.Component:
    """Draw the bar that shows while rows are chosen (CSS decides; choosing asks nothing of the server).

    `state` offers the handlers finish_many(ids) and read_many(ids); ids are read in the browser at the click.
    """
    return rx.el.div(
        rx.el.span("1 chosen", class_name="grow", custom_attrs={"data-picked-count": "true"}),
        ui.button("Done", mark="check", on_click=state.finish_many(PICKED), attributes={"data-do": "unpick"}),
        ui.button("Read", mark="eye", on_click=state.read_many(PICKED), attributes={"data-do": "unpick"}),
        ui.icon_button("close", "Choose none", attributes={"data-do": "unpick"}),
        class_name="bulk",
        role="toolbar",
        custom_attrs={"aria-label": "Chosen conversations"},
    )

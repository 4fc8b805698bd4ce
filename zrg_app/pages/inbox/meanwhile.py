"""What came into the conversation while somebody writes here, and shall the words leave all the same?"""

from typing import Any

import reflex as rx

from zrg_app import ui


def came_between(state: Any) -> rx.Component:
    """Draw the warning and the question of the composer; meanwhile.js shows them once the words are older than what came.

    `state` offers came: the newest thing said by somebody else (Latest: id, who, did, body, at), or None.
    """
    came = state.came
    told = rx.el.div(
        ui.icon("alert"),
        rx.el.span(
            rx.el.b(came.who + " " + came.did, " ", ui.moment(came.at, manner="ago"), ": "),
            rx.el.span(came.body, class_name="came-words"),
            id="came-told",
        ),
        ui.button("Read it", look="quiet", attributes={"data-do": "newest", "data-came-do": "read"}),
        class_name="came-told",
        role="status",
    )
    ask = rx.el.div(
        rx.el.b("Send yours anyway?", id="came-question"),
        rx.el.span(class_name="grow"),
        ui.button("Keep writing", attributes={"data-came-do": "write"}),
        ui.button("Send anyway", look="danger", mark="send", attributes={"data-came-do": "send"}),
        class_name="came-ask",
        role="alertdialog",
        custom_attrs={"aria-labelledby": "came-question", "aria-describedby": "came-told"},
    )
    return rx.cond(came, rx.el.div(told, ask, class_name="came"))

"""What did the AI write, beside what stands there now? Compared in the browser (assets/js/edits.js); nothing is asked of the server."""

import reflex as rx

from zrg_app import ui

DIALOG = "edits"


def edits() -> rx.Component:
    """The step that is offered once a draft was changed, and the two texts side by side."""
    ask = ui.button("Changes", look="quiet", attributes={
        "data-show-edits": "", "data-key": "edits", "aria-haspopup": "dialog", "aria-label": "What was changed in the draft"})
    back = ui.button("Back to what the AI wrote", mark="undo", attributes={"data-back-to-original": ""})
    return rx.fragment(ask, ui.dialog(
        DIALOG, "What was changed",
        rx.el.div(_side("What the AI wrote", "data-edits-before"), _side("What stands there now", "data-edits-after"), class_name="edits"),
        footer=back))


def _side(title: str, place: str) -> rx.Component:
    """One of the two texts; edits.js fills it, React leaves it alone."""
    return rx.el.section(rx.el.h3(title), rx.el.div(class_name="edits-text", custom_attrs={place: ""}))

"""How are words marked while they are written, and how is it seen beforehand what arrives?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.previewing import DIALOG, PreviewState

# What is pressed, its picture, its name and its key; the doing is in assets/js/writing.js.
MARKS: tuple[tuple[str, ui.IconName, str, str], ...] = (
    ("bold", "bold", "Bold", "Control+B"), ("italic", "italic", "Italic", "Control+I"), ("link", "link", "Link", "Control+Shift+K"),
    ("bullets", "bullets", "List", "Control+Shift+8"), ("numbers", "numbers", "Numbered list", "Control+Shift+7"),
    ("quote", "quote", "Quote", "Control+Shift+9"))


def marks_bar(state: Any) -> rx.Component:
    """The small bar of marks; only mail takes them, so that only mail shows it. Where the line is short, a button opens it."""
    buttons = [ui.icon_button(picture, f"{name} ({key.replace('Control', 'Ctrl')})", size="s", attributes={
        "data-mark": mark, "aria-keyshortcuts": key, "aria-label": name, "tabIndex": -1}) for mark, picture, name, key in MARKS]
    opens = ui.icon_button("letters", "Formatting", class_name="marks-open",
                           attributes={"data-do": "toggle:.station|data-marks", "data-opens-marks": ""})
    bar = rx.el.div(*buttons, class_name="marks", role="toolbar", custom_attrs={"aria-label": "Formatting"})
    return rx.cond(state.channel == "email", rx.fragment(opens, bar))


def preview(state: Any, body: str) -> rx.Component:
    """The step that shows how the words arrive, and the dialog that shows it."""
    ask = ui.icon_button("eye", "See how it arrives", on_click=PreviewState.show(ui.typed(body), state.channel),
                         attributes={"data-key": "preview", "aria-haspopup": "dialog"})
    return rx.fragment(ask, ui.dialog(DIALOG, "As it arrives", _blanks(), _arrives()))


def _blanks() -> rx.Component:
    still = rx.el.div(ui.icon("alert", size="s"), rx.el.span("Still to be filled in or taken out: ",
                      rx.foreach(PreviewState.blanks, lambda name: rx.el.span("{" + name + "}", class_name="pill", key=name))),
                      class_name="still-blank", role="status")
    return rx.cond(PreviewState.blanks.length() > 0, still)


def _arrives() -> rx.Component:
    """The mail as it looks, and its words alone for programs that show no HTML; else the words."""
    words = rx.el.pre(PreviewState.words, class_name="arrives-words")
    # Made by the service's reader, behind its allow-list.
    mail = rx.fragment(rx.html(PreviewState.html, class_name="bubble arrives-mail"),
                       rx.el.details(rx.el.summary("Where no formatting is shown"), words, class_name="arrives-plain"))
    nothing = rx.el.p("Nothing is written yet.", class_name="faint")
    return rx.cond(PreviewState.words == "", nothing, rx.cond(PreviewState.html != "", mail, words))

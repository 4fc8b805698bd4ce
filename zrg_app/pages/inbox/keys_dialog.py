"""Which keys do what? Shown by `?`; the doing is in assets/js/keyboard.js."""

import reflex as rx

from zrg_app import ui

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Move",
        (
            ("j k", "Next and previous conversation"),
            ("Enter", "Open"),
            ("/", "Search"),
            ("g i", "Inbox"),
            ("g s", "Settings"),
        ),
    ),
    (
        "Answer",
        (
            ("r", "To the answer"),
            ("⌘ ↵", "Send or approve"),
            ("⇧ R", "Write the draft again"),
            ("z", "Undo sending"),
            ("n", "Note"),
        ),
    ),
    (
        "Tidy",
        (("e", "Done"), ("h", "Snooze"), ("u", "Mark unread"), ("x", "Choose"), ("?", "This list")),
    ),
)


def keys_dialog() -> rx.Component:
    """Draw the list of keys."""
    return ui.dialog("keys", "Keys", *[_group(name, keys) for name, keys in KEYS])


def _group(name: str, keys: tuple[tuple[str, str], ...]) -> rx.Component:
    """One group of keys."""
    rows = [
        rx.el.div(rx.el.span(word, class_name="grow"), *[ui.kbd(part) for part in key.split()], class_name="line key-line")
        for key, word in keys
    ]
    return rx.el.div(rx.el.h3(name, class_name="small faint"), *rows, class_name="key-group")

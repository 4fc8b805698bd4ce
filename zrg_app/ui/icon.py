"""Which picture stands beside a word, and where do the pictures come from?"""

from typing import Literal, get_args

import reflex as rx

IconName = Literal[
    "alert", "arrow-down", "at", "attach", "back", "bell", "block", "bold", "bolt", "book", "building", "bullets", "calendar",
    "call", "chart", "check", "check-all", "clock", "close", "copy", "down", "draft", "eye", "filter", "flask", "forward", "globe",
    "help", "inbox", "info", "italic", "key", "keyboard", "letters", "link", "linkedin", "list", "logout", "loop", "mail", "menu", "moon",
    "more", "note", "numbers", "offline", "panel", "pause", "play", "plug", "plus", "quote", "reply", "screen", "search", "send",
    "settings", "sms", "sort", "spinner", "star", "sun", "tag", "trash", "undo", "up-down", "user", "users",
]  # fmt: skip
ICON_NAMES: tuple[str, ...] = get_args(IconName)
SPRITE = "/icons.svg"


def icon(name: IconName | rx.Var[str], *, size: Literal["s", "m", "l", "xl"] = "m") -> rx.Component:
    """Draw one icon of the sprite `assets/icons.svg`; decorative, so the word beside it carries the meaning.

    Raises ValueError for a plain name the sprite does not hold; a Var is trusted.
    """
    if isinstance(name, str) and name not in ICON_NAMES:
        raise ValueError(f"There is no icon named {name!r}.")
    href = f"{SPRITE}#" + name
    return rx.el.svg(
        rx.el.svg.use(href=href), class_name="icon", custom_attrs={"data-size": size, "data-icon": name, "aria-hidden": "true"}
    )


def channel_icon(channel: rx.Var[str] | str, *, size: Literal["s", "m", "l", "xl"] = "m") -> rx.Component:
    """Draw the icon of a channel: `email`, `sms`, `linkedin` or `note`."""
    if isinstance(channel, str):
        return icon("mail" if channel == "email" else channel, size=size)  # type: ignore[arg-type]
    return icon(rx.cond(channel == "email", "mail", channel.to(str)), size=size)

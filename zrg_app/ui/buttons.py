"""What can a person press, and how does a press name its key?"""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx

from zrg_app.ui.icon import IconName, icon
from zrg_app.ui.marks import Text, kbd

Look = Literal["plain", "primary", "ghost", "danger", "quiet"]


def press_attributes(key: str | None = None, do: str | None = None, **more: Any) -> dict[str, Any]:
    """Build the attributes that let `assets/js` press this element.

    `key` is the id of a shortcut in keyboard.js, `do` names an action done wholly in the browser, and further
    keywords become attributes with underscores as dashes (`aria_label` is `aria-label`).
    """
    attributes: dict[str, Any] = {name.replace("_", "-"): value for name, value in more.items() if value is not None}
    if key:
        attributes["data-key"] = key
    if do:
        attributes["data-do"] = do
    return attributes


def button(
    word: Text,
    *,
    look: Look = "plain",
    mark: IconName | None = None,
    shown_key: Text | None = None,
    attributes: Mapping[str, Any] | None = None,
    **props: Any,
) -> rx.Component:
    """Offer one step, named by a verb; at most one primary per region.

    `shown_key` is the hint beside the word, `attributes` come from `press_attributes`; other props go to the element.
    """
    props.setdefault("type", "button")
    return rx.el.button(
        icon(mark) if mark else rx.fragment(),
        rx.el.span(word, class_name="word"),
        kbd(shown_key) if shown_key is not None else rx.fragment(),
        class_name="button",
        custom_attrs={"data-look": look, **(attributes or {})},
        **props,
    )


def icon_button(
    mark: IconName,
    word: Text,
    *,
    size: Literal["s", "m"] = "m",
    class_name: str = "",
    attributes: Mapping[str, Any] | None = None,
    **props: Any,
) -> rx.Component:
    """Offer one step by its picture; `word` is what it is called aloud and on hover."""
    props.setdefault("type", "button")
    return rx.el.button(
        icon(mark),
        class_name=f"icon-button {class_name}".strip(),
        title=word,
        custom_attrs={"data-size": size, "aria-label": word, **(attributes or {})},
        **props,
    )


def chip(word: Text, *, pressed: bool | rx.Var[bool], attributes: Mapping[str, Any] | None = None, **props: Any) -> rx.Component:
    """Offer a filter that is on or off."""
    named = {"aria-pressed": _true_or_false(pressed), **(attributes or {})}
    return rx.el.button(word, type="button", class_name="chip", custom_attrs=named, **props)


def tab(
    word: Text,
    *,
    chosen: bool | rx.Var[bool],
    mark: rx.Component | None = None,
    attributes: Mapping[str, Any] | None = None,
    **props: Any,
) -> rx.Component:
    """Offer one of several faces of the same place; stands inside `tabs`."""
    return rx.el.button(
        mark or rx.fragment(),
        rx.el.span(word),
        type="button",
        role="tab",
        class_name="tab",
        custom_attrs={"aria-selected": _true_or_false(chosen), **(attributes or {})},
        **props,
    )


def tabs(*children: rx.Component, name: str) -> rx.Component:
    """Hold tabs; `name` says aloud what they choose. Arrow keys walk them (keyboard.js)."""
    return rx.el.div(*children, class_name="tabs", role="tablist", custom_attrs={"aria-label": name})


def _true_or_false(claim: bool | rx.Var[bool]) -> Any:
    """Write a claim as ARIA wants it: the words true and false."""
    return rx.cond(claim, "true", "false") if isinstance(claim, rx.Var) else str(bool(claim)).lower()

"""What lies over the page: menus, dialogs, toasts? All are the browser's own, so Escape and focus work by themselves."""

import json
from typing import Any

import reflex as rx

from zrg_app.ui.buttons import icon_button
from zrg_app.ui.icon import IconName, icon
from zrg_app.ui.marks import Text, kbd


def menu_attributes(menu_id: str) -> dict[str, Any]:
    """Attributes for the button that opens the menu `menu_id`."""
    return {"popoverTarget": menu_id, "aria-haspopup": "menu", "data-menu": menu_id}


def menu(menu_id: str, *children: rx.Component, name: str) -> rx.Component:
    """A list of steps that opens beside its button (placed by floating.js, walked with the arrow keys)."""
    attributes = {"popover": "auto", "aria-label": name}
    return rx.el.div(*children, id=menu_id, class_name="menu", role="menu", custom_attrs=attributes)


def menu_item(
    word: Text, *, mark: IconName | None = None, aside: Text | None = None, shown_key: str | None = None, **props: Any
) -> rx.Component:
    """One step of a menu; choosing it closes the menu."""
    attributes = {"data-closes": "menu", **props.pop("attributes", {})}
    return rx.el.button(
        icon(mark) if mark else rx.fragment(),
        rx.el.span(word),
        rx.el.span(aside, class_name="faint small") if aside is not None else rx.fragment(),
        kbd(shown_key) if shown_key else rx.fragment(),
        type="button",
        role="menuitem",
        class_name="menu-item",
        custom_attrs=attributes,
        **props,
    )


def menu_title(word: Text) -> rx.Component:
    """A heading inside a menu."""
    return rx.el.div(word, class_name="menu-title", role="presentation")


def dialog(dialog_id: str, title: Text, *children: rx.Component, footer: rx.Component | None = None) -> rx.Component:
    """A question or a form over the page; opened by `data-do="open:<id>"` or `opens`, closed by Escape or its cross."""
    close = icon_button("close", "Close", attributes={"data-do": f"close:{dialog_id}"})
    return rx.el.dialog(
        rx.el.header(rx.el.h2(title, id=f"{dialog_id}-title"), close),
        rx.el.div(*children, class_name="dialog-body"),
        rx.el.footer(footer) if footer is not None else rx.fragment(),
        id=dialog_id,
        class_name="dialog",
        custom_attrs={"aria-labelledby": f"{dialog_id}-title"},
    )


def opens(dialog_id: str) -> dict[str, str]:
    """Attributes for a control that opens a dialog."""
    return {"data-do": f"open:{dialog_id}"}


def toast_host() -> rx.Component:
    """The place toasts appear in; once per page. `zrg.toast(text, {tone, word, press})` in the browser fills it."""
    return rx.el.div(id="toasts", class_name="toasts", role="status", custom_attrs={"aria-live": "polite"})


def toast(text: str, *, tone: str = "quiet") -> rx.event.EventSpec:
    """Give the event that shows a toast; a handler may return it, a control may hold it."""
    return rx.call_script(f"window.zrg && zrg.toast({json.dumps(text)}, {json.dumps({'tone': tone})})")

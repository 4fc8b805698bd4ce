"""How does a person get from one part of the product to another, and switch light and dark?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.bell import bell
from zrg_app.pages.inbox.palette import palette_button

PLACES: tuple[tuple[str, ui.IconName, str, str], ...] = (
    ("inbox", "inbox", "Inbox", "/"),
    ("followups", "loop", "Follow-ups", "/?view=followups"),
    ("booking", "calendar", "Booking", "/?view=booking"),
    ("analytics", "chart", "Analytics", "/?view=analytics"),
    ("settings", "settings", "Settings", "/?view=settings"),
)


def rail(
    here: str,
    *,
    viewer: rx.Var,
    waiting: rx.Var[int] | int = 0,
    places: tuple[str, ...] = (),
    choose_theme: Any = rx.style.set_color_mode,
    operates: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Draw the rail. `here` is the place shown, `waiting` the number on the inbox, `places` those that exist (all if empty).

    `viewer` has name, initials, hue and email; `choose_theme(theme)` is a handler; Operations shows for those who `operates`.
    """
    number = rx.cond(waiting > 0, ui.grouped(waiting), "")
    links = [
        ui.rail_link(mark, word, href, here=key == here, number=number if key == "inbox" else None,
                     attributes=ui.press_attributes(key=f"go-{key}"))
        for key, mark, word, href in PLACES
        if not places or key in places
    ]
    return rx.el.nav(
        rx.el.a("Z", href="/", class_name="logo", custom_attrs={"aria-label": "ZRG Inbox"}),
        *links,
        rx.cond(operates, _operations(here), rx.fragment()),
        rx.el.span(class_name="rail-gap"),
        palette_button(),
        bell(),
        ui.icon_button("help", "Keys (?)", class_name="rail-help", attributes={"data-key": "keys", **ui.opens("keys")}),
        _me(viewer, choose_theme),
        class_name="rail", custom_attrs={"aria-label": "Main"},
    )


def _operations(here: str) -> rx.Component:
    return ui.rail_link("list", "Operations", "/operations", here=here == "operations",
                        attributes=ui.press_attributes(key="go-operations"))


def _me(viewer: rx.Var, choose_theme: Any) -> rx.Component:
    """The person's own menu: look and leaving."""
    attributes: dict[str, Any] = {"aria-label": "Your account", **ui.menu_attributes("me-menu")}
    return rx.fragment(
        rx.el.button(
            ui.avatar(viewer.initials, viewer.hue, size="m"),
            type="button",
            class_name="rail-me",
            custom_attrs=attributes,
        ),
        ui.menu(
            "me-menu",
            rx.el.div(
                rx.el.div(viewer.name, class_name="strong clip"),
                rx.el.div(viewer.email, class_name="small faint clip"),
                class_name="menu-who",
            ),
            ui.menu_title("Look"),
            ui.menu_item("Like the system", mark="screen", on_click=choose_theme("system")),
            ui.menu_item("Light", mark="sun", on_click=choose_theme("light")),
            ui.menu_item("Dark", mark="moon", on_click=choose_theme("dark")),
            rx.el.div(class_name="menu-rule"),
            rx.el.form(
                rx.el.button(ui.icon("logout"), "Sign out", type="submit", role="menuitem", class_name="menu-item"),
                action="/api/auth/logout",
                method="post", on_submit=None,  # told so, Reflex lets the browser post
            ),
            name="Your account",
        ),
    )

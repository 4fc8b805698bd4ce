"""Which address shows the design system, and how do its parts stand there? Light and dark side by side, each state named."""

from collections.abc import Callable

import reflex as rx

from zrg_app import ui
from zrg_app.pages.dev.controls import buttons, chips, fields, icon_buttons, tab_rows, toggles
from zrg_app.pages.dev.specimen import Specimen
from zrg_app.pages.dev.things import faces, floating, frames, icons, marks, surfaces
from zrg_app.state.dev import DevState

GROUPS: tuple[tuple[str, Callable[[str], list[Specimen]]], ...] = (
    ("Buttons", buttons), ("Icon buttons", icon_buttons), ("Chips", chips), ("Tabs", tab_rows), ("Fields", fields),
    ("Boxes and switches", toggles), ("Marks", marks), ("Icons", icons), ("Surfaces", surfaces), ("Faces of a list", faces),
    ("Floating things", floating), ("Frames", frames))


def register(app: rx.App) -> None:
    """Add the page to `app`; what it shows depends on the setting."""
    app.add_page(page, route="/dev/ui", title="Design system · ZRG Inbox", on_load=DevState.load)


def page() -> rx.Component:
    """The parts, or a word that they are not shown here."""
    groups = rx.fragment(*[_group(title, specimens) for title, specimens in GROUPS])
    absent = rx.el.main(ui.empty("This page is not served here", "Set ZRG_DESIGN_PAGE=1, or start with ./zrg dev.", mark="screen"),
                        id="content", class_name="gate")
    shown = ui.page("Design system", groups, aside=ui.button("Light or dark", mark="moon", on_click=rx.toggle_color_mode), wide=True)
    return rx.fragment(rx.el.link(rel="stylesheet", href="/css/dev.css"), rx.cond(DevState.is_shown, shown, absent), ui.toast_host())


def _group(title: str, specimens: Callable[[str], list[Specimen]]) -> rx.Component:
    sides = [rx.el.div(*[_one(look, specimen) for specimen in specimens(look)], class_name=f"look {look}") for look in ("light", "dark")]
    return rx.el.section(rx.el.h2(title), rx.el.div(*sides, class_name="looks"), class_name="specimens")


def _one(look: str, specimen: Specimen) -> rx.Component:
    name, part = specimen
    held = rx.el.div(part, class_name="specimen-part")
    return rx.el.div(rx.el.div(name, class_name="specimen-name"), held, class_name="specimen", custom_attrs={"data-look": look})

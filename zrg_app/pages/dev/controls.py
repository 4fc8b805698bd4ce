"""How do the things one can press or fill in look in every state?"""

from typing import get_args

import reflex as rx

from zrg_app import ui
from zrg_app.pages.dev.specimen import HELD, LONG, RTL, Specimen, held, right_to_left
from zrg_app.ui.buttons import Look

OFF = {"aria-disabled": "true"}
BUSY = {"aria-busy": "true"}


def buttons(_: str) -> list[Specimen]:
    """Every look by every state."""
    return [(look, _row(*_button_states(look))) for look in get_args(Look)] + [
        ("key and mark", ui.button("Done", mark="check", shown_key="E")),
        ("send", ui.button("Approve & send", look="primary", mark="send", shown_key="⌘↵")),
        ("long words", ui.button(LONG)), ("right to left", right_to_left(ui.button(RTL, mark="send", shown_key="E")))]


def _button_states(look: Look) -> list[rx.Component]:
    return [ui.button("Default", look=look, mark="check"), *[ui.button(state, look=look, attributes=held(state)) for state in HELD],
            ui.button("disabled", look=look, disabled=True), ui.button("cannot", look=look, attributes=OFF),
            ui.button("busy", look=look, mark="loop", attributes=BUSY)]


def icon_buttons(_: str) -> list[Specimen]:
    """Both sizes by every state."""
    return [(f"size {size}", _row(
        ui.icon_button("more", "More", size=size), *[ui.icon_button("more", state, size=size, attributes=held(state)) for state in HELD],
        ui.icon_button("more", "open", size=size, attributes={"aria-expanded": "true"}),
        ui.icon_button("more", "disabled", size=size, disabled=True))) for size in ("m", "s")]


def chips(_: str) -> list[Specimen]:
    """Filters, on and off."""
    return [(word, _row(ui.chip("Default", pressed=on), *[ui.chip(state, pressed=on, attributes=held(state)) for state in HELD]))
            for word, on in (("off", False), ("on", True))] + [
        ("long words", ui.chip(LONG, pressed=False)), ("right to left", right_to_left(ui.chip(RTL, pressed=True)))]


def tab_rows(look: str) -> list[Specimen]:
    """Faces of one place."""
    plain = ui.tabs(ui.tab("Email", chosen=True, mark=ui.icon("mail")), ui.tab("SMS", chosen=False, mark=ui.icon("sms")),
                    *[ui.tab(state, chosen=False, attributes=held(state)) for state in HELD], name=f"Channel, {look}")
    turned = ui.tabs(ui.tab(RTL, chosen=True), ui.tab(RTL, chosen=False, mark=ui.icon("sms")), name=f"Right to left, {look}")
    return [("states", plain), ("long words", ui.tabs(ui.tab(LONG, chosen=True), name=f"Long, {look}")),
            ("right to left", right_to_left(turned))]


def fields(look: str) -> list[Specimen]:
    """What one can write or choose in."""
    def _field(name: str, **props: object) -> Specimen:
        part = ui.text_input(f"{name.replace(' ', '-')}-{look}", **{"value": "Northwind Freight", **props})
        return name, ui.field_row("Company", part, for_id=f"{name.replace(' ', '-')}-{look}")

    wrong = ui.text_input(f"wrong-{look}", value="nobody@", kind="email", custom_attrs={"aria-invalid": "true"})
    options = [rx.el.option(word, value=word) for word in ("Email", "SMS", LONG)]
    return [
        _field("default", value="", placeholder="Northwind Freight"), _field("filled"), _field("hover", custom_attrs=held("hover")),
        _field("focus", custom_attrs=held("focus")), _field("disabled", disabled=True), _field("read-only", read_only=True),
        _field("long words", value=LONG), _field("right to left", value=RTL, dir="rtl"),
        ("hint", ui.field_row("Name", ui.text_input(f"hint-{look}"), for_id=f"hint-{look}", hint="As your colleagues know you.")),
        ("broken", ui.field_row("E-mail", wrong, for_id=f"wrong-{look}", problem="This address has no end.")),
        ("choice", ui.field_row("Period", ui.choice(f"choice-{look}", *options, holds=rx.Var.create("SMS")), for_id=f"choice-{look}")),
        ("select", ui.field_row("Channel", ui.select(f"select-{look}", *options, value="SMS"), for_id=f"select-{look}")),
        ("text area", ui.field_row("Note", ui.text_area(f"area-{look}", value=LONG + "\n" + RTL), for_id=f"area-{look}")),
    ]


def toggles(_: str) -> list[Specimen]:
    """What is either so or not."""
    return [(name, _row(part("off"), part("on", default_checked=True), part("focus", custom_attrs=held("focus")),
                        part("disabled", disabled=True), part("on, disabled", disabled=True, default_checked=True)))
            for name, part in (("checkbox", ui.checkbox), ("switch", ui.switch))] + [
        ("box alone", ui.tick(custom_attrs={"aria-label": "Choose Dana"})),
        ("long words", ui.checkbox(LONG)), ("right to left", right_to_left(ui.switch(RTL, default_checked=True)))]


def _row(*parts: rx.Component) -> rx.Component:
    return rx.el.div(*parts, class_name="specimen-row")

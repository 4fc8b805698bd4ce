"""Which small parts do the tabs of Settings share?"""

from typing import Any, Literal

import reflex as rx

from zrg_app import ui


def group(title: str, words: str | rx.Var[str], *children: rx.Component, **props: Any) -> rx.Component:
    """A subject: its name and what it is good for at the left, its fields at the right."""
    head = rx.el.header(rx.el.h2(title), rx.el.p(words, class_name="soft"))
    return rx.el.section(head, rx.el.div(*children, class_name="card"), class_name="setting-group", **props)


def pair(*fields: rx.Component) -> rx.Component:
    """Two short fields side by side where there is room."""
    return rx.el.div(*fields, class_name="setting-pair")


def line(state: Any, name: str, label: str, hint: Any, *, kind: str = "text", **props: Any) -> rx.Component:
    """A short setting. `state` offers shown (with the field `name`) and problems."""
    field = ui.text_input(f"set-{name}", value=getattr(state.shown, name), kind=kind, name=name,
                          custom_attrs=is_wrong(state, name), **props)
    return ui.field_row(label, field, for_id=f"set-{name}", hint=hint, problem=state.problems[name])


def area(state: Any, name: str, label: str, hint: Any, **props: Any) -> rx.Component:
    """A long setting; `state` as for `line`."""
    field = ui.text_area(f"set-{name}", value=getattr(state.shown, name), name=name, custom_attrs=is_wrong(state, name), **props)
    return ui.field_row(label, field, for_id=f"set-{name}", hint=hint, problem=state.problems[name])


def is_wrong(state: Any, name: str) -> dict[str, Any]:
    """What tells a reader aloud that a field needs a second look."""
    return {"aria-invalid": rx.cond(state.problems[name], "true", "false")}


def save_bar(state: Any) -> rx.Component:
    """Stands at the foot of the screen while something is not saved (settings.js marks the form). `state` offers trouble, discard."""
    trouble = rx.el.span(ui.icon("alert"), state.trouble, class_name="trouble line", role="alert")
    said = rx.cond(state.trouble != "", trouble, rx.el.span(ui.dot("wait"), "Not saved yet", class_name="line", role="status"))
    return rx.el.footer(
        rx.el.div(said, class_name="grow"),
        ui.button("Discard", look="ghost", on_click=state.discard),
        ui.button("Save", look="primary", type="submit", shown_key="Ctrl S"),
        class_name="save-bar", custom_attrs={"data-trouble": rx.cond(state.trouble != "", "true", "false")})


def confirm(identifier: Any, word: str, question: Any, step: str, *, on_click: Any = None, action: str = "", mark: Any = None,
            shown: str = "", tone: Literal["danger", "plain"] = "danger") -> rx.Component:
    """A button whose step asks once, right beside it. `identifier` is unique on the page; `shown` is what is read aloud.

    The step calls `on_click`, or posts to `action`; with the `plain` tone it destroys nothing that is missed.
    """
    opener = {**ui.menu_attributes(identifier), "aria-haspopup": "dialog"}
    said = shown or word
    button = ui.icon_button(mark, said, attributes=opener) if mark else ui.button(word, look="ghost", attributes=opener)
    closes = {"data-closes": "menu"}
    if action:
        done = rx.el.form(ui.button(step, look="danger", type="submit"), action=action, method="post", on_submit=None)
    else:
        look = "danger" if tone == "danger" else "primary"
        done = ui.button(step, look=look, attributes=closes, on_click=on_click)
    asked = rx.el.div(
        rx.el.p(question),
        rx.el.div(ui.button("Cancel", look="ghost", attributes=closes, auto_focus=True), done, class_name="confirm-steps"),
        id=identifier, class_name="menu confirm", role="dialog",
        custom_attrs={"popover": "auto", "aria-label": said})
    return rx.fragment(button, asked)


def copied(name: str, *, identifier: Any, value: rx.Var[str] | str = "") -> rx.Component:
    """A value to take elsewhere, with the button that copies it; a secret is put into it by the answer that made it."""
    field = rx.el.input(default_value=value, read_only=True, class_name="field mono", id=identifier, placeholder=" ",
                        custom_attrs={"aria-label": name, "data-whole": ""})
    return rx.el.div(field, ui.button("Copy", mark="copy", attributes={"data-copy": ""}), class_name="copied")


def waiting_cards(lines: int = 3) -> rx.Component:
    """The face of a tab whose values are on their way."""
    bars = [rx.el.div(ui.skeleton("30%"), ui.skeleton("100%", "32px"), class_name="stack setting-bars") for _ in range(lines)]
    return rx.el.div(rx.el.section(*bars, class_name="card"), custom_attrs={"aria-busy": "true", "aria-label": "Loading"})

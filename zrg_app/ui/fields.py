"""What can a person fill in, and how is a mistake said? Nothing here sends while somebody types."""

from typing import Any

import reflex as rx

from zrg_app.ui.icon import icon
from zrg_app.ui.marks import Text


def typed(element_id: str) -> rx.Var[str]:
    """Give what now stands in the field `element_id`, read in the browser when the event fires.

    Use it as an argument of a handler: `on_click=State.save(typed("name"))`. Fields stay uncontrolled, so typing
    causes no traffic (measured: no frame per key).
    """
    return rx.Var(f"(document.getElementById({element_id!r})?.value ?? '')").to(str)


def text_input(element_id: str, *, value: Text = "", kind: str = "text", **props: Any) -> rx.Component:
    """A one-line field, uncontrolled; give it a `key` that changes when another thing is edited."""
    return rx.el.input(
        id=element_id, name=props.pop("name", element_id), type=kind, default_value=value, class_name="field", **props
    )


def text_area(element_id: str, *, value: Text = "", class_name: str = "field", **props: Any) -> rx.Component:
    """A many-line field, uncontrolled; `key` as for `text_input`."""
    name = props.pop("name", element_id)
    return rx.el.textarea(id=element_id, name=name, default_value=value, class_name=class_name, **props)


def select(element_id: str, *options: rx.Component, value: Text = "", **props: Any) -> rx.Component:
    """A choice of the platform's own kind; options are `rx.el.option(word, value=...)`."""
    name = props.pop("name", element_id)
    return rx.el.select(*options, id=element_id, name=name, default_value=value, class_name="field", **props)


def checkbox(word: Text, *, holds: rx.Var[bool] | None = None, **props: Any) -> rx.Component:
    """A yes-or-no with its word; the word is part of the target. With `holds` it ticks at once and follows what the server says."""
    return rx.el.label(tick(holds=holds, **props), rx.el.span(word), class_name="line")


def switch(word: Text, *, holds: rx.Var[bool] | None = None, **props: Any) -> rx.Component:
    """A yes-or-no that acts at once; `holds` as for `checkbox`."""
    return rx.el.label(tick(holds=holds, look="switch", role="switch", **props), rx.el.span(word), class_name="line")


def tick(*, holds: rx.Var[bool] | None = None, look: str = "check", **props: Any) -> rx.Component:
    """The box alone. What `holds` is the server's to say; until it has, the box shows what its person wants (held.js)."""
    if holds is not None:
        said = {"data-holds": rx.cond(holds, "true", "false")}
        props |= {"default_checked": holds, "custom_attrs": {**props.get("custom_attrs", {}), **said}}
    return rx.el.input(type="checkbox", class_name=look, **props)


def choice(element_id: str, *options: rx.Component, holds: rx.Var, **props: Any) -> rx.Component:
    """A choice of the platform's own kind that acts at once: it shows what was chosen and follows what the server says."""
    named = {"id": element_id, "name": element_id, "class_name": "field", **props}
    return rx.el.select(*options, default_value=holds, custom_attrs={**named.pop("custom_attrs", {}), "data-holds": holds}, **named)


def field_row(
    label: Text, field: rx.Component, *, for_id: str, hint: Text | None = None, problem: Text | None = None
) -> rx.Component:
    """A field with its name above, a hint or what is wrong below."""
    below: rx.Component = rx.el.span(hint, class_name="hint") if hint is not None else rx.fragment()
    if problem is not None:
        trouble = rx.el.span(icon("alert", size="s"), problem, class_name="problem", role="alert")
        below = rx.cond(problem, trouble, below) if isinstance(problem, rx.Var) else trouble
    return rx.el.div(rx.el.label(label, html_for=for_id), field, below, class_name="field-row")

"""What do all pages before the login share? One quiet card, real forms, sentences where something is wrong."""

import reflex as rx

from zrg_app import ui
from zrg_app.services.access.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH
from zrg_app.state.access.entry import EntryState


def gate(title: str | rx.Var[str], words: str | rx.Var[str], *children: rx.Component) -> rx.Component:
    """The card with our mark, a title, a sentence, what was noticed or went wrong, and `children`."""
    return ui.gate(
        rx.el.span("Z", class_name="logo", custom_attrs={"aria-hidden": "true"}),
        rx.el.h1(title),
        rx.el.p(words, class_name="soft"),
        rx.cond(EntryState.notice != "", ui.banner(EntryState.notice, mark="check", tone="info"), rx.fragment()),
        rx.cond(EntryState.error != "", rx.el.div(ui.banner(EntryState.error, mark="alert", tone="bad"), role="alert",
                                                  id="problem"), rx.fragment()),
        *children,
    )


def form(action: str, *fields: rx.Component, word: str) -> rx.Component:
    """A form that works without a websocket: posted by the browser to `action`."""
    # Reflex keeps the browser from posting unless it is told that there is no handler.
    return rx.el.form(*fields, ui.button(word, look="primary", type="submit"), action=action, method="post", on_submit=None)


def hidden(name: str, value: rx.Var[str]) -> rx.Component:
    """A value of the link that the form carries on."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def email_field(*, first: bool = True) -> rx.Component:
    """The e-mail somebody signs in with."""
    field = ui.text_input("email", kind="email", auto_complete="username", auto_focus=first, required=True, max_length=254)
    return ui.field_row("E-mail", field, for_id="email")


def name_field(*, first: bool = False) -> rx.Component:
    """How colleagues see the person."""
    field = ui.text_input("name", auto_complete="name", auto_focus=first, required=True, max_length=100)
    return ui.field_row("Your name", field, for_id="name")


def password_field() -> rx.Component:
    """The password somebody has."""
    field = ui.text_input("password", kind="password", auto_complete="current-password", required=True,
                          max_length=MAXIMUM_LENGTH)
    return ui.field_row("Password", field, for_id="password")


def new_password_field(*, first: bool = False) -> rx.Component:
    """A password being chosen."""
    field = ui.text_input("password", kind="password", auto_complete="new-password", required=True, auto_focus=first,
                          min_length=MINIMUM_LENGTH, max_length=MAXIMUM_LENGTH)
    return ui.field_row("New password", field, for_id="password",
                        hint=f"At least {MINIMUM_LENGTH} characters. A few words in a row are easy to remember.")


def way_out(word: str, href: str) -> rx.Component:
    """A link below the form, to another page of the door."""
    return rx.el.p(rx.el.a(word, href=href, class_name="link"), class_name="small")

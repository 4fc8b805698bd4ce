"""To whom does an answer go, with which files, and when? The parts of the composer beside its words."""

from typing import Any

import reflex as rx

from zrg_app import ui

ATTACHED = "attached"
LATER_AT = "later-at"
OTHER_TO = "other-to"


def recipient(state: Any) -> rx.Component:
    """Whom it goes to, and the way to choose somebody else of the conversation."""
    shown = rx.cond(state.to_address != "", state.to_address, state.way.to_name)
    button = rx.el.button(
        rx.el.span(shown, class_name="clip"),
        ui.icon("down", size="s"),
        type="button",
        class_name="pill",
        title=rx.cond(state.to_address != "", state.to_address, state.way.to_address),
        custom_attrs={**ui.menu_attributes("to-menu"), "aria-label": "To " + shown + ", change"},
    )
    return rx.fragment(
        button,
        ui.menu(
            "to-menu",
            ui.menu_title("Answer to"),
            rx.foreach(
                state.way.people,
                lambda address: ui.menu_item(
                    address,
                    aside=rx.cond(address == state.way.to_address.lower(), "usual", ""),
                    on_click=state.choose_to(address),
                    key=address,
                ),
            ),
            rx.el.div(class_name="menu-rule"),
            _another(state),
            name="Recipient",
        ),
    )


def _another(state: Any) -> rx.Component:
    """An address nobody of the conversation has."""
    other = rx.el.input(
        id=OTHER_TO,
        type="email",
        class_name="field",
        placeholder="Another address",
        auto_complete="off",
        custom_attrs={"data-enter": "choose-to", "aria-label": "Another address"},
    )
    choose = ui.button(
        "Use", on_click=state.choose_to(ui.typed(OTHER_TO)), attributes={"data-key": "choose-to", "data-closes": "menu"}
    )
    return rx.el.div(other, choose, class_name="menu-row")


def attached_files(state: Any) -> rx.Component:
    """The files that go along; each can be taken off."""
    one = rx.foreach(
        state.files,
        lambda file: rx.el.span(
            ui.icon("attach", size="s"),
            rx.el.a(file.name, href=file.href, class_name="clip", custom_attrs={"reloadDocument": True}),
            rx.el.span(file.size, class_name="faint num"),
            ui.icon_button("close", "Take off " + file.name, size="s", on_click=state.detach(file.id)),
            class_name="pill file",
            key=file.id,
        ),
    )
    refused = (state.way.no_files != "") & (state.files.length() > 0)
    why = rx.el.span(state.way.no_files, class_name="file-problem", role="status")
    return rx.cond(state.files.length() > 0, rx.el.div(one, rx.cond(refused, why), class_name="file-line"))


def attach_button(state: Any) -> rx.Component:
    """The way to add files: picked, dropped or pasted (composer.js takes them to the server); the reason where it is not possible."""
    pick = ui.icon_button("attach", "Attach files", attributes={"data-pick-files": "true", "data-key": "attach"})
    cannot = rx.el.span(
        ui.icon("attach"), class_name="icon-button", title=state.way.no_files, role="img",
        custom_attrs={"aria-label": state.way.no_files, "data-off": "true"},
    )
    hidden = {"tabIndex": -1, "aria-hidden": "true"}
    return rx.fragment(
        rx.cond(state.way.no_files == "", pick, cannot),
        rx.el.input(type="file", multiple=True, class_name="unseen", id="pick-files", custom_attrs=hidden),
        rx.el.input(type="hidden", id=ATTACHED),
        rx.el.button(
            "Attach", type="button", class_name="unseen", on_click=state.attach(ui.typed(ATTACHED)),
            custom_attrs={"data-key": "attached", **hidden},
        ),
        rx.el.span(class_name="uploading small faint", role="status", custom_attrs={"data-uploading": "true"}),
    )


def send_later(state: Any, nonce: rx.Var[str], words: rx.Var[str], body: str) -> rx.Component:
    """The moments at which it could leave instead of now."""
    plan = ui.button(
        "Plan",
        on_click=state.send_at(ui.typed(body), nonce, words, ui.typed(LATER_AT)),
        attributes={"data-key": "send-at", "data-closes": "menu"},
    )
    usual = rx.foreach(
        state.later,
        lambda choice: ui.menu_item(
            choice.label,
            aside=choice.aside,
            on_click=state.send_later(ui.typed(body), nonce, words, choice.key),
            key=choice.key,
            attributes={"data-later": choice.key},
        ),
    )
    where = rx.el.p(state.later_where, class_name="menu-text faint small")
    return rx.fragment(
        ui.button("Send later", look="quiet", mark="clock", attributes={
            **ui.menu_attributes("later-menu"), "data-key": "later", "aria-label": "Send later"}),
        ui.menu(
            "later-menu",
            ui.menu_title("Send later"),
            usual,
            rx.el.div(class_name="menu-rule"),
            rx.el.div(_moment(state), plan, class_name="menu-row"),
            where,
            name="Send later",
        ),
    )


def _moment(state: Any) -> rx.Component:
    return rx.el.input(
        id=LATER_AT,
        type="datetime-local",
        class_name="field",
        custom_attrs={"data-enter": "send-at", "aria-label": "Date and time, " + state.later_where},
    )

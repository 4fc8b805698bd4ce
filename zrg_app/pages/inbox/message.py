"""How is one thing in a thread shown: a message with its sender and delivery, a note, a line of activity?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.services.access import Permission
from zrg_app.state.inbox.notes import NotesState
from zrg_app.state.inbox.station import StationState
from zrg_app.state.session import SessionState

# How a Delivery word is said and marked, and what it means.
DELIVERIES: dict[str, tuple[str, ui.IconName, str]] = {
    "waiting": ("Leaves soon", "clock", "It waits for its moment and can still be taken back"),
    "sending": ("Sending", "send", "The provider is being asked to take it"),
    "checking": ("Checking whether it arrived", "loop",
                 "The provider did not answer clearly; its history is read before anything is sent again"),
    "delivered": ("Delivered", "check-all", "The provider took it, and nothing came back"),
    "failed": ("Not delivered", "alert", "It did not leave or did not arrive; the reason stands under it"),
    "bounced": ("Came back", "alert", "The other side's server gave it back"),
}


def thread_item(state: Any, shown: rx.Var) -> rx.Component:
    """Draw one ShownItem (item: ThreadItem, starts_day: first of its day, run and run_size: folded with its neighbours), with
    `state` as in `conversation`."""
    item = shown.item
    return rx.fragment(
        rx.cond(shown.starts_day, ui.divider(ui.moment(item.day, manner="day"))),
        rx.match(item.kind, ("activity", _activity(state, shown)), ("note", _note(state, item)), _message(state, item)),
        key=item.id,
    )


def _clock(state: Any, item: rx.Var) -> rx.Component:
    """The time of day, and on hover the whole of it, here and where the lead lives."""
    return ui.moment(item.at, manner="clock", zone=state.lead.timezone)


def _activity(state: Any, shown: rx.Var) -> rx.Component:
    """What happened besides messages, in a quiet line; several quiet ones lie behind the first until thread.js opens them."""
    item = shown.item
    fold = rx.el.button(
        ui.icon("list", size="s"), shown.run_size.to(str) + " small events", type="button", class_name="fold",
        custom_attrs={"data-fold": shown.run, "aria-expanded": "false"})
    line = rx.el.div(
        rx.cond(item.icon != "", ui.icon(item.icon, size="s"), ui.icon("loop", size="s")), rx.el.span(item.body), _clock(state, item),
        rx.cond(item.cause, _why(item)), class_name="activity", custom_attrs={"data-run": shown.run})
    return rx.fragment(rx.cond(shown.run_size > 0, fold), line)


def _why(item: rx.Var) -> rx.Component:
    """Which rule or setting caused it, and where that is changed; the way there for those who may go."""
    cause = item.cause
    may_go = (cause.href != "") & SessionState.permissions.contains(Permission.SEE_SETTINGS.value)
    where = rx.cond(may_go, rx.el.a(cause.where, href=cause.href, class_name="link"), rx.el.span(cause.where))
    return rx.el.details(
        rx.el.summary("why?"), rx.el.div(rx.el.p(cause.words), rx.cond(cause.where != "", rx.el.p(where)), class_name="why-text"),
        class_name="why-line")


def _note(state: Any, item: rx.Var) -> rx.Component:
    """A word among colleagues; the lead never sees it. Who wrote it can change it."""
    is_mine = (item.author_id == SessionState.person.id) & SessionState.permissions.contains(Permission.ANSWER.value)
    edit = rx.el.button("Edit", type="button", class_name="link", custom_attrs={"data-edit-note": item.id, "data-body": item.body})
    delete = rx.el.button("Delete", type="button", class_name="link", on_click=NotesState.delete(item.id))
    return rx.el.article(
        rx.el.div(
            ui.icon("note", size="s"),
            rx.el.span(item.author, class_name="who"),
            rx.el.span("Note, only your team sees it"),
            _clock(state, item),
            rx.cond(item.is_edited, rx.el.span("edited")),
            rx.cond(is_mine, rx.fragment(edit, delete)),
            class_name="message-line",
        ),
        _body(item),
        id="message-" + item.id.to(str),
        class_name="message note",
        custom_attrs={"data-mine": "true", "data-note": item.id},
    )


def _message(state: Any, item: rx.Var) -> rx.Component:
    """A message in or out."""
    mine = item.direction == "outbound"
    to = item["to"].to(str)  # `item.to` is a method of every Var
    return rx.el.article(
        rx.el.div(
            ui.channel_icon(item.channel, size="s"),
            rx.cond(item.by_ai, ui.badge("AI", tone="accent", mark="draft")),
            rx.el.span(item.author, class_name="who", title=rx.cond(item.origin, item.origin.words, "")),
            rx.cond(item.origin & (item.origin.short != ""), ui.badge(item.origin.short)),
            rx.cond(mine & (to != ""), rx.el.span("to " + to, class_name="clip")),
            rx.cond(item.cc != "", rx.el.span("Cc " + item.cc, class_name="clip")),
            _clock(state, item),
            rx.cond(item.is_automatic, ui.badge("Automatic answer")),
            rx.cond(item.mark != "", ui.badge(item.mark)),
            rx.cond(mine & (item.leaves_at == ""), rx.cond(item.may_send_anyway, _held(), _delivery(item))),
            rx.cond(item.opened_at != "", rx.el.span("Opened ", ui.moment(item.opened_at), class_name="delivery")),
            rx.cond(item.has_original, _original(state, item)),
            class_name="message-line",
        ),
        _body(item),
        rx.cond(item.files.length() > 0, _files(item)),
        rx.cond(item.leaves_at != "", _planned(state, item)),
        rx.cond((item.delivery_reason != "") | (item.delivery == "failed"), _trouble(state, item)),
        id="message-" + item.id.to(str),
        class_name="message",
        custom_attrs={"data-mine": rx.cond(mine, "true", "false"), "data-message": item.id, "data-delivery": item.delivery},
    )


def _planned(state: Any, item: rx.Var) -> rx.Component:
    """When it leaves, and what can be done until then."""
    return rx.el.div(
        ui.icon("clock", size="s"),
        rx.el.span("Leaves ", ui.moment(item.leaves_at, manner="date", zone=state.lead.timezone)),
        rx.el.button("Send now", type="button", class_name="link", on_click=state.send_now(item.id)),
        rx.el.button("Edit", type="button", class_name="link", on_click=StationState.edit(item.id)),
        rx.el.button("Cancel", type="button", class_name="link", on_click=state.cancel_planned(item.id)),
        class_name="planned",
    )


def _files(item: rx.Var) -> rx.Component:
    """The files of a message: pictures shown small; pictures and PDF open here (preview.js), all the others are downloads."""
    return rx.el.ul(
        rx.foreach(
            item.files,
            lambda file: rx.el.li(
                rx.el.a(
                    rx.cond(
                        file.is_image,
                        rx.el.img(src=file.href + "&preview=1", alt="", loading="lazy", class_name="file-picture"),
                        ui.icon("attach"),
                    ),
                    rx.el.span(file.name, class_name="clip"),
                    rx.el.span(file.size, class_name="faint num"),
                    href=file.href,
                    download=file.name,
                    class_name="file-card",
                    # Reflex makes a route of every address of ours; this one is a file.
                    custom_attrs={"reloadDocument": True, "data-preview": file.preview},
                ),
                key=file.id,
            ),
        ),
        class_name="files",
        custom_attrs={"aria-label": "Files"},
    )


def _body(item: rx.Var) -> rx.Component:
    """The words. The HTML was cleaned by the service (allow-list); nothing else may be put here."""
    return rx.html(item.body_html, class_name="bubble")


def _delivery(item: rx.Var) -> rx.Component:
    """Where the message is on its way, as a word with a mark."""
    said = [
        (state, rx.el.span(ui.icon(mark, size="s"), word, class_name="delivery", title=meaning, custom_attrs={"data-state": state}))
        for state, (word, mark, meaning) in DELIVERIES.items()
    ]
    return rx.match(item.delivery, *said, rx.fragment())


def _held() -> rx.Component:
    """It waited for its moment, and something came before."""
    return rx.el.span(ui.icon("pause", size="s"), "Held back", class_name="delivery", custom_attrs={"data-state": "held"})


def _original(state: Any, item: rx.Var) -> rx.Component:
    """The way to the untouched e-mail."""
    return rx.el.button(
        "Show original",
        type="button",
        class_name="link",
        on_click=state.show_original(item.id),
        custom_attrs=ui.opens("original"),
    )


def _trouble(state: Any, item: rx.Var) -> rx.Component:
    """Why it did not arrive, and what can be done about it."""
    again = rx.cond(item.may_send_anyway, "Send anyway", "Try again")
    steps = rx.el.span(
        rx.el.button(again, type="button", class_name="link", on_click=state.retry_send(item.id)),
        " ",
        rx.cond(item.may_send_anyway, rx.el.button("Edit", type="button", class_name="link", on_click=StationState.edit(item.id))),
        " ",
        rx.el.button("Dismiss", type="button", class_name="link", on_click=state.dismiss_send(item.id)),
        class_name="trouble-steps",
    )
    seen = rx.el.button("I have seen to it", type="button", class_name="link", on_click=state.settle(item.id))
    return rx.el.div(
        ui.icon("alert", size="s"),
        rx.el.span(item.delivery_reason),
        rx.cond((item.kind == "outbox") & (item.delivery == "failed"), steps),
        rx.cond(item.may_settle, seen),
        class_name="trouble",
    )

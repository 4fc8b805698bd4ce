"""How is one thing in a thread shown: a message with its sender and delivery, a note, a line of activity?"""

import reflex as rx

from zrg_app import ui


def thread_item(item: rx.Var, zone: rx.Var[str]) -> rx.Component:
    """Draw one MessageView; `zone` is the IANA time zone of the lead, for the time on hover.

    Fields: id, kind ("message", "note", "activity"), channel, direction ("in", "out"), body_html (already sanitised),
    author, to_label, when_iso, when_label, day_label ("" but for the first of a day), delivery, delivery_label,
    delivery_reason, original_url ("" if none), attachments (name, size_label, url).
    """
    return rx.fragment(
        rx.cond(item.day_label != "", ui.divider(item.day_label)),
        rx.match(item.kind, ("activity", _activity(item, zone)), ("note", _note(item, zone)), _message(item, zone)),
        key=item.id,
    )


def _activity(item: rx.Var, zone: rx.Var[str]) -> rx.Component:
    """What happened besides messages, in a quiet line."""
    return rx.el.div(
        ui.icon("loop", size="s"),
        rx.el.span(item.author),
        ui.moment(item.when_iso, item.when_label, zone=zone),
        class_name="activity",
    )


def _note(item: rx.Var, zone: rx.Var[str]) -> rx.Component:
    """A word among colleagues; the lead never sees it."""
    return rx.el.article(
        rx.el.div(
            ui.icon("note", size="s"),
            rx.el.span(item.author, class_name="who"),
            rx.el.span("Note, only your team sees it"),
            ui.moment(item.when_iso, item.when_label, zone=zone),
            class_name="message-line",
        ),
        _body(item),
        class_name="message note",
        custom_attrs={"data-mine": "true"},
    )


def _message(item: rx.Var, zone: rx.Var[str]) -> rx.Component:
    """A message in or out."""
    mine = item.direction == "out"
    return rx.el.article(
        rx.el.div(
            ui.channel_icon(item.channel, size="s"),
            rx.el.span(item.author, class_name="who"),
            rx.cond(item.to_label != "", rx.el.span("to " + item.to_label, class_name="clip")),
            ui.moment(item.when_iso, item.when_label, zone=zone),
            rx.cond(mine, _delivery(item)),
            rx.cond(item.original_url != "", _original(item)),
            class_name="message-line",
        ),
        _body(item),
        rx.cond(item.attachments.length() > 0, _attachments(item)),
        rx.cond(item.delivery_reason != "", _trouble(item)),
        class_name="message",
        custom_attrs={"data-mine": rx.cond(mine, "true", "false"), "data-message": item.id},
    )


def _body(item: rx.Var) -> rx.Component:
    """The words. The HTML was cleaned by the service (allow-list); nothing else may be put here."""
    return rx.html(item.body_html, class_name="bubble")


def _delivery(item: rx.Var) -> rx.Component:
    """Where the message is on its way, as a word with a mark."""
    mark = rx.match(
        item.delivery,
        ("delivered", ui.icon("check-all", size="s")),
        ("sent", ui.icon("check", size="s")),
        ("failed", ui.icon("alert", size="s")),
        ui.icon("clock", size="s"),
    )
    return rx.el.span(
        mark, rx.el.span(item.delivery_label), class_name="delivery", custom_attrs={"data-state": item.delivery}
    )


def _original(item: rx.Var) -> rx.Component:
    """The way to the untouched e-mail."""
    return rx.el.a("Show original", href=item.original_url, target="_blank", rel="noopener", class_name="link")


def _trouble(item: rx.Var) -> rx.Component:
    """Why it did not arrive."""
    return rx.el.div(ui.icon("alert", size="s"), rx.el.span(item.delivery_reason), class_name="trouble")


def _attachments(item: rx.Var) -> rx.Component:
    """Files that came along."""
    return rx.el.div(
        rx.foreach(
            item.attachments,
            lambda file: rx.el.a(
                ui.icon("attach", size="s"),
                rx.el.span(file.name),
                rx.el.span(file.size_label, class_name="faint"),
                href=file.url,
                target="_blank",
                rel="noopener",
                class_name="attachment",
            ),
        ),
        class_name="attachments",
    )

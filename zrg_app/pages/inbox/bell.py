"""What was the person told, how is it reached, and how loud may it be? Stands in the rail of every page."""

import reflex as rx

from zrg_app import ui
from zrg_app.state.notifications import BellState

PANEL = "bell"
_MARKS = rx.Var.create({"mentioned": "at", "assigned": "user", "replied": "reply"})


def bell() -> rx.Component:
    """Draw the bell with its number, and the panel it opens. `data-unread` is what bell.js puts into the tab's title."""
    unread = BellState.unread
    named = rx.cond(unread > 0, "Notifications, " + unread.to(str) + " unread", "Notifications")
    number = rx.cond(unread > 0, rx.el.span(ui.grouped(unread), class_name="rail-count"))
    attributes = {**ui.menu_attributes(PANEL), "aria-haspopup": "dialog", "aria-label": named, "data-tip": "Notifications",
                  "data-key": "bell", "data-unread": unread.to(str), "data-ready": rx.cond(BellState.is_there, "true", "false")}
    button = rx.el.button(ui.icon("bell", size="l"), number, type="button", class_name="rail-link bell", custom_attrs=attributes)
    return rx.fragment(button, _panel())


def _panel() -> rx.Component:
    head = rx.el.header(
        rx.el.h2("Notifications", class_name="grow"),
        rx.cond(BellState.unread > 0, ui.button("Mark all read", look="quiet", mark="check-all", on_click=BellState.settle_all)),
        class_name="bell-head")
    nothing = rx.el.div(ui.icon("bell"), rx.el.p("Nothing yet. Who names you in a note with @, gives you a conversation, or answers in one"
                                                 " of yours shows up here."), class_name="bell-empty")
    some = rx.el.ul(rx.foreach(BellState.items, _item), class_name="bell-items")
    return rx.el.div(
        head, rx.cond(BellState.items.length() > 0, some, nothing), _loudness(), _settle(), id=PANEL, class_name="menu bell-panel",
        role="dialog", custom_attrs={"popover": "auto", "aria-label": "Notifications"})


def _item(item: rx.Var) -> rx.Component:
    """One line: what happened, whose conversation it is, what was written, and when."""
    words = rx.cond(item.words != "", rx.el.span(item.words, class_name="bell-words"))
    whose = rx.cond(item.kind != "replied", rx.el.span(item.lead, class_name="bell-lead clip"))  # a reply begins with that name
    told = rx.el.span(rx.el.span(item.what, class_name="bell-what"), whose, words, class_name="bell-told")
    unread = rx.cond(item.is_unread, ui.dot("accent", says="Unread"))
    return rx.el.li(
        rx.el.button(
            ui.icon(_MARKS[item.kind].to(str)), told, rx.el.span(ui.moment(item.at), unread, class_name="bell-when"),
            type="button", class_name="menu-item bell-item", on_click=BellState.go(item.id),
            custom_attrs={"data-closes": "menu", "data-notification": item.id, "data-lead": item.lead_id,
                          "data-unread": rx.cond(item.is_unread, "true", "false"), "data-what": item.what, "data-words": item.words,
                          "data-name": item.lead}),
        key=item.id)


def _loudness() -> rx.Component:
    """Whether this browser shows them on the desktop, and how much they say there; kept in the browser (bell.js)."""
    def one(word: str, name: str) -> rx.Component:
        return ui.switch(word, custom_attrs={"data-loud": name})
    return rx.el.footer(
        one("Desktop notifications in this browser", "desktop"), one("Show the words in them", "words"),
        rx.el.p(class_name="small faint", role="status", custom_attrs={"data-loud-problem": "true"}), class_name="bell-foot")


def _settle() -> rx.Component:
    """What bell.js presses once the person has looked at the conversation that something was told of."""
    looked = rx.Var("(document.querySelector('.conversation')?.dataset.lead ?? '')").to(str)
    return rx.el.button("Seen", type="button", class_name="unseen", on_click=BellState.settle(looked), custom_attrs={
        "data-key": "bell-seen", "tabIndex": -1, "aria-hidden": "true"})

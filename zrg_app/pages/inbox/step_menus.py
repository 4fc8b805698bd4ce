"""Until when, whose, what about: which menus are there for the steps with a conversation, or with all that are chosen?

One menu serves the head and the bar over the list: it acts on the chosen rows when it was opened from the bar (choosing.js).
"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.labels import label_menu, labels_dialog

AIMED: rx.Var[list[str]] = rx.Var("(window.zrg?.aimed?.() ?? [])").to(list[str])
"""The leads a menu acts on, read in the browser at the click; none means the open conversation."""
OPEN_ONE: rx.Var[list[str]] = rx.Var("[]").to(list[str])
SNOOZE_AT, REASON = "snooze-at", "blacklist-reason"
REASONS = ("They asked us to stop", "Wrong person", "A competitor", "A customer of ours already")


def step_menus(acting: Any, turn: Any, thread: Any, frame: Any, labelling: Any, undoing: Any) -> rx.Component:
    """Draw them, once for the page.

    `acting` offers snooze(key, ids), snooze_at(typed, ids), assign(member_id, ids), label(label_id, ids), label_anew(name, ids),
    sentiment(word, ids), blacklist(reason); `turn` snooze_choices and zone; `thread` back_at, assignee_id, labels, lead;
    `frame` may_organise and members; `labelling` what `labels_dialog` needs; `undoing` undo().
    """
    return rx.cond(frame.may_organise, rx.fragment(
        _snooze(acting, turn, thread),
        _assign(acting, thread, frame),
        _sentiment(acting, thread),
        label_menu(acting, thread, labelling, AIMED),
        labels_dialog(labelling),
        _blacklist(acting, thread),
        _undo(undoing),
    ))


def _undo(undoing: Any) -> rx.Component:
    """What Undo in a toast presses."""
    return rx.el.button("Undo the last step", type="button", class_name="unseen", on_click=undoing.undo, custom_attrs={
        "data-key": "undo-step", "tabIndex": -1, "aria-hidden": "true"})


def _snooze(acting: Any, turn: Any, thread: Any) -> rx.Component:
    """The usual times, when they are back, and a date and time of the workspace's zone."""
    usual = rx.foreach(turn.snooze_choices, lambda choice: ui.menu_item(
        choice.label, mark="clock", aside=choice.aside, on_click=acting.snooze(choice.key, AIMED),
        key=choice.key, attributes={"data-snooze": choice.key}))
    back = rx.cond(thread.back_at != "", ui.menu_item(
        "When they are back", mark="calendar", aside=ui.moment(thread.returns_on, manner="day"), on_click=acting.snooze("back", OPEN_ONE),
        attributes={"data-snooze": "back", "data-single": "true"}))
    at = rx.el.input(id=SNOOZE_AT, type="datetime-local", class_name="field", custom_attrs={
        "data-enter": "snooze-at", "aria-label": "Date and time, in " + turn.zone})
    step = ui.button("Snooze", on_click=acting.snooze_at(ui.typed(SNOOZE_AT), AIMED), attributes={
        "data-key": "snooze-at", "data-closes": "menu"})
    return ui.menu(
        "snooze-menu", ui.menu_title("Come back to it"), back, usual, rx.el.div(class_name="menu-rule"),
        rx.el.div(at, step, class_name="menu-row"), rx.el.p("In " + turn.zone, class_name="menu-text faint small"),
        name="Snooze until")


def _assign(acting: Any, thread: Any, frame: Any) -> rx.Component:
    """The people of the workspace, the visitor first."""
    people = rx.foreach(frame.members, lambda member: ui.menu_item(
        rx.cond(member.is_me, "Me, " + member.name, member.name), mark="user",
        on_click=acting.assign(member.id, AIMED), key=member.id,
        attributes={"data-word": rx.cond(member.is_me, "me " + member.name, member.name),
                    **_holds(thread.assignee_id == member.id)}))
    nobody = ui.menu_item("Nobody", mark="close", on_click=acting.assign("", AIMED), attributes={"data-word": "nobody"})
    return ui.menu("assign-menu", filter_field("assign-filter", "Assign to"), people, nobody, name="Assign to")


def _sentiment(acting: Any, thread: Any) -> rx.Component:
    """What a reply can mean."""
    words = [ui.menu_item(shown, mark="tag", on_click=acting.sentiment(stored, AIMED), attributes={
        "data-word": shown, "data-sentiment": stored, **_holds(thread.lead & (thread.lead.sentiment == stored))})
        for stored, (shown, _) in ui.SENTIMENTS.items() if stored != "Blacklist"]
    return ui.menu("sentiment-menu", filter_field("sentiment-filter", "What it is really about"), *words, name="Sentiment")


def filter_field(field_id: str, word: str) -> rx.Component:
    """A field at the top of a menu; what does not hold the words typed is hidden, and Enter takes the first that is left."""
    return rx.el.div(rx.el.input(id=field_id, type="text", placeholder=word, auto_complete="off", class_name="field", custom_attrs={
        "data-filter": "true", "aria-label": word}), class_name="menu-row menu-filter")


def _blacklist(acting: Any, thread: Any) -> rx.Component:
    """Why nobody shall write to this lead any more."""
    usual = [rx.el.button(word, type="button", class_name="chip", custom_attrs={"data-fill": f"{REASON}|{word}"}) for word in REASONS]
    step = ui.button("Do not contact", look="danger", mark="block", on_click=acting.blacklist(ui.typed(REASON)), attributes={
        "data-key": "blacklist-now", "data-do": "close:blacklist"})
    field = rx.el.input(id=REASON, type="text", class_name="field", max_length=300, custom_attrs={"data-enter": "blacklist-now"})
    return ui.dialog(
        "blacklist", "Do not contact",
        rx.el.p(rx.cond(thread.lead, thread.lead.name, ""), " gets no message any more, by no channel. A draft that waits and planned ",
                "messages are stopped; Undo brings back what is still right.", class_name="soft"),
        rx.el.div(*usual, class_name="chips reasons"),
        rx.el.label("Why", field, class_name="field-row reason-row"),
        footer=rx.fragment(ui.button("Cancel", look="quiet", attributes={"data-do": "close:blacklist"}), step))


def contact_or_not(lead: rx.Var, acting: Any) -> rx.Component:
    """The way onto the blacklist and back, for the lead panel. `acting` offers allow_contact()."""
    allow = ui.button("Allow writing again", look="quiet", mark="check", on_click=acting.allow_contact)
    forbid = ui.button("Do not contact …", look="quiet", mark="block", attributes=ui.opens("blacklist"))
    return rx.el.div(rx.cond(lead.blacklisted, allow, forbid), class_name="section")


def _holds(claim: rx.Var[bool]) -> dict[str, Any]:
    """Mark what holds of the open conversation; among many chosen ones no mark is shown."""
    return {"role": "menuitemcheckbox", "aria-checked": rx.cond(claim, "true", "false")}

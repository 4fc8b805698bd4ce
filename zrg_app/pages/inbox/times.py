"""How are free times put into an answer? One to three, in words that name their zone (assets/js/offering.js inserts them)."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.offering import OfferingState

MENU = "times-menu"


def offered_times(state: Any) -> rx.Component:
    """The step that opens the free times, and the times."""
    opens = ui.icon_button("calendar", "Insert free times",
                           attributes={**ui.menu_attributes(MENU), "aria-haspopup": "dialog", "data-key": "times"})
    load = rx.el.button("Read free times", type="button", class_name="unseen", on_click=OfferingState.load,
                        custom_attrs={"data-key": "times-load", "tabIndex": -1, "aria-hidden": "true"})
    is_ready = OfferingState.for_lead == state.lead_id
    shown = rx.cond(OfferingState.times.length() > 0, _times(), rx.el.p(OfferingState.why_none, class_name="menu-text"))
    return rx.fragment(opens, load, rx.el.div(
        ui.menu_title("Offer one to three times"),
        rx.cond(is_ready, shown, rx.el.p("Reading the calendar…", class_name="menu-text faint")),
        id=MENU, class_name="menu times-menu", role="dialog", custom_attrs={"popover": "auto", "aria-label": "Free times"}))


def _times() -> rx.Component:
    whose = rx.cond(OfferingState.is_leads_zone, "In the lead's own zone, " + OfferingState.zone,
                    "The lead's zone is not known; in ours, " + OfferingState.zone)
    insert = ui.button("Insert", look="primary", attributes={"data-insert-times": ""})
    return rx.fragment(
        rx.el.div(rx.foreach(OfferingState.times, _time), class_name="times", key=OfferingState.turn.to(str),
                  custom_attrs={"data-times": OfferingState.for_lead}),
        rx.el.p(whose, class_name="menu-text faint small"), rx.el.div(insert, class_name="menu-row"))


def _time(time: rx.Var) -> rx.Component:
    """One free time, in their words and ours."""
    return rx.el.label(
        rx.el.input(type="checkbox", class_name="check", value=time.label),
        rx.el.span(time.label, class_name="num grow"),
        rx.cond(time.ours != "", rx.el.span(time.ours, class_name="num faint small")),
        class_name="menu-item", key=time.at)

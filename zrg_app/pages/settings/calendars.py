"""Whose free times do drafts offer? The chosen calendar with what reading it found, and the list to choose another from."""

import reflex as rx

from zrg_app import ui
from zrg_app.state.settings.calendars import CalendarState
from zrg_app.state.settings.frame import SettingsState


def calendar_choice(card: rx.Var) -> rx.Component:
    """The calendar as it is; the list comes from the provider when somebody wants another."""
    is_chosen, is_reading = card.view.calendar != "", CalendarState.reading == card.slug
    now = rx.cond(is_chosen, rx.el.b(card.view.calendar_name), rx.el.span("nobody's: no calendar is chosen", class_name="faint"))
    title = card.view.title.to(str)
    again = ui.button(rx.cond(is_reading, "Reading", "Read now"), on_click=CalendarState.read(card.slug), disabled=is_reading,
                      look="ghost", attributes={"aria-label": "Read the calendar of " + title})
    change = ui.button(rx.cond(is_chosen, "Change", "Choose a calendar"), on_click=CalendarState.load(card.slug),
                       disabled=CalendarState.is_loading, attributes={"aria-label": "Choose a calendar of " + title})
    steps = rx.fragment(rx.cond(is_chosen, again, rx.fragment()), change)
    shown = rx.el.div(rx.el.span("Drafts offer free times of ", now, class_name="grow"),
                      rx.cond(SettingsState.may_connect, steps, rx.fragment()), class_name="line")
    box = rx.el.div(rx.cond(CalendarState.open_for == card.slug, _list(card), shown), rx.cond(is_chosen, _found(card), rx.fragment()),
                    class_name="channel-choice stack", role="group", custom_attrs={"aria-label": "Free times of " + title})
    return rx.cond(card.view.has_calendars, box, rx.fragment())


def _found(card: rx.Var) -> rx.Component:
    """How many times are free, since when that is known, and what went wrong last."""
    read = rx.el.p(ui.icon("calendar"), rx.el.span(card.times, ", read ", ui.moment(card.times_read_at)), class_name="said")
    failed = rx.el.p(ui.icon("alert"), rx.el.span(card.times_error), class_name="said", custom_attrs={"data-tone": "bad"})
    return rx.fragment(rx.cond(card.times != "", read, rx.fragment()), rx.cond(card.times_error != "", failed, rx.fragment()))


def _list(card: rx.Var) -> rx.Component:
    waiting = rx.el.p(ui.icon("spinner"), rx.el.span("Asking for the calendars …"), class_name="said",
                      custom_attrs={"data-tone": "busy"})
    failed = rx.el.p(ui.icon("alert"), rx.el.span(CalendarState.problem), class_name="said", custom_attrs={"data-tone": "bad"})
    none = rx.el.p("There is no calendar that can be booked. Make one there, then load again.", class_name="soft grow")
    choice = rx.el.select(
        rx.el.option("Offer no times", value=""),
        rx.foreach(CalendarState.calendars, lambda calendar: rx.el.option(
            calendar.name.to(str) + rx.cond(calendar.minutes > 0, " (" + calendar.minutes.to_string() + " min)", ""),
            value=calendar.id, key=calendar.id)),
        value=card.view.calendar, on_change=CalendarState.choose, class_name="field grow",
        custom_attrs={"aria-label": "Calendar"})
    found = rx.cond(CalendarState.calendars.length() > 0, choice, none)
    return rx.el.div(rx.cond(CalendarState.is_loading, waiting, rx.cond(CalendarState.problem != "", failed, found)),
                     rx.el.span(class_name="grow"), ui.button("Cancel", look="ghost", on_click=CalendarState.close), class_name="line")

"""When does the lead meet us, and does it still stand? Two short lines at the head of the lead panel."""

import reflex as rx

from zrg_app import ui

# How an AppointmentStatus word is said and coloured.
STATUSES: dict[str, tuple[str, str]] = {
    "confirmed": ("Confirmed", "good"),
    "canceled": ("Cancelled", "bad"),
    "rescheduled": ("Being moved", "wait"),
    "showed": ("They came", "good"),
    "no_show": ("Did not come", "bad"),
}


def lead_meeting(meeting: rx.Var, timezone: rx.Var[str]) -> rx.Component:
    """Draw the meeting (MeetingView or None): its day and time here, on hover in `timezone` too, its state and its link."""
    return rx.cond(meeting, _line(meeting, timezone), rx.fragment())


def _line(meeting: rx.Var, timezone: rx.Var[str]) -> rx.Component:
    badge = rx.match(meeting.status, *[(word, ui.badge(said, tone=tone)) for word, (said, tone) in STATUSES.items()],
                     ui.badge(meeting.status, tone="quiet"))
    when = rx.cond(meeting.starts_at != "", rx.el.span(
        ui.moment(meeting.starts_at, manner="day", zone=timezone), " ", ui.moment(meeting.starts_at, manner="clock", zone=timezone)),
        rx.el.span("Time not told"))
    link = rx.cond(meeting.link != "", rx.el.a(meeting.link_words, href=meeting.link, target="_blank", rel="noopener noreferrer",
                                               class_name="fact-link"), rx.fragment())
    return ui.section(
        "Meeting",
        rx.el.div(ui.icon("calendar", size="s"), rx.el.b(when, class_name="grow"), badge, class_name="line",
                  custom_attrs={"data-meeting": meeting.status}),
        rx.el.div(rx.el.span(meeting.title, class_name="clip grow soft", title=meeting.title), link, class_name="line"),
        rx.cond(meeting.reason != "", rx.el.p(meeting.reason, class_name="fact"), rx.fragment()))

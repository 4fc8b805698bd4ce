"""What became of this lead so far? Drawn when somebody asks, newest first, narrowed by chips."""

from typing import Any

import reflex as rx

from zrg_app import ui

_SORTS: tuple[tuple[str, str], ...] = (("", "All"), ("message", "Messages"), ("note", "Notes"), ("edit", "Edits"), ("merge", "Merges"),
                                       ("send", "Sends"), ("fact", "Other"))


def lead_timeline(lead: rx.Var, timeline: Any) -> rx.Component:
    """Draw the section. `timeline` offers lead_id, sort, entries (Entry), has_more, show(lead_id, sort), show_more and close."""
    is_open = timeline.lead_id == lead.lead_id
    show = ui.button("Show", look="ghost", mark="clock", on_click=timeline.show(lead.lead_id, ""),
                     attributes={"aria-expanded": "false", "aria-label": "Show the timeline", "data-timeline": ""})
    hide = ui.button("Hide", look="ghost", on_click=timeline.close, attributes={"aria-expanded": "true", "aria-label": "Hide the timeline"})
    return ui.section("Timeline", rx.cond(is_open, _open(lead, timeline)), aside=rx.cond(is_open, hide, show))


def _open(lead: rx.Var, timeline: Any) -> rx.Component:
    chips = [ui.chip(word, pressed=timeline.sort == sort, on_click=timeline.show(lead.lead_id, sort)) for sort, word in _SORTS]
    listed = rx.el.ol(rx.foreach(timeline.entries, _entry), class_name="timeline", custom_attrs={"aria-label": "Timeline, newest first"})
    nothing = rx.el.p("Nothing of this sort has happened yet.", class_name="faint small")
    more = rx.cond(timeline.has_more, ui.button("Earlier", look="ghost", mark="down", on_click=timeline.show_more))
    return rx.fragment(
        rx.el.div(*chips, class_name="timeline-sorts", role="group", custom_attrs={"aria-label": "What the timeline shows"}),
        rx.cond(timeline.entries.length() > 0, listed, nothing), more)


def _entry(entry: rx.Var) -> rx.Component:
    """One thing that happened; a message leads to its place in the thread."""
    words = rx.el.span(entry.words, class_name="timeline-words")
    link = rx.el.a(words, href="#message-" + entry.message_id, class_name="link",
                   custom_attrs={"data-to-message": "", "data-closes": "drawer"})
    return rx.el.li(
        ui.icon(entry.mark, size="s"),
        rx.el.div(rx.cond(entry.message_id != "", link, words), " ", ui.moment(entry.at),
                  rx.cond(entry.aside != "", rx.el.p(entry.aside, class_name="timeline-aside")), class_name="grow"),
        key=entry.id, custom_attrs={"data-sort": entry.sort})

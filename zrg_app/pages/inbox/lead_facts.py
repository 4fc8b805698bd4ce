"""How is a value of a lead shown with where it is from, an address with the step to use it, and a look-up with its state?"""

from typing import Any

import reflex as rx

from zrg_app import ui

SOURCES = {"clay": "Clay", "signature": "signature", "ghl": "GoHighLevel", "emailbison": "EmailBison", "smartlead": "SmartLead",
           "instantly": "Instantly", "unipile": "LinkedIn", "calendly": "Calendly", "reply": "their reply"}
_STATES: dict[str, tuple[str, ui.Tone, str]] = {
    "pending": ("Being looked up", "info", "clock"), "enriched": ("Looked up", "good", "check"),
    "not_found": ("Looked up, nothing found", "quiet", "search"), "failed": ("The look-up failed", "bad", "alert")}


def fact(name: str, value: rx.Var[str], *, href: rx.Var[str] | None = None, source: rx.Var[str] | None = None,
         step: rx.Component | None = None) -> rx.Component:
    """One name and value, absent when there is none; only web, mail and phone addresses become links.

    `source` is where the value is from, shown when it is neither the lead's own record nor a person; `step` stands beside it.
    """
    shown: rx.Component | rx.Var = value
    if href is not None:
        shown = web_link(value, href)
    mark = from_where(source) if source is not None else rx.fragment()
    return rx.cond(value != "", rx.fragment(rx.el.dt(name), rx.el.dd(shown, mark, step or rx.fragment())))


def web_link(value: rx.Var[str], href: rx.Var[str]) -> rx.Component:
    """A value as a link. An address without a scheme is one of the web, so that nothing that was filled in can run here."""
    address = href.to(str)
    safe = [address.startswith(start) for start in ("https://", "http://", "mailto:", "tel:")]
    target = rx.cond(safe[0] | safe[1] | safe[2] | safe[3], address, "https://" + address)
    parts = value.to(str).split("@")
    # A long mail address is broken where a person would break it.
    words = rx.cond(parts.length() == 2, rx.fragment(parts[0], "@", rx.el.wbr(), parts[1]), value)
    return rx.el.a(words, href=target, target="_blank", rel="noopener noreferrer", class_name="fact-link")


def alternate(address: rx.Var[str], lead: rx.Var, merging: Any, frame: Any) -> rx.Component:
    """An address somebody answered from, and the step that makes it the primary one. `merging` offers promote(address)."""
    step = ui.icon_button("star", "Make primary", size="s", on_click=merging.promote(address), class_name="fact-step",
                          attributes={"aria-label": "Make " + address.to(str) + " the primary address"})
    return fact("Also", address, href="mailto:" + address, step=rx.cond(frame.may_organise, step))


def look_up(lead: rx.Var, merging: Any, frame: Any) -> rx.Component:
    """How the look-up of what is missing stands, and the button that asks. `merging` offers look_up()."""
    states = [(word, ui.badge(shown, tone=tone, mark=mark)) for word, (shown, tone, mark) in _STATES.items()]
    asks = lead.may_look_up & (lead.enrichment != "pending") & frame.may_organise
    button = ui.button("Look up what is missing", look="ghost", mark="search", on_click=merging.look_up)
    told = rx.cond(lead.may_look_up | (lead.enrichment != "pending"), rx.match(lead.enrichment, *states, rx.fragment()))
    return rx.el.div(told, rx.cond(asks, button), class_name="look-up")


def from_where(source: rx.Var[str]) -> rx.Component:
    """Where a value is from, in a small word."""
    words = [(slug, rx.el.span("from " + shown, class_name="fact-source")) for slug, shown in SOURCES.items()]
    return rx.match(source, *words, rx.fragment())

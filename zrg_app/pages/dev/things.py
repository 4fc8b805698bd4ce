"""How do the things one looks at look: marks, surfaces, the faces of a list, and what floats over the page?"""

from typing import get_args

import reflex as rx

from zrg_app import ui
from zrg_app.pages.dev.specimen import LONG, RTL, Specimen, held, right_to_left
from zrg_app.ui.icon import ICON_NAMES

AT = "2026-11-17T10:41:00+00:00"
MANNERS = ("relative", "clock", "soon", "day", "date", "plain", "ahead")
TOAST = "window.zrg?.toast({text!r}, {{tone: {tone!r}, word: 'Undo', press: () => 0}})"


def marks(_: str) -> list[Specimen]:
    """What says a thing in a few pixels."""
    avatars = [ui.avatar("DK", 12, size="s"), ui.avatar("TO", 80, size="m"), ui.avatar("PS", 140), ui.avatar("GW", 200, size="l"),
               *[ui.avatar("AE", 260, channel=channel) for channel in ("email", "sms", "linkedin", "note")], ui.avatar("?", 320)]
    return [
        ("badge", _row(*[ui.badge(tone, tone=tone) for tone in get_args(ui.Tone)], ui.badge("with a mark", tone="wait", mark="alert"))),
        ("sentiment", _row(*[ui.sentiment_badge(rx.Var.create(word)) for word in ui.SENTIMENTS])),
        ("dot", _row(*[ui.dot(tone, says=tone) for tone in get_args(ui.Tone)])),
        ("count", _row(ui.count(7), ui.count(12408), rx.el.span("and nothing for none:", class_name="small faint"), ui.count(0))),
        ("grouped", rx.el.span(ui.grouped(rx.Var.create(1234567)))),
        ("key", _row(ui.kbd("E"), ui.kbd("⌘↵"), ui.kbd("⇧R"), ui.kbd("esc"))),
        ("avatar", _row(*avatars)), ("moment", _row(*[ui.moment(AT, manner=manner) for manner in MANNERS])),
        ("divider", ui.divider("Tuesday 17 November")), ("long words", rx.el.div(ui.badge(LONG), class_name="clip")),
        ("right to left", right_to_left(_row(ui.badge(RTL, tone="good", mark="check"), ui.count(24)))),
    ]


def icons(_: str) -> list[Specimen]:
    """Every picture, and the four sizes."""
    return [("all", _row(*[rx.el.span(ui.icon(name), title=name) for name in ICON_NAMES])),
            ("sizes", _row(*[ui.icon("inbox", size=size) for size in ("s", "m", "l", "xl")])),
            ("channels", _row(*[ui.channel_icon(channel) for channel in ("email", "sms", "linkedin", "note")]))]


def surfaces(look: str) -> list[Specimen]:
    """What content lies on."""
    known = ui.pairs(("Email", "dana@northwind.example"), ("Local time", "11:02 CST (Austin)"), ("Company", LONG), ("עיר", RTL))
    banners = [ui.banner(rx.el.b(tone), " A sentence that holds until its cause is gone. ", rx.el.a("Mend it", href="/dev/ui"), tone=tone)
               for tone in ("wait", "bad", "info", "quiet")]
    return [("card", ui.card(known, title="Contact", aside=ui.icon_button("more", "More", size="s"))),
            ("section", ui.section("Offer these times", rx.el.p("Thu 19 Nov, 2:30 PM"), aside=ui.button("Book", look="quiet"))),
            ("banner", rx.el.div(*banners)), ("long words", ui.banner(LONG)), ("right to left", right_to_left(ui.banner(RTL))),
            ("letter", ui.letter("<p>Thursday after 2 works.</p><p>Dana</p>", f"A letter, {look}"))]


def faces(_: str) -> list[Specimen]:
    """What a list shows while it has nothing to show."""
    lines = (ui.skeleton("58%", "13px"), ui.skeleton("82%", "11px"))
    bars = rx.el.div(ui.skeleton("34px", "34px", round_=True), *lines, class_name="stack gap")
    return [("waiting", bars), ("empty", ui.empty("Nothing needs a reply", "New answers land here by themselves.", ui.button("Show all"))),
            ("broken", ui.broken("The list did not load", "The database did not answer.", ui.button("Try again", mark="loop"))),
            ("long words", ui.empty(LONG, LONG)), ("right to left", right_to_left(ui.empty(RTL, RTL)))]


def floating(look: str) -> list[Specimen]:
    """What lies over the page, here laid flat."""
    steps = ui.menu(
        f"menu-{look}", ui.menu_title("Come back to it"), ui.menu_item("Tomorrow", mark="clock", aside="Thu 08:00"),
        ui.menu_item("hover", mark="clock", attributes=held("hover")), ui.menu_item("focus", mark="clock", attributes=held("focus")),
        ui.menu_item("with a key", mark="mail", shown_key="U"),
        ui.menu_item("chosen", mark="user", attributes={"role": "menuitemcheckbox", "aria-checked": "true"}), ui.menu_item(LONG),
        ui.menu_item(RTL), name=f"Snooze, {look}")
    box = ui.dialog(f"dialog-{look}", "Discard the draft?", rx.el.p("Your words are kept for a week."),
                    footer=rx.fragment(ui.button("Keep it"), ui.button("Discard", look="danger")))
    raised = [ui.button(f"Raise a {tone} toast", on_click=rx.call_script(TOAST.format(text="Snoozed until tomorrow.", tone=tone)))
              for tone in ("quiet", "bad")]
    told = ui.button("As a handler does", on_click=ui.toast("Saved."))
    flat = [rx.el.div(rx.el.span("Snoozed until tomorrow."), rx.el.button("Undo", type="button"), class_name="toast",
                      custom_attrs={"data-tone": tone}) for tone in ("quiet", "bad")]
    opened = ui.button("Open it", attributes=ui.menu_attributes(f"menu-over-{look}"))
    over = ui.menu(f"menu-over-{look}", ui.menu_item("Walk me with the arrows"), ui.menu_item("And me"), name=f"Over the page, {look}")
    asks = ui.button("Open it", attributes=ui.opens(f"over-{look}"))
    return [("menu", rx.el.div(steps, class_name="laid-flat")), ("menu over the page", rx.el.div(opened, over)),
            ("dialog", rx.el.div(box, class_name="laid-flat")),
            ("dialog over the page", rx.el.div(asks, ui.dialog(f"over-{look}", "A question"))),
            ("toast", _row(*flat)), ("toast over the page", _row(*raised, told))]


def frames(look: str) -> list[Specimen]:
    """What a page is framed by; `shell`, `page` and `gate` are seen on every page, this one included."""
    places = [ui.rail_link("inbox", "Here", "/dev/ui", here=True, number="24"), ui.rail_link("loop", "Elsewhere", "/dev/ui"),
              ui.rail_link("calendar", "hover", "/dev/ui", attributes=held("hover")),
              ui.rail_link("chart", "focus", "/dev/ui", attributes=held("focus"), number="12,408")]
    return [("rail link", rx.el.nav(*places, class_name="specimen-row", custom_attrs={"aria-label": f"Places, {look}"}))]


def _row(*parts: rx.Component) -> rx.Component:
    return rx.el.div(*parts, class_name="specimen-row")

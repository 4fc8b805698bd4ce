"""How are the hours edited in which messages may leave by themselves? For the workspace, and for a campaign with hours of its own."""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import pair
from zrg_app.services.autosend.words import DAYS

MODES = (("ALWAYS", "Always"), ("BUSINESS_HOURS", "Business hours (Monday to Friday, the workspace's hours)"),
         ("CUSTOM", "Hours of its own"))


def hours_form(state: Any, shown: Any, problem: Any, *, name: str, on_submit: Any, key: Any, disabled: Any,
               with_mode: bool = True) -> rx.Component:
    """The form of a schedule; `shown` is a ScheduleForm, `name` begins the ids of its fields."""
    mode = ui.select(f"{name}-mode", *[rx.el.option(word, value=value) for value, word in MODES], value=shown.mode, name="mode")
    days = [ui.checkbox(word, name=f"day_{place}", default_checked=shown.days.contains(str(place))) for place, word in enumerate(DAYS)]
    return rx.el.form(
        rx.el.fieldset(
            ui.field_row("Messages leave", mode, for_id=f"{name}-mode") if with_mode else rx.fragment(),
            rx.el.div(
                rx.el.div(*days, class_name="days", role="group", custom_attrs={"aria-label": "Days"}),
                pair(ui.field_row("From", ui.text_input(f"{name}-start", value=shown.start, kind="time", name="start"),
                                  for_id=f"{name}-start"),
                     ui.field_row("To", ui.text_input(f"{name}-end", value=shown.end, kind="time", name="end"), for_id=f"{name}-end",
                                  hint="Earlier than the start means the next morning.")),
                class_name="own-hours"),
            ui.field_row("Time zone", ui.text_input(f"{name}-zone", value=shown.zone, name="zone", list="zones", auto_complete="off",
                                                    placeholder="The lead's own, else the workspace's"), for_id=f"{name}-zone"),
            ui.checkbox("Nothing leaves on public holidays of the United States", name="takes_holidays",
                        default_checked=shown.takes_holidays),
            pair(_dates(name, "worked", shown.worked, "Holidays on which it leaves after all", "A date per line, such as 2026-12-24"),
                 _dates(name, "dates", shown.dates, "More free days", "A date or a range per line: 2026-12-24..2027-01-02")),
            rx.cond(problem != "", rx.el.p(ui.icon("alert"), problem, class_name="trouble line", role="alert")),
            ui.button("Save hours", look="primary", type="submit"),
            disabled=disabled),
        rx.el.datalist(id="zones", custom_attrs={"data-zones": ""}),
        on_submit=on_submit, key=key, class_name="hours", no_validate=True, custom_attrs={"aria-label": "Hours"})


def _dates(form: str, name: str, value: Any, label: str, hint: str) -> rx.Component:
    field = ui.text_area(f"{form}-{name}", value=value, name=name, rows="3", spell_check=False)
    return ui.field_row(label, field, for_id=f"{form}-{name}", hint=hint)

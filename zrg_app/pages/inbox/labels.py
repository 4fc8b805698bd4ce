"""How do labels look where they stand, how is one chosen, and where are they kept in order?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.services.inbox.labels import HUES

NEW_NAME, FILTER = "label-new", "label-filter"
TYPED = rx.Var("(window.zrg?.typed?.('label-filter') ?? '')").to(str)
MOST_SHOWN = 2


def label_chip(label: rx.Var) -> rx.Component:
    """A label: its colour as a dot, its name as a word."""
    return rx.el.span(rx.el.span(class_name="label-dot"), rx.el.span(label.name, class_name="clip"), class_name="label-chip",
                      style={"--hue": label.hue.to(str)}, title=label.name, key=label.id)


def label_chips(labels: rx.Var) -> rx.Component:
    """All labels of a conversation."""
    return rx.cond(labels.length() > 0, rx.el.span(rx.foreach(labels, label_chip), class_name="label-chips"))


def row_labels(labels: rx.Var) -> rx.Component:
    """The first labels of a row, and how many more there are."""
    more = rx.el.span("+" + (labels.length() - MOST_SHOWN).to(str), class_name="small faint")
    return rx.cond(labels.length() > 0, rx.el.span(
        rx.foreach(labels[:MOST_SHOWN], label_chip), rx.cond(labels.length() > MOST_SHOWN, more), class_name="label-chips row-labels"))


def label_menu(acting: Any, thread: Any, labelling: Any, aimed: rx.Var[list[str]]) -> rx.Component:
    """The labels to put on or take off, found by typing; a name that is not there can be made at once."""
    items = rx.foreach(labelling.labels, lambda label: rx.el.button(
        rx.el.span(class_name="label-dot", style={"--hue": label.hue.to(str)}),
        rx.el.span(label.name, class_name="clip"),
        ui.icon("check", size="s"),
        type="button", role="menuitemcheckbox", class_name="menu-item label-item", on_click=acting.label(label.id, aimed), key=label.id,
        custom_attrs={"data-closes": "menu", "data-word": label.name, "data-label": label.id, "aria-checked": rx.cond(
            _carries(thread.labels, label.id), "true", "false")}))
    create = rx.el.button(
        ui.icon("plus"), rx.el.span("Create “", rx.el.span(custom_attrs={"data-filter-words": "true"}), "”"), type="button",
        role="menuitem", class_name="menu-item", on_click=acting.label_anew(TYPED, aimed), hidden=True,
        custom_attrs={"data-closes": "menu", "data-create": "true"})
    manage = ui.menu_item("Edit labels …", mark="settings", on_click=labelling.read,
                          attributes={**ui.opens("labels"), "data-always": "true"})
    field = rx.el.div(rx.el.input(id=FILTER, type="text", placeholder="Label", auto_complete="off", class_name="field", max_length=40,
                                  custom_attrs={"data-filter": "true", "aria-label": "Find or create a label"}),
                      class_name="menu-row menu-filter")
    return ui.menu("label-menu", field, items, create, rx.el.div(class_name="menu-rule"), manage, name="Labels")


def _carries(labels: rx.Var, label_id: rx.Var[str]) -> rx.Var[bool]:
    """Whether one of the labels has this id."""
    return rx.Var(f"({labels!s} ?? []).some((mark) => mark?.[\"id\"] === {label_id!s})",
                  _var_data=labels._get_all_var_data()).to(bool)


def labels_dialog(labelling: Any) -> rx.Component:
    """Every label with its colour, name and number; a new one below. `labelling` offers labels and the handlers read(),
    create(name), rename(label_id, name), recolour(label_id, hue), delete(label_id)."""
    none = rx.el.p("No labels yet. Make the first one below.", class_name="soft")
    rows = rx.el.ul(rx.foreach(labelling.labels, lambda label: _line(labelling, label)), class_name="label-list")
    new = rx.el.div(
        rx.el.input(id=NEW_NAME, type="text", placeholder="New label", class_name="field", max_length=40, auto_complete="off",
                    custom_attrs={"data-enter": "label-create", "aria-label": "Name of a new label"}),
        ui.button("Create", mark="plus", on_click=labelling.create(ui.typed(NEW_NAME)),
                  attributes={"data-key": "label-create", "data-empties": NEW_NAME}), class_name="menu-row")
    return ui.dialog("labels", "Labels", rx.cond(labelling.labels.length() > 0, rows, none), new)


def _line(labelling: Any, label: rx.Var) -> rx.Component:
    """One label: colours to choose from, its name to change, and the way to delete it."""
    field_id = "label-name-" + label.id
    name = rx.el.input(type="text", default_value=label.name, class_name="field", max_length=40, key=label.id + label.name, id=field_id,
                       on_blur=labelling.rename(label.id, rx.Var(f"(document.getElementById({field_id!s})?.value ?? '')").to(str)),
                       custom_attrs={"aria-label": "Name of the label " + label.name, "data-blurs": "true"})
    hues = [rx.el.button(
        rx.el.span(class_name="label-dot", style={"--hue": str(hue)}), type="button", class_name="hue",
        on_click=labelling.recolour(label.id, hue),
        custom_attrs={"aria-label": f"Colour {number}", "aria-pressed": rx.cond(label.hue == hue, "true", "false")})
        for number, hue in enumerate(HUES, 1)]
    return rx.el.li(
        rx.el.details(rx.el.summary(rx.el.span(class_name="label-dot", style={"--hue": label.hue.to(str)}), class_name="hue",
                                    custom_attrs={"aria-label": "Colour of " + label.name}),
                      rx.el.div(*hues, class_name="hues"), class_name="hue-choice"),
        name, rx.el.span(label.number.to(str), class_name="num faint small", title="How many conversations carry it"),
        ui.icon_button("trash", "Delete " + label.name, size="s", on_click=labelling.delete(label.id)), key=label.id)

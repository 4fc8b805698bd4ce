"""How are snippets found while one writes, and where are they written, shared and taken away?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.services.snippets import VARIABLES
from zrg_app.state.inbox.snippets import DIALOG, NEW, SnippetState

PICKER = "snippet-picker"
NAME, BODY, SHARED = "snippet-name", "snippet-body", "snippet-shared"


def snippets(state: Any, editor: str) -> rx.Component:
    """The step that opens the picker, the picker (walked and searched by snippets.js), and the dialog to write snippets."""
    opens = ui.icon_button("bolt", "Snippets: press, or type / at the start of a word",
                           attributes={"popoverTarget": PICKER, "aria-haspopup": "dialog", "data-menu": PICKER, "data-key": "snippets"})
    hidden = {"tabIndex": -1, "aria-hidden": "true"}
    load = rx.el.button("Read snippets", type="button", class_name="unseen", on_click=SnippetState.load,
                        custom_attrs={"data-key": "snippets-load", **hidden})
    back = rx.el.button("Bring back", type="button", class_name="unseen", on_click=SnippetState.bring_back,
                        custom_attrs={"data-key": "snippet-back", **hidden})
    return rx.fragment(opens, load, back, _picker(state, editor), _dialog())


def blanks_line() -> rx.Component:
    """Which blanks still stand in the field; snippets.js says so, React leaves it alone."""
    return rx.el.div(class_name="blanks-line", role="status", custom_attrs={"data-blanks": ""})


def _picker(state: Any, editor: str) -> rx.Component:
    search = rx.el.input(id="snippet-search", type="search", class_name="field", placeholder="Find a snippet", auto_complete="off",
                         role="combobox", custom_attrs={"aria-label": "Find a snippet", "aria-controls": "snippet-options",
                                                        "aria-expanded": "true", "aria-autocomplete": "list"})
    is_ready = SnippetState.for_lead == state.lead_id
    options = rx.cond(is_ready, rx.foreach(SnippetState.rows, _option), rx.fragment())
    nothing = rx.el.p("No snippet yet. Write an answer you give often, and keep it here.", class_name="menu-text faint")
    return rx.el.div(
        search,
        rx.el.div(options, id="snippet-options", role="listbox", class_name="snippet-options",
                  custom_attrs={"aria-label": "Snippets", "data-lead": SnippetState.for_lead}),
        rx.cond(is_ready & (SnippetState.rows.length() == 0), nothing),
        rx.cond(~is_ready, rx.el.p("Reading…", class_name="menu-text faint")),
        rx.el.p("No snippet is called that or says that.", class_name="menu-text faint snippet-none"),
        rx.el.div(class_name="menu-rule"),
        ui.menu_item("Keep these words as a snippet", mark="plus", on_click=SnippetState.write(ui.typed(editor))),
        ui.menu_item("Edit snippets", mark="settings", attributes=ui.opens(DIALOG)),
        id=PICKER, class_name="menu snippet-picker", role="dialog", custom_attrs={"popover": "auto", "aria-label": "Snippets"})


def _option(row: rx.Var) -> rx.Component:
    """One snippet: its name, what the lead would read, and what is not known for them."""
    return rx.el.div(
        rx.el.div(rx.el.b(row.name, class_name="clip"), rx.cond(row.is_shared, ui.badge("Workspace"), rx.fragment()), class_name="line"),
        rx.el.div(row.text, class_name="small faint snippet-text"),
        rx.cond(row.missing != "", rx.el.div(row.missing, class_name="small snippet-missing")),
        id="snippet-" + row.id.to(str), role="option", class_name="snippet-option", key=row.id,
        custom_attrs={"data-text": row.text, "data-name": row.name, "aria-selected": "false"})


def _dialog() -> rx.Component:
    """Every snippet with its steps, and the form."""
    listed = rx.el.ul(rx.foreach(SnippetState.rows, _entry), class_name="snippet-list", custom_attrs={"aria-label": "Snippets"})
    nothing = rx.el.p("No snippet yet. What you keep here you put into any answer with /.", class_name="faint")
    fresh = ui.button("New snippet", mark="plus", on_click=SnippetState.write(""))
    shown = rx.fragment(rx.cond(SnippetState.rows.length() > 0, listed, nothing), fresh)
    return ui.dialog(DIALOG, "Snippets", rx.cond(SnippetState.editing != "", _form(), shown))


def _entry(row: rx.Var) -> rx.Component:
    may = ~row.is_shared | SnippetState.may_share
    name = row.name.to(str)
    share = rx.cond(
        row.is_shared,
        ui.button("Make it mine", look="quiet", on_click=SnippetState.share(row.id, False)),
        ui.button("Share", look="quiet", on_click=SnippetState.share(row.id, True)))
    steps = rx.el.div(
        rx.cond(SnippetState.may_share, share, rx.fragment()),
        ui.icon_button("note", "Edit " + name, size="s", on_click=SnippetState.change(row.id)),
        ui.icon_button("trash", "Delete " + name, size="s", on_click=SnippetState.remove(row.id)), class_name="line")
    theirs = rx.el.span("Admins and inbox managers change it", class_name="small faint")
    return rx.el.li(
        rx.el.div(rx.el.div(row.name, rx.cond(row.is_shared, ui.badge("Workspace"), rx.fragment()), class_name="line strong"),
                  rx.el.div(row.body, class_name="small faint snippet-text"), class_name="grow"),
        rx.cond(may, steps, theirs), key=row.id, class_name="snippet-entry")


def _form() -> rx.Component:
    """Name, words, whose it is, and how the open lead would read it."""
    whose = ui.select(SHARED, rx.el.option("Mine alone", value="mine"), rx.el.option("Everybody of the workspace", value="workspace"),
                      value=rx.cond(SnippetState.is_shared, "workspace", "mine"), name="shared")
    may_not = rx.el.span("Yours alone. Admins and inbox managers share snippets with the workspace.", class_name="small faint")
    tried = rx.el.div(rx.el.b("This lead would read", class_name="small"), rx.el.p(SnippetState.tried, class_name="snippet-tried"),
                      rx.cond(SnippetState.tried_missing != "", rx.el.p(SnippetState.tried_missing, class_name="small snippet-missing")))
    words = ui.text_area(BODY, value=SnippetState.body, name="body", max_length=5000, rows="7", on_blur=SnippetState.try_out)
    return rx.el.form(
        ui.field_row("Name", ui.text_input(NAME, value=SnippetState.name, name="name", max_length=60, auto_complete="off"), for_id=NAME,
                     problem=SnippetState.problem),
        ui.field_row("Words", words, for_id=BODY, hint="What stands in braces is filled in for each lead."),
        _variables(),
        rx.cond(SnippetState.tried != "", tried),
        rx.cond(SnippetState.may_share, ui.field_row("Who has it", whose, for_id=SHARED), may_not),
        rx.el.div(ui.button("Save", look="primary", type="submit"), ui.button("Back", on_click=SnippetState.leave), class_name="line"),
        on_submit=SnippetState.save, key="snippet-" + SnippetState.turn.to(str), no_validate=True, class_name="snippet-form",
        custom_attrs={"aria-label": rx.cond(SnippetState.editing == NEW, "New snippet", "Change a snippet")})


def _variables() -> rx.Component:
    """The blanks that can be filled; a press puts one into the words (snippets.js)."""
    chips = [rx.el.button(variable.name, type="button", class_name="chip", title=variable.meaning,
                          custom_attrs={"data-variable": variable.name}) for variable in VARIABLES]
    return rx.el.div(*chips, class_name="snippet-variables", role="group", custom_attrs={"aria-label": "Variables"})

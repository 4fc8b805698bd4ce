"""What may drafts draw on? The website, the texts, files and pages with how far they are read, and what is remembered of leads."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.ai.frame import Section
from zrg_app.pages.settings.parts import confirm, group
from zrg_app.services.knowledge import CATEGORIES
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.knowledge import KnowledgeState
from zrg_app.state.session import SessionState

_MARKS = {"file": "attach", "text": "list", "url": "globe"}
_TAKEN = ".pdf,.docx,.txt,.md,.markdown,.html,.htm,.csv"


def content() -> rx.Component:
    """Draw the page, or the asset that is open."""
    everything = rx.fragment(_assets(), _website(), _trust())
    return rx.el.div(rx.cond(KnowledgeState.opened, _opened(), everything), class_name="setting-panel")


def dialogs() -> rx.Component:
    """The two forms that take something in."""
    named = ui.text_input("asset-name", name="name", max_length=120, placeholder="Prices and terms")
    text = ui.text_area("asset-text", name="text", rows="10", max_length=100_000, placeholder="Everything a lead may ask about it …")
    url = ui.text_input("page-url", name="url", kind="url", max_length=1_000, placeholder="acme.com/pricing", auto_complete="off")
    called = ui.text_input("page-name", name="name", max_length=120, placeholder="Empty: its address")
    return rx.fragment(
        ui.dialog("add-text", "Write a text", rx.el.form(
            ui.field_row("Name", named, for_id="asset-name"),
            ui.field_row("Text", text, for_id="asset-text", problem=KnowledgeState.add_problem), _steps("add-text", "Add text"),
            on_submit=KnowledgeState.add_text, key="text-" + KnowledgeState.turn.to(str), no_validate=True)),
        ui.dialog("add-page", "Add a page of the web", rx.el.form(
            ui.field_row("Address", url, for_id="page-url", problem=KnowledgeState.add_problem,
                         hint="One page, open to everybody. It is fetched in a moment."),
            ui.field_row("Name", called, for_id="page-name"), _steps("add-page", "Add page"),
            on_submit=KnowledgeState.add_page, key="page-" + KnowledgeState.turn.to(str), no_validate=True)))


def _steps(dialog: str, word: str) -> rx.Component:
    return rx.el.div(ui.button("Cancel", look="ghost", attributes={"data-do": f"close:{dialog}"}),
                     ui.button(word, look="primary", type="submit"), class_name="dialog-steps")


def _assets() -> rx.Component:
    head = rx.el.header(
        rx.el.div(rx.el.h2("Knowledge"), rx.el.p("The facts and prices drafts may tell, besides what Company says.", class_name="soft"),
                  class_name="grow"),
        rx.cond(AiState.may_edit, _add()), class_name="ai-head")
    rows = rx.el.ul(rx.foreach(KnowledgeState.assets, _row), class_name="ai-list", custom_attrs={"aria-label": "Knowledge assets"})
    nothing = ui.empty("Drafts know nothing by heart yet",
                       "Add your prices, terms and answers to the questions leads ask: a file, a page of your website, or a few lines.",
                       mark="book")
    return rx.el.section(
        head, rx.el.p(class_name="small soft", role="status", custom_attrs={"data-taking-in": ""}),
        rx.cond(KnowledgeState.assets.length() > 0, rows, nothing),
        class_name="knowledge-drop", custom_attrs={"data-knowledge": SessionState.workspace.id})


def _add() -> rx.Component:
    """Three ways in; files go up through knowledge.js, which presses the hidden button when they are there."""
    return rx.el.div(
        ui.button("Text", mark="list", attributes=ui.opens("add-text")),
        ui.button("Page", mark="globe", attributes=ui.opens("add-page")),
        ui.button("Upload files", look="primary", mark="attach", attributes={"data-take-in": ""}),
        rx.el.input(type="file", id="knowledge-files", multiple=True, accept=_TAKEN, hidden=True, tab_index=-1),
        rx.el.button(type="button", hidden=True, on_click=KnowledgeState.refresh, custom_attrs={"data-taken-in": ""}),
        class_name="ai-steps")


def _row(row: rx.Var) -> rx.Component:
    kind = rx.match(row.kind, *[(word, ui.icon(mark)) for word, mark in _MARKS.items()], ui.icon("book"))
    details = [rx.match(row.kind, ("url", rx.el.span(row.url, class_name="clip")), ("file", rx.el.span("File")), rx.el.span("Text")),
        rx.cond(row.size != "", rx.el.span(row.size)),
        rx.cond(row.passages > 0, rx.el.span(rx.cond(row.passages == 1, "1 passage", row.passages.to(str) + " passages"))),
        rx.cond(row.indexed_at != "", rx.el.span("read ", ui.moment(row.indexed_at, manner="plain")))]
    trouble = rx.cond(row.error != "", rx.el.p(ui.icon("alert", size="s"), row.error, class_name="ai-trouble"))
    caution = rx.cond(row.caution != "", rx.el.p(ui.icon("info", size="s"), row.caution, class_name="ai-caution"))
    return rx.el.li(
        rx.el.span(kind, class_name="entry-mark"),
        rx.el.div(rx.el.div(rx.el.button(row.name, type="button", class_name="ai-open clip", on_click=KnowledgeState.open(row.id)),
                            _status(row), class_name="line"),
                  rx.el.div(*details, class_name="small faint ai-details"), trouble, caution, class_name="grow"),
        rx.cond(AiState.may_edit, _row_steps(row)), key=row.id, class_name="ai-entry")


def _status(row: rx.Var) -> rx.Component:
    return rx.match(
        row.status, ("ready", ui.badge("Ready", tone="good", mark="check")), ("failed", ui.badge("Failed", tone="bad", mark="alert")),
        ("reading", rx.el.span(ui.icon("spinner", size="s"), rx.cond(row.progress != "", row.progress.to(str) + " …", "Reading …"),
                               class_name="ai-busy", role="status")),
        ui.badge("Waiting", tone="wait", mark="clock"))


def _row_steps(row: rx.Var) -> rx.Component:
    again = rx.cond(row.status == "failed",
                    ui.button("Retry", mark="loop", on_click=KnowledgeState.read_again(row.id)),
                    rx.cond(row.status == "ready", ui.icon_button("loop", "Read it again", on_click=KnowledgeState.read_again(row.id))))
    gone = confirm("delete-" + row.id.to(str), "Delete", "Delete " + row.name.to(str) + "? Drafts do not draw on it any more.", "Delete",
                   mark="trash", shown="Delete this knowledge", on_click=KnowledgeState.delete(row.id))
    return rx.el.div(again, gone, class_name="ai-steps")


def _website() -> rx.Component:
    field = ui.text_input("website", name="website", kind="url", value=KnowledgeState.website, placeholder="acme.com", max_length=1_000)
    form = rx.el.form(
        ui.field_row("Address", field, for_id="website", problem=KnowledgeState.website_problem,
                     hint="Drafts may link to it. It is not read; add its pages above for that."),
        rx.cond(AiState.may_edit, ui.button("Save address", type="submit")),
        on_submit=KnowledgeState.save_website, key="website-" + KnowledgeState.turn.to(str) + KnowledgeState.website,
        class_name="one-line ai-website", no_validate=True, custom_attrs={"aria-label": "Website"})
    return group("Website", "The company's own address, given as a link.", rx.el.fieldset(form, disabled=~AiState.may_edit))


def _trust() -> rx.Component:
    boxes = [rx.el.div(ui.checkbox(word, name=f"trust-{kind}", default_checked=KnowledgeState.trusted.contains(kind)),
                       class_name="ai-box") for kind, word in CATEGORIES.items()]
    form = rx.el.form(
        rx.el.fieldset(rx.el.div(*boxes, class_name="ai-boxes"), disabled=~AiState.may_edit),
        rx.el.p("Only when the model is at least 70 % sure; it is forgotten after 90 days at most. What is not ticked waits in the lead "
                "panel for a person.", class_name="small faint"),
        rx.cond(AiState.may_edit, ui.button("Save", type="submit")),
        on_submit=KnowledgeState.trust, key="trust-" + KnowledgeState.trusted.join(), class_name="stack ai-trust",
        custom_attrs={"aria-label": "What is remembered without asking"})
    return group("Memory of leads", "What drafts learn of a lead and may remember without asking you.", form)


def _opened() -> rx.Component:
    seen = KnowledgeState.opened
    asset = seen.asset
    back = ui.button("All knowledge", look="ghost", mark="back", on_click=KnowledgeState.close)
    name = ui.field_row("Name", ui.text_input("edit-name", name="name", value=asset.name, max_length=120), for_id="edit-name")
    url = rx.cond(asset.kind == "url", ui.field_row("Address", ui.text_input("edit-url", name="url", value=asset.url, kind="url"),
                                                    for_id="edit-url"))
    mode = ui.field_row("Drafts are given", ui.select(
        "edit-mode", rx.el.option("Notes a model makes of it", value="notes"), rx.el.option("Its own words", value="raw"), name="mode",
        value=asset.mode), for_id="edit-mode", hint="Notes are shorter and answer better; its own words are exact.")
    text = rx.cond(asset.kind == "text", ui.field_row("Text", ui.text_area("edit-text", name="text", value=seen.text, rows="14"),
                                                      for_id="edit-text"))
    trouble = rx.cond(KnowledgeState.edit_problem != "", rx.el.p(ui.icon("alert", size="s"), KnowledgeState.edit_problem,
                                                                 class_name="ai-trouble", role="alert"))
    save = rx.cond(AiState.may_edit, rx.el.div(trouble, ui.button("Save changes", look="primary", type="submit", shown_key="Ctrl S"),
                                               class_name="ai-save"))
    form = rx.el.form(
        rx.el.fieldset(rx.el.section(name, url, mode, text, class_name="card"), disabled=~AiState.may_edit), save,
        on_submit=KnowledgeState.save, key="asset-" + KnowledgeState.turn.to(str), no_validate=True,
        custom_attrs={"data-watched": "", "aria-label": "Knowledge asset"})
    return rx.fragment(rx.el.div(back, rx.el.h2(asset.name, class_name="clip"), _status(asset), class_name="ai-back"), form, _read(seen))


def _read(seen: rx.Var) -> rx.Component:
    """What was read, and the notes made of it."""
    original = rx.cond(seen.asset.kind == "text", rx.fragment(), _part("What was read", seen.text, seen.is_cut))
    return rx.el.div(rx.cond(seen.notes != "", _part("Notes drafts are given", seen.notes, False)), original, class_name="ai-parts")


def _part(title: str, text: rx.Var, is_cut: rx.Var | bool) -> rx.Component:
    cut = rx.cond(is_cut, rx.el.p("It goes on; all of it can be found.", class_name="small faint"))
    shown = rx.el.pre(text, class_name="ai-text")
    return rx.cond(text != "", rx.el.details(rx.el.summary(title), shown, cut, open=True, class_name="card"))


KNOWLEDGE = Section(key="knowledge", word="Knowledge", mark="book", content=content, load=KnowledgeState.load, dialogs=dialogs)

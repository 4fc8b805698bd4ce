"""How is an answer edited before it goes: the draft's banner, recipients, words, and the last step?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.draft_why import draft_why
from zrg_app.pages.inbox.edits import edits
from zrg_app.pages.inbox.leaving import attach_button, attached_files, recipient, send_later
from zrg_app.pages.inbox.meanwhile import came_between
from zrg_app.pages.inbox.snippets import blanks_line, snippets
from zrg_app.pages.inbox.times import offered_times
from zrg_app.pages.inbox.writing import marks_bar, preview
from zrg_app.state.inbox.recipients import RecipientState
from zrg_app.state.session import SessionState

BODY = "answer"
INSTRUCTION = "regenerate-instruction"
TOGGLE_INSTRUCTION = f"toggle:.station|data-regenerating|#{INSTRUCTION}"
# Read in the browser at the click: a name for this one message, and what the field was made from (composer.js) and over
# what was said by then (meanwhile.js).
NONCE: rx.Var[str] = rx.Var("(window.zrg?.nonce?.() ?? '')").to(str)
WORDS: rx.Var[str] = rx.Var(f"(window.zrg?.madeFrom?.() ?? document.getElementById({BODY!r})?.dataset.words ?? '')").to(str)
QUICK_INSTRUCTIONS = ("Shorter", "Warmer", "More direct", "Offer two times")


def composer(state: Any) -> rx.Component:
    """Draw the editor. Words are kept in the browser while typed and read from the field when sent.

    `state` offers: draft (DraftView or None), auto_send (AutoSendNote or None), channel, way (Way or None), lead_id, cc (list of
    addresses), is_writing (a draft is being written), send_label, to_address (somebody else than the usual), files (list of
    FileView), letters (how many were let go), seen, came (Latest or None), later (list of LaterChoice), later_where,
    workspace_id and the handlers send(body, nonce, words),
    send_later(body, nonce, words, key), send_at(body, nonce, words, local time), save_note(body), regenerate(instruction),
    discard(), hold_back(), add_cc(address), remove_cc(address), choose_to(address), attach(ids), detach(id).
    """
    is_note = state.channel == "note"
    return rx.el.div(
        rx.cond(is_note, rx.fragment(), rx.fragment(_draft_line(state), _leaving_alone(state), _instruction(state), _recipients(state))),
        rx.cond(is_note, rx.fragment(), came_between(state)),
        # kept_words.js says here what it found; React leaves it alone.
        rx.el.div(class_name="words-offer", role="status", custom_attrs={"data-words-offer": ""}),
        _editor(state, is_note),
        blanks_line(),
        rx.cond(is_note, rx.fragment(), attached_files(state)),
        _bar(state, is_note),
        class_name="composer",
        custom_attrs={"data-note": rx.cond(is_note, "true", "false"), "data-workspace": state.workspace_id,
                      "data-lead": state.lead_id, "data-person": SessionState.person.id, "data-seen": state.seen,
                      "data-came": rx.cond(state.came, state.came.id, "")},
    )


def _draft_line(state: Any) -> rx.Component:
    """Where the draft stands: being written, failed, or ready with the ways to change or drop it."""
    writing = rx.el.div(
        ui.icon("spinner"), rx.el.b("Writing a draft…"), rx.el.span(class_name="grow"), class_name="draft-line", role="status"
    )
    failed = rx.el.div(
        ui.icon("alert"),
        rx.el.b("No draft."),
        rx.el.span(state.draft.error, class_name="why clip grow"),
        ui.button("Try again", look="quiet", on_click=state.regenerate("")),
        class_name="draft-line",
        custom_attrs={"data-tone": "bad"},
        role="status",
    )
    ready = rx.cond(state.draft.state == "failed", failed, rx.cond(state.draft.state == "pending", _ready(state)))
    return rx.cond(state.is_writing, writing, rx.cond(state.draft, ready))


def _ready(state: Any) -> rx.Component:
    """A draft is waiting."""
    key = ui.press_attributes
    regenerate = key(key="regenerate", do=TOGGLE_INSTRUCTION)
    return rx.el.div(
        ui.icon("draft"),
        rx.el.b("Draft ready"),
        rx.el.span(state.draft.reason, class_name="why clip grow", title=state.draft.reason),
        edits(),
        draft_why(state),
        ui.button("Regenerate", look="quiet", shown_key="⇧R", attributes=regenerate),
        ui.button("Discard", look="quiet", on_click=state.discard, attributes=key(key="discard")),
        class_name="draft-line",
    )


def _leaving_alone(state: Any) -> rx.Component:
    """That the AI sends this draft by itself and when, with the ways to stop it or not to wait."""
    note = state.auto_send
    line = rx.el.div(
        ui.icon("clock"),
        rx.el.b("AI sends this ", ui.moment(note.leaves_at, manner="ahead")),
        rx.el.span(class_name="grow"),
        ui.button("Hold", look="quiet", mark="block", on_click=state.hold_back, attributes=ui.press_attributes(key="hold-back")),
        ui.button("Send now", look="quiet", mark="send", on_click=state.send(ui.typed(BODY), NONCE, WORDS)),
        class_name="draft-line",
        custom_attrs={"data-tone": "info", "data-auto-send": "waits"},
        role="status",
    )
    return rx.cond(note & note.waits & state.draft & (note.draft_id == state.draft.id), line)


def _instruction(state: Any) -> rx.Component:
    """Say how the draft should differ; one press for the usual wishes."""
    close = {"data-do": TOGGLE_INSTRUCTION}
    chips = [ui.chip(wish, pressed=False, on_click=state.regenerate(wish), attributes=close) for wish in QUICK_INSTRUCTIONS]
    again = ui.button(
        "Write again",
        mark="draft",
        on_click=state.regenerate(ui.typed(INSTRUCTION)),
        attributes=ui.press_attributes(key="regenerate-now", do=TOGGLE_INSTRUCTION),
    )
    field = rx.el.input(
        id=INSTRUCTION,
        class_name="field",
        placeholder="How should it differ? For example: offer Friday",
        auto_complete="off",
        custom_attrs={"data-enter": "regenerate-now", "aria-label": "How should it differ?"},
    )
    return rx.el.div(field, again, *chips, class_name="instruction")


def _recipients(state: Any) -> rx.Component:
    """To, Cc for e-mail, and who it comes from."""
    fixed = rx.el.span(
        rx.el.span(state.way.to_name, class_name="clip"),
        class_name="pill",
        title=rx.cond(state.way.no_other_recipient != "", state.way.no_other_recipient, state.way.to_address),
    )
    can_copy = state.way.no_copies == ""
    why_not = rx.el.span(state.way.no_copies, class_name="faint clip", title=state.way.no_copies)
    return rx.el.div(
        rx.el.span("To"),
        rx.cond(state.way.no_other_recipient == "", recipient(state), fixed),
        rx.cond(state.channel == "email", rx.cond(can_copy, _copies(state), why_not)),
        rx.cond(state.way.sender != "", rx.el.span("From ", state.way.sender, class_name="from", title=state.way.sender)),
        class_name="to-line",
    )


def _copies(state: Any) -> rx.Component:
    """Addresses in copy: added by Enter, a comma or leaving the field, several at once by pasting (recipients.js)."""
    chosen = rx.foreach(
        state.cc,
        lambda address: rx.el.span(
            rx.el.span(address, class_name="clip"),
            ui.icon_button("close", "Remove " + address, size="s", on_click=state.remove_cc(address)),
            class_name="pill cc-pill",
            key=address,
        ),
    )
    add = {"data-cc": "", "aria-label": "Add addresses in copy", "list": "cc-people", "inputMode": "email", "spellCheck": "false",
           "aria-describedby": "cc-problem"}
    return rx.fragment(
        rx.el.span("Cc"),
        chosen,
        rx.el.input(
            id="cc",
            type="text",
            class_name="cc-input",
            placeholder="Add Cc",
            auto_complete="off",
            key=state.lead_id,
            custom_attrs=add,
        ),
        # recipients.js says here what is no address; React leaves it alone.
        rx.el.span(id="cc-problem", class_name="cc-problem", role="alert", custom_attrs={"data-cc-problem": ""}),
        _known_people(state),
        _add(state),
    )


def _add(state: Any) -> rx.Component:
    """What recipients.js presses: add what it found, and read whom colleagues copy."""
    hidden = {"tabIndex": -1, "aria-hidden": "true"}
    return rx.fragment(
        rx.el.input(type="hidden", id="cc-found"),
        rx.el.button("Add", type="button", class_name="unseen", on_click=state.add_cc(ui.typed("cc-found")),
                     custom_attrs={"data-key": "add-cc", **hidden}),
        rx.el.button("Read whom colleagues copy", type="button", class_name="unseen", on_click=RecipientState.suggest,
                     custom_attrs={"data-key": "cc-usual", **hidden}))


def _known_people(state: Any) -> rx.Component:
    known = rx.foreach(state.way.people, lambda address: rx.el.option("In this conversation", value=address, key=address))
    usual = rx.foreach(RecipientState.usual, lambda address: rx.el.option("Copied before", value=address, key="usual-" + address))
    return rx.el.datalist(known, usual, id="cc-people")


def _editor(state: Any, is_note: rx.Var[bool]) -> rx.Component:
    """The words. A new draft, lead or channel makes a new field; anything else leaves what was typed alone."""
    ready = state.draft & (state.draft.state == "pending") & ~is_note
    text = rx.cond(ready, state.draft.body, "")
    edition = rx.cond(ready, state.draft.id + "." + state.draft.generation.to(str), "own")
    identity = state.lead_id + "." + state.channel + "." + edition
    return rx.el.textarea(
        id=BODY,
        default_value=text,
        # What left without another draft coming, at a later moment, leaves an empty field too.
        key=identity + "." + state.letters.to(str),
        class_name="editor",
        placeholder=rx.cond(is_note, "A word for your team, @ names somebody; the lead never sees it", "Write an answer"),
        custom_attrs={"data-words": identity, "data-channel": state.channel, "data-original": rx.cond(ready, state.draft.original, ""),
                      "aria-label": rx.cond(is_note, "Note", "Answer")},
    )


def _bar(state: Any, is_note: rx.Var[bool]) -> rx.Component:
    """Files, the length of an SMS, and the last step: now or later."""
    key = ui.press_attributes(key="send", aria_keyshortcuts="Control+Enter")
    send = ui.button(
        state.send_label,
        look="primary",
        mark="send",
        shown_key="⌘↵",
        on_click=state.send(ui.typed(BODY), NONCE, WORDS),
        attributes=key,
    )
    save = ui.button("Save note", look="primary", shown_key="⌘↵", on_click=state.save_note(ui.typed(BODY)), attributes=key)
    counter = rx.el.span(class_name="sms-count", custom_attrs={"data-sms-count": "true", "aria-live": "off"})
    return rx.el.div(
        rx.cond(is_note, rx.fragment(), rx.fragment(
            snippets(state, BODY), offered_times(state), attach_button(state), marks_bar(state), preview(state, BODY))),
        rx.cond(state.channel == "sms", counter),
        rx.el.span(class_name="grow"),
        rx.el.span(class_name="words-state", custom_attrs={"data-words-state": ""}),
        rx.cond(is_note, save, rx.fragment(send_later(state, NONCE, WORDS, BODY), send)),
        class_name="station-bar",
    )

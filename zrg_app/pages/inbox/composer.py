"""How is an answer edited before it goes: the draft's banner, recipients, words, and the last step?"""

from typing import Any

import reflex as rx

from zrg_app import ui

BODY = "answer"
SUBJECT = "answer-subject"
INSTRUCTION = "regenerate-instruction"
TOGGLE_INSTRUCTION = f"toggle:.station|data-regenerating|#{INSTRUCTION}"
QUICK_INSTRUCTIONS = ("Shorter", "Warmer", "More direct", "Offer two times")


def composer(state: Any) -> rx.Component:
    """Draw the editor. Words are kept in the browser while typed and read from the field when sent.

    `state` offers: draft (DraftView or None: id, body, subject, why, verdict_label, verdict_detail), channel, lead_id,
    to_label, cc (list of addresses), from_label, is_regenerating, is_sending, send_label and the handlers
    send(body, subject), save_note(body), regenerate(instruction), discard(), add_cc(address), remove_cc(address).
    """
    is_note = state.channel == "note"
    return rx.el.div(
        rx.cond(state.draft & ~is_note, rx.fragment(_draft_line(state), _instruction(state))),
        rx.cond(is_note, rx.fragment(), _recipients(state)),
        rx.cond(state.channel == "email", _subject(state)),
        _editor(state, is_note),
        _bar(state, is_note),
        class_name="composer",
        custom_attrs={"data-note": rx.cond(is_note, "true", "false")},
    )


def _draft_line(state: Any) -> rx.Component:
    """A draft is waiting: why it says what it says, and the ways to change or drop it."""
    key = ui.press_attributes
    return rx.el.div(
        ui.icon("draft"),
        rx.el.b(rx.cond(state.is_regenerating, "Writing again…", "Draft ready")),
        rx.el.span(state.draft.why, class_name="why clip grow"),
        ui.button(
            "Regenerate",
            look="quiet",
            shown_key="⇧R",
            attributes=key(
                key="regenerate", do=TOGGLE_INSTRUCTION, aria_busy=rx.cond(state.is_regenerating, "true", "false")
            ),
        ),
        ui.button("Discard", look="quiet", on_click=state.discard, attributes=key(key="discard")),
        class_name="draft-line",
    )


def _instruction(state: Any) -> rx.Component:
    """Say how the draft should differ; one press for the usual wishes."""
    chips = [ui.chip(wish, pressed=False, on_click=state.regenerate(wish)) for wish in QUICK_INSTRUCTIONS]
    attributes = {"data-enter": "regenerate-now", "aria-label": "How should it differ?"}
    return rx.el.div(
        rx.el.input(
            id=INSTRUCTION,
            class_name="field",
            placeholder="How should it differ? For example: offer Friday",
            auto_complete="off",
            custom_attrs=attributes,
        ),
        ui.button(
            "Write again",
            mark="draft",
            on_click=state.regenerate(ui.typed(INSTRUCTION)),
            attributes=ui.press_attributes(key="regenerate-now"),
        ),
        *chips,
        class_name="instruction",
    )


def _recipients(state: Any) -> rx.Component:
    """To, Cc for e-mail, and who it comes from."""
    return rx.el.div(
        rx.el.span("To"),
        rx.el.span(rx.el.span(state.to_label, class_name="clip"), class_name="pill"),
        rx.cond(state.channel == "email", _copies(state)),
        rx.cond(state.from_label != "", rx.el.span("From ", state.from_label, class_name="from")),
        class_name="to-line",
    )


def _copies(state: Any) -> rx.Component:
    """Addresses in copy; one is added by Enter or by leaving the field."""
    return rx.fragment(
        rx.el.span("Cc"),
        rx.foreach(
            state.cc,
            lambda address: rx.el.span(
                rx.el.span(address, class_name="clip"),
                ui.icon_button("close", "Remove " + address, size="s", on_click=state.remove_cc(address)),
                class_name="pill",
                key=address,
            ),
        ),
        rx.el.input(
            id="cc",
            type="email",
            class_name="cc-input",
            placeholder="Add Cc",
            auto_complete="off",
            key=state.cc.join(","),
            on_blur=lambda address: state.add_cc(address),
            custom_attrs={"data-enter": "add-cc", "aria-label": "Add an address in copy"},
        ),
        rx.el.button(
            "Add",
            type="button",
            class_name="unseen",
            on_click=state.add_cc(ui.typed("cc")),
            custom_attrs={"data-key": "add-cc", "tabIndex": -1},
        ),
    )


def _subject(state: Any) -> rx.Component:
    """The subject, for a first e-mail; an answer keeps the thread's."""
    field = rx.el.input(
        id=SUBJECT,
        default_value=rx.cond(state.draft, state.draft.subject, ""),
        placeholder="Subject",
        key=state.lead_id + "subject",
        custom_attrs={"aria-label": "Subject"},
    )
    return rx.cond(state.asks_subject, rx.el.div(field, class_name="to-line subject-line"))


def _editor(state: Any, is_note: rx.Var[bool]) -> rx.Component:
    """The words. A new draft, lead or channel makes a new field; anything else leaves what was typed alone."""
    text = rx.cond(is_note, "", rx.cond(state.draft, state.draft.body, ""))
    draft_id = rx.cond(state.draft, state.draft.id, "none")
    identity = state.lead_id + "." + state.channel + "." + rx.cond(is_note, "note", draft_id)
    return rx.el.textarea(
        id=BODY,
        default_value=text,
        key=identity,
        class_name="editor",
        placeholder=rx.cond(is_note, "A word for your team; the lead never sees it", "Write an answer"),
        custom_attrs={"data-words": identity, "data-channel": state.channel, "aria-label": "Answer"},
    )


def _bar(state: Any, is_note: rx.Var[bool]) -> rx.Component:
    """Help on the left, the last step on the right."""
    key = ui.press_attributes(key="send", aria_keyshortcuts="Control+Enter")
    send = ui.button(
        state.send_label,
        look="primary",
        mark="send",
        shown_key="⌘↵",
        on_click=state.send(ui.typed(BODY), ui.typed(SUBJECT)),
        disabled=state.is_sending,
        attributes=key,
    )
    save = ui.button(
        "Save note", look="primary", shown_key="⌘↵", on_click=state.save_note(ui.typed(BODY)), attributes=key
    )
    counter = rx.el.span(class_name="sms-count", custom_attrs={"data-sms-count": "true", "aria-live": "off"})
    return rx.el.div(
        rx.cond(is_note, rx.fragment(), _helpers(state)),
        rx.cond(state.channel == "sms", counter),
        rx.el.span(class_name="grow"),
        rx.cond(is_note, save, send),
        class_name="station-bar",
    )


def _helpers(state: Any) -> rx.Component:
    """Open times to put at the caret."""
    times = ui.menu(
        "times-menu",
        ui.menu_title("Open times"),
        rx.foreach(
            state.open_times,
            lambda slot: ui.menu_item(slot.label, mark="clock", on_click=rx.call_script(_insert(slot.label))),
        ),
        name="Open times",
    )
    shown = ui.button("Insert times", look="ghost", mark="clock", attributes=ui.menu_attributes("times-menu"))
    return rx.cond(state.open_times.length() > 0, rx.fragment(shown, times))


def _insert(text: rx.Var[str]) -> rx.Var[str]:
    """The script that puts a text at the caret."""
    return rx.Var(f"`zrg.insert(${{JSON.stringify({text!s})}})`", _var_data=text._get_all_var_data()).to(str)

"""How do we mark a thing in a few pixels: a badge, a dot, a count, a face, a key, a time?"""

from typing import Literal

import reflex as rx

from zrg_app.ui.icon import IconName, channel_icon, icon

Tone = Literal["good", "calm", "info", "wait", "bad", "quiet", "accent"]
Text = str | rx.Var

# The stored word of a sentiment (spec section 8), the word shown, and its tone.
SENTIMENTS: dict[str, tuple[str, Tone]] = {
    "Meeting Requested": ("Meeting requested", "good"),
    "Meeting Booked": ("Meeting booked", "good"),
    "Call Requested": ("Call requested", "good"),
    "Interested": ("Interested", "calm"),
    "Information Requested": ("Info requested", "info"),
    "Follow Up": ("Follow up", "wait"),
    "Objection": ("Objection", "wait"),
    "Not Interested": ("Not interested", "bad"),
    "Blacklist": ("Do not contact", "bad"),
    "Out of Office": ("Out of office", "quiet"),
    "Automated Reply": ("Automated", "quiet"),
    "Neutral": ("Neutral", "quiet"),
}
_TONES = rx.Var.create({stored: tone for stored, (_, tone) in SENTIMENTS.items()})
_SHOWN = rx.Var.create({stored: shown for stored, (shown, _) in SENTIMENTS.items()})


def badge(word: Text, *, tone: Tone | rx.Var[str] = "quiet", mark: IconName | None = None) -> rx.Component:
    """Say one state in a coloured word; the word carries the meaning."""
    return rx.el.span(
        icon(mark, size="s") if mark else rx.fragment(),
        rx.el.span(word),
        class_name="badge",
        custom_attrs={"data-tone": tone},
    )


def sentiment_badge(sentiment: rx.Var[str]) -> rx.Component:
    """Show what a conversation is about from the stored word; an unknown or new one (not yet read) shows nothing."""
    return rx.cond(_SHOWN[sentiment], badge(_SHOWN[sentiment].to(str), tone=_TONES[sentiment].to(str)))


def dot(tone: Tone | rx.Var[str] = "accent", *, says: Text | None = None) -> rx.Component:
    """Draw a small round mark; `says` is read aloud when the mark stands without a word."""
    spoken = rx.el.span(says, class_name="unseen") if says is not None else rx.fragment()
    return rx.el.span(spoken, class_name="dot", custom_attrs={"data-tone": tone})


def count(number: int | rx.Var[int]) -> rx.Component:
    """Show a number with equal digits, grouped as the reader's language does; nothing for zero."""
    value = rx.Var.create(number).to(int)
    return rx.cond(value > 0, rx.el.span(grouped(value), class_name="count"))


def grouped(number: rx.Var[int]) -> rx.Var[str]:
    """Write a number with its thousands parted, in the browser's language."""
    return rx.Var(f"Number({number!s} ?? 0).toLocaleString()", _var_data=number._get_all_var_data()).to(str)


def kbd(key: Text) -> rx.Component:
    """Show a key a person may press instead; "⌘" becomes "Ctrl" where there is no such key (keys.js knows)."""
    shown: tuple[rx.Component | Text, ...] = (key,)
    if isinstance(key, str) and "⌘" in key:
        elsewhere = key.replace("⌘", "Ctrl ")
        shown = (rx.el.span(key, class_name="on-mac"), rx.el.span(elsewhere, class_name="off-mac"))
    return rx.el.kbd(*shown, class_name="kbd", custom_attrs={"aria-hidden": "true"})


def avatar(
    initials: Text, hue: int | rx.Var[int] = 0, *, size: Literal["s", "m", "list", "l"] = "list", channel: Text | None = None
) -> rx.Component:
    """Draw a person as initials on a hue of their own (0 to 359), with the channel they last wrote by."""
    mark = rx.el.span(channel_icon(channel), class_name="channel-mark") if channel is not None else rx.fragment()
    return rx.el.span(
        initials,
        mark,
        class_name="avatar",
        style={"--hue": rx.Var.create(hue).to(str)},
        custom_attrs={"data-size": size, "aria-hidden": "true"},
    )


def moment(
    at: Text, *, manner: Literal["relative", "clock", "soon", "day", "date", "plain", "ahead", "ago"] = "relative", zone: Text | None = None
) -> rx.Component:
    """Show an ISO instant in the reader's own zone, kept fresh by moments.js; on hover in full, here and in `zone`."""
    attributes: dict[str, Text] = {"data-moment": manner, "dateTime": at}
    if zone is not None:
        attributes["data-zone"] = zone
    return rx.el.time(custom_attrs=attributes)


def divider(word: rx.Component | Text) -> rx.Component:
    """Part a thread into days."""
    return rx.el.div(word, class_name="divider", role="separator")

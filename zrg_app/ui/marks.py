"""How do we mark a thing in a few pixels: a badge, a dot, a count, a face, a key, a time?"""

from typing import Literal

import reflex as rx

from zrg_app.ui.icon import IconName, channel_icon, icon

Tone = Literal["good", "calm", "info", "wait", "bad", "quiet", "accent"]
Text = str | rx.Var

_NO_TONE = "quiet"
SENTIMENT_TONES: dict[str, Tone] = {
    "MEETING_REQUESTED": "good", "MEETING_BOOKED": "good", "CALL_REQUESTED": "good", "INTERESTED": "calm",
    "INFORMATION_REQUESTED": "info", "FOLLOW_UP": "wait", "NOT_INTERESTED": "bad", "BLACKLIST": "bad",
    "OUT_OF_OFFICE": "quiet", "AUTOMATED_REPLY": "quiet", "NEUTRAL": "quiet", "NEW": "quiet",
}  # fmt: skip


def sentiment_tone(sentiment: rx.Var[str] | str) -> Tone | rx.Var[str]:
    """Give the tone of a sentiment key (spec section 8 names); unknown keys are quiet."""
    if isinstance(sentiment, str):
        return SENTIMENT_TONES.get(sentiment.upper().replace(" ", "_"), _NO_TONE)
    return rx.Var.create(SENTIMENT_TONES)[sentiment.to(str)].to(str)


def badge(word: Text, *, tone: Tone | rx.Var[str] = "quiet", mark: IconName | None = None) -> rx.Component:
    """Say one state in a coloured word; the word carries the meaning."""
    return rx.el.span(
        icon(mark, size="s") if mark else rx.fragment(),
        rx.el.span(word),
        class_name="badge",
        custom_attrs={"data-tone": tone},
    )


def sentiment_badge(sentiment: Text, label: Text) -> rx.Component:
    """Show how a lead feels, in the words people use (`label`) and the hue of its key."""
    return badge(label, tone=sentiment_tone(sentiment))


def dot(tone: Tone | rx.Var[str] = "accent", *, says: Text | None = None) -> rx.Component:
    """Draw a small round mark; `says` is read aloud when the mark stands without a word."""
    spoken = rx.el.span(says, class_name="unseen") if says is not None else rx.fragment()
    return rx.el.span(spoken, class_name="dot", custom_attrs={"data-tone": tone})


def count(number: Text) -> rx.Component:
    """Show a number with equal digits."""
    return rx.el.span(number, class_name="count")


def kbd(key: Text) -> rx.Component:
    """Show a key a person may press instead; screen readers get it from aria-keyshortcuts."""
    return rx.el.kbd(key, class_name="kbd", custom_attrs={"aria-hidden": "true"})


def avatar(
    initials: Text, hue: Text = "0", *, size: Literal["s", "m", "list", "l"] = "list", channel: Text | None = None
) -> rx.Component:
    """Draw a person as initials on one of eight hues ("0" to "7"), with the channel they last wrote by."""
    mark = rx.el.span(channel_icon(channel), class_name="channel-mark") if channel is not None else rx.fragment()
    return rx.el.span(
        initials, mark, class_name="avatar", custom_attrs={"data-hue": hue, "data-size": size, "aria-hidden": "true"}
    )


def moment(when_iso: Text, label: Text, *, zone: Text | None = None) -> rx.Component:
    """Show a relative time that keeps itself fresh; on hover the full local time, and the lead's (`zone`, IANA)."""
    attrs: dict[str, Text] = {"data-moment": "true", "dateTime": when_iso}
    if zone is not None:
        attrs["data-zone"] = zone
    return rx.el.time(label, custom_attrs=attrs)


def divider(word: Text) -> rx.Component:
    """Part a thread into days."""
    return rx.el.div(rx.el.span(word), class_name="divider", role="separator")

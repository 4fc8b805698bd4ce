"""Who else looks at this conversation or types in it, and what came in while somebody here was writing?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.state.inbox.presence import PresenceState


def onlookers(lead: Any) -> rx.Component:
    """Draw the faces of the others at the conversation of `lead` (LeadPanel), with what they do in words."""
    faces = rx.el.span(
        rx.foreach(
            PresenceState.here,
            lambda one: rx.el.span(
                ui.avatar(one.initials, one.hue, size="s"),
                class_name="onlooker",
                title=rx.cond(one.is_typing, one.name + " is typing…", one.name + " is looking at this conversation"),
                custom_attrs={"data-typing": rx.cond(one.is_typing, "true", "false")},
                key=one.user_id,
            ),
        ),
        class_name="faces",
        custom_attrs={"aria-hidden": "true"},
    )
    words = rx.el.span(PresenceState.words, class_name="word", custom_attrs={"data-onlookers": "true"})
    is_here = (PresenceState.lead_id == lead.lead_id) & (PresenceState.words != "")
    shown = rx.cond(is_here, rx.fragment(faces, words))
    return rx.el.span(shown, class_name="watching", role="status", custom_attrs={
        "data-typing": rx.cond(PresenceState.is_typing, "true", "false")})

"""What do the specimens share: their shape, hard words, and how a state under the hand is shown without a hand?"""

from typing import Any

import reflex as rx

Specimen = tuple[str, rx.Component]

LONG = "Rückversicherungsgesellschaft für Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte"
RTL = "שלום דנה, נדבר מחר"
HELD: tuple[str, ...] = ("hover", "focus", "active")


def held(state: str) -> dict[str, Any]:
    """Attributes that show an element as if under the pointer, focused or pressed (dev.js repeats the rules for them)."""
    return {"data-shown": state}


def right_to_left(part: rx.Component) -> rx.Component:
    """The part in a text that runs from right to left."""
    return rx.el.div(part, dir="rtl", lang="he")

"""What is the look made of? The design system: every screen is built from these parts and from nothing else.

The rest of the look is CSS: `STYLESHEETS` in order, tokens first. No Radix theme is used (its CSS alone outweighs ours).
"""

from zrg_app.ui.buttons import button, chip, icon_button, press_attributes, tab, tabs
from zrg_app.ui.fields import checkbox, choice, field_row, select, switch, text_area, text_input, tick, typed
from zrg_app.ui.floating import dialog, menu, menu_attributes, menu_item, menu_title, opens, toast, toast_host
from zrg_app.ui.icon import IconName, channel_icon, icon
from zrg_app.ui.marks import (
    SENTIMENTS,
    Tone,
    avatar,
    badge,
    count,
    divider,
    dot,
    grouped,
    kbd,
    moment,
    sentiment_badge,
)  # fmt: skip
from zrg_app.ui.page import SCRIPTS, STYLESHEETS, head_components, new_app
from zrg_app.ui.shell import gate, page, rail_link, shell
from zrg_app.ui.slotted import slotted
from zrg_app.ui.surfaces import banner, broken, card, empty, letter, pairs, section, skeleton

__all__ = [
    "SCRIPTS",
    "SENTIMENTS",
    "STYLESHEETS",
    "IconName",
    "Tone",
    "avatar",
    "badge",
    "banner",
    "broken",
    "button",
    "card",
    "channel_icon",
    "checkbox",
    "choice",
    "chip",
    "count",
    "dialog",
    "divider",
    "dot",
    "empty",
    "field_row",
    "gate",
    "grouped",
    "head_components",
    "icon",
    "icon_button",
    "kbd",
    "letter",
    "menu",
    "menu_attributes",
    "menu_item",
    "menu_title",
    "moment",
    "new_app",
    "opens",
    "page",
    "pairs",
    "press_attributes",
    "rail_link",
    "section",
    "select",
    "sentiment_badge",
    "shell",
    "skeleton",
    "slotted",
    "switch",
    "tab",
    "tabs",
    "text_area",
    "text_input",
    "tick",
    "toast",
    "toast_host",
    "typed",
]  # fmt: skip

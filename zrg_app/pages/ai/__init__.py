"""Which pages are there under AI Personality? One per section, each with its own address: `/ai/personas` and so on."""

import reflex as rx

from zrg_app.pages.ai.auto_send import AUTO_SEND
from zrg_app.pages.ai.campaigns import CAMPAIGNS
from zrg_app.pages.ai.frame import Section, framed

SECTIONS: tuple[Section, ...] = (CAMPAIGNS, AUTO_SEND)


def register(app: rx.App) -> None:
    """Add the pages to `app`."""
    for section in SECTIONS:
        app.add_page(framed(section, SECTIONS), route=f"/ai/{section.key}", title=f"{section.word} · ZRG Inbox", on_load=section.load)

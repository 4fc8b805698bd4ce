"""Which pages are there under AI Personality? One per section, each with its own address: `/ai/personas` and so on."""

import reflex as rx

from zrg_app.pages.ai.auto_send import AUTO_SEND
from zrg_app.pages.ai.calls import CALLS
from zrg_app.pages.ai.campaigns import CAMPAIGNS
from zrg_app.pages.ai.company import COMPANY
from zrg_app.pages.ai.frame import Section, framed
from zrg_app.pages.ai.knowledge import KNOWLEDGE
from zrg_app.pages.ai.personas import PERSONAS
from zrg_app.pages.ai.playground import PLAYGROUND
from zrg_app.pages.ai.prompts import PROMPTS
from zrg_app.pages.ai.trials import TRIALS

SECTIONS: tuple[Section, ...] = (PERSONAS, COMPANY, KNOWLEDGE, CAMPAIGNS, AUTO_SEND, PLAYGROUND, PROMPTS, CALLS, TRIALS)


def register(app: rx.App) -> None:
    """Add the pages to `app`."""
    for section in SECTIONS:
        app.add_page(framed(section, SECTIONS), route=f"/ai/{section.key}", title=f"{section.word} · ZRG Inbox", on_load=section.load)

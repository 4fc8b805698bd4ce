"""What do drafts know? Who speaks, what the company says of itself, what its documents say, what is remembered of a lead."""

from zrg_app.services.knowledge import flows  # noqa: F401 because importing it registers its jobs
from zrg_app.services.knowledge.budgets import BUDGETS, Budget
from zrg_app.services.knowledge.casting import PersonaEdit
from zrg_app.services.knowledge.company import add_question, change_question, company, move_question, questions, remove_question
from zrg_app.services.knowledge.filling import spoken
from zrg_app.services.knowledge.governing import CATEGORIES
from zrg_app.services.knowledge.intake import (
    MOST_BYTES,
    add_file,
    add_page,
    add_text,
    delete_asset,
    edit_asset,
    read_again,
    set_website,
)  # fmt: skip
from zrg_app.services.knowledge.listing import asset_text, assets
from zrg_app.services.knowledge.meanings import meaning_of
from zrg_app.services.knowledge.memory import memories, memory_of, remember, word_of
from zrg_app.services.knowledge.previewing import greeting_of, preview
from zrg_app.services.knowledge.remembering import (
    approve_memory,
    edit_memory,
    forget,
    propose,
    reject_memory,
    trust_kinds,
    trusted_kinds,
    write_down,
)  # fmt: skip
from zrg_app.services.knowledge.retrieval import Meaning, find, website
from zrg_app.services.knowledge.views import (
    AssetText,
    AssetView,
    CompanyView,
    MemoryRow,
    MemoryView,
    Passage,
    PersonaView,
    PreviewView,
    QuestionView,
)  # fmt: skip
from zrg_app.services.knowledge.voices import own_voice, persona, persona_for, personas

__all__ = [
    "BUDGETS", "CATEGORIES", "MOST_BYTES", "AssetText", "AssetView", "Budget", "CompanyView", "Meaning", "MemoryRow",
    "MemoryView", "Passage", "PersonaEdit", "PersonaView", "PreviewView", "QuestionView", "add_file", "add_page", "add_question",
    "add_text", "approve_memory", "asset_text", "assets", "change_question", "company", "delete_asset", "edit_asset",
    "edit_memory", "find", "forget", "greeting_of", "meaning_of", "memories", "memory_of", "move_question", "own_voice",
    "persona", "persona_for", "personas", "preview", "propose", "questions", "read_again", "reject_memory", "remember",
    "remove_question", "set_website", "spoken", "trust_kinds", "trusted_kinds", "website", "word_of", "write_down",
]  # fmt: skip

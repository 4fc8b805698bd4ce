"""What do drafts know? Who speaks, what the company says of itself, what its documents say, what is remembered of a lead."""

from zrg_app.services.knowledge.company import company
from zrg_app.services.knowledge.memory import memory_of, remember
from zrg_app.services.knowledge.personas import persona_for
from zrg_app.services.knowledge.retrieval import find, website
from zrg_app.services.knowledge.views import CompanyView, MemoryView, Passage, PersonaView

__all__ = ["CompanyView", "MemoryView", "Passage", "PersonaView", "company", "find", "memory_of", "persona_for", "remember", "website"]

"""The one door to a model: prompts, options, budgets, time limits, and a row for every call."""

from zrg_app.services.llm import calls, revising
from zrg_app.services.llm.candidates import Call, tryout
from zrg_app.services.llm.client import is_available
from zrg_app.services.llm.deadline import Deadline
from zrg_app.services.llm.embedding import embed
from zrg_app.services.llm.flows import PASSING, Answer, ask
from zrg_app.services.llm.prompts import Prompt, prompt
from zrg_app.services.llm.registry import ARCHETYPES
from zrg_app.services.llm.revisions import email_length, forbidden_terms, prompt_for, proposed, snippet
from zrg_app.services.llm.spending import SpendView, spend

__all__ = ["ARCHETYPES", "PASSING", "Answer", "Call", "Deadline", "Prompt", "SpendView", "ask", "calls", "email_length", "embed",
           "forbidden_terms", "is_available", "prompt", "prompt_for", "proposed", "revising", "snippet", "spend", "tryout"]

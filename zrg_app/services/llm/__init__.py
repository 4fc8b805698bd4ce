"""The one door to a model: prompts, options, budgets, time limits, and a row for every call."""

from zrg_app.services.llm.flows import Answer, ask, is_available
from zrg_app.services.llm.prompts import Prompt, prompt
from zrg_app.services.llm.revisions import prompt_for

__all__ = ["Answer", "Prompt", "ask", "is_available", "prompt", "prompt_for"]

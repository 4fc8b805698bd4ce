"""Words people put into answers again and again, with blanks that are filled for the lead at hand."""

from zrg_app.services.snippets import actions
from zrg_app.services.snippets.actions import bring_back, remove, save, share
from zrg_app.services.snippets.filling import VARIABLES, Variable, fill, missing_words
from zrg_app.services.snippets.queries import filled_for, listing, values_for
from zrg_app.services.snippets.views import Filled, FilledSnippet, Removed, SnippetView

__all__ = ["VARIABLES", "Filled", "FilledSnippet", "Removed", "SnippetView", "Variable", "actions", "bring_back", "fill", "filled_for",
           "listing", "missing_words", "remove", "save", "share", "values_for"]

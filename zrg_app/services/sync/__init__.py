"""Conversation history: read back from the providers, healed and imported without doubling; what had no webhook is found."""

from zrg_app.services.sync.actions import request
from zrg_app.services.sync.flows import conversation, fetch_words, lacks_words
from zrg_app.services.sync.looking import look, look_here, recover
from zrg_app.services.sync.queries import looks, state_of
from zrg_app.services.sync.runs import cancel, latest, page, start
from zrg_app.services.sync.views import LookView, RunView

__all__ = ["LookView", "RunView", "cancel", "conversation", "fetch_words", "lacks_words", "latest", "look", "look_here",
           "looks", "page", "recover", "request", "start", "state_of"]

"""Conversations: one per lead over all channels, what they hold, and what the list shows."""

from zrg_app.services.inbox.absence import snooze_while_away, wakes_at
from zrg_app.services.inbox.actions import assign, done, mark_read, mark_unread, reopen, snooze, wake
from zrg_app.services.inbox.attachments import attached
from zrg_app.services.inbox.colleagues import Colleague, colleagues, who_see
from zrg_app.services.inbox.counts import counts
from zrg_app.services.inbox.listing import list_page, one_row
from zrg_app.services.inbox.notes import add_note, delete_note, edit_note, not_told, restore_note
from zrg_app.services.inbox.owners import give_back, release_all
from zrg_app.services.inbox.people import find_people
from zrg_app.services.inbox.thread import is_automatic, original, thread
from zrg_app.services.inbox.timeline import timeline

__all__ = [
    "Colleague", "add_note", "assign", "attached", "colleagues", "counts", "delete_note", "done", "edit_note", "find_people",
    "give_back", "is_automatic", "list_page", "mark_read", "mark_unread", "not_told", "one_row", "original", "release_all",
    "reopen", "restore_note", "snooze", "snooze_while_away", "thread", "timeline", "wake", "wakes_at", "who_see",
]

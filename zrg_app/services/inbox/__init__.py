"""Conversations: one per lead over all channels, what they hold, and what the list shows."""

from zrg_app.services.inbox.absence import snooze_while_away, wakes_at
from zrg_app.services.inbox.actions import add_note, assign, done, mark_read, mark_unread, reopen, snooze, wake
from zrg_app.services.inbox.attachments import attached
from zrg_app.services.inbox.counts import counts
from zrg_app.services.inbox.listing import list_page, one_row
from zrg_app.services.inbox.people import find_people
from zrg_app.services.inbox.thread import is_automatic, original, thread
from zrg_app.services.inbox.timeline import timeline

__all__ = ["add_note", "assign", "attached", "counts", "done", "find_people", "is_automatic", "list_page", "mark_read", "mark_unread",
           "one_row", "original", "reopen", "snooze", "snooze_while_away", "thread", "timeline", "wake", "wakes_at"]

"""Conversations: one per lead over all channels, what they hold, and what the list shows."""

from zrg_app.services.inbox.absence import snooze_until_back, snooze_while_away, wakes_at
from zrg_app.services.inbox.actions import assign, done, mark_read, mark_unread, reopen, snooze, wake
from zrg_app.services.inbox.attachments import attached
from zrg_app.services.inbox.colleagues import Colleague, colleagues, who_see
from zrg_app.services.inbox.counts import counts
from zrg_app.services.inbox.labels import (
    change_label,
    create_label,
    delete_label,
    label_name,
    labels,
    put_on,
    restore_label,
    take_off,
    toggle_label,
)  # fmt: skip
from zrg_app.services.inbox.listing import PAGE, list_page, one_row, place_of, rows_of
from zrg_app.services.inbox.notes import add_note, delete_note, edit_note, not_told, restore_note
from zrg_app.services.inbox.owners import give_back, release_all
from zrg_app.services.inbox.people import find_people
from zrg_app.services.inbox.thread import is_automatic, original, thread
from zrg_app.services.inbox.timeline import timeline

__all__ = [
    "Colleague", "PAGE", "add_note", "assign", "attached", "change_label", "colleagues", "counts", "create_label", "delete_label",
    "delete_note", "done", "edit_note", "find_people", "give_back", "is_automatic", "label_name", "labels", "list_page",
    "mark_read", "mark_unread", "not_told", "one_row", "original", "place_of", "put_on", "release_all", "reopen", "restore_label",
    "restore_note", "rows_of", "snooze", "snooze_until_back", "snooze_while_away", "take_off", "thread", "timeline", "toggle_label",
    "wake", "wakes_at", "who_see",
]

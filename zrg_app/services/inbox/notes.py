"""What do colleagues tell each other about a lead? Notes: written, edited, deleted and put back by who wrote them; never sent."""

import unicodedata
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Note
from zrg_app.services import events
from zrg_app.services.inbox.actions import locked
from zrg_app.services.inbox.colleagues import colleagues, who_see
from zrg_app.services.inbox.mentions import find, named

NOTE_LENGTH = 10_000


def add_note(tx: Tx, scope: Scope, lead_id: UUID, *, body: str) -> UUID:
    """Tell colleagues something about the lead. Raises Invalid for an empty or endless note, NotFound."""
    said = _said(body)
    conversation = locked(tx, scope, lead_id)
    note = Note(workspace_id=scope.workspace_id, lead_id=conversation.lead_id, author_id=scope.user_id, body=said)
    note.mentions = [one.kept() for one in find(said, colleagues(tx, scope))]
    tx.add(note)
    return _changed(tx, scope, note, "written")


def edit_note(tx: Tx, scope: Scope, note_id: UUID, *, body: str) -> UUID:
    """Say it differently. Raises Forbidden for somebody else's note, Invalid, NotFound."""
    said, note = _said(body), _own(tx, scope, note_id)
    if said != note.body:
        note.body, note.edited_at = said, clock.now()
        note.mentions = [one.kept() for one in find(said, colleagues(tx, scope))]
        _changed(tx, scope, note, "edited")
    return note.id


def delete_note(tx: Tx, scope: Scope, note_id: UUID) -> None:
    """Take a note out of the thread. Raises Forbidden for somebody else's, NotFound."""
    note = _own(tx, scope, note_id)
    note.deleted_at = clock.now()
    _changed(tx, scope, note, "deleted")


def restore_note(tx: Tx, scope: Scope, note_id: UUID) -> None:
    """Put a deleted note back where it was. Raises Forbidden for somebody else's, NotFound."""
    note = _own(tx, scope, note_id, deleted=True)
    note.deleted_at = None
    _changed(tx, scope, note, "restored")


def not_told(tx: Tx, scope: Scope, note_id: UUID) -> tuple[str, ...]:
    """Who is named in a note but may not see its conversation, and so is not told, by name."""
    note = tx.get(Note, note_id)
    if note is None or not note.mentions:
        return ()
    people, meant = colleagues(tx, scope), named(note.mentions)
    seeing = who_see(tx, scope, note.lead_id, people)
    return tuple(one.name for one in people if one.user_id in meant - seeing)


def _said(body: str) -> str:
    said = unicodedata.normalize("NFC", body.strip().replace("\x00", ""))
    if not said or len(said) > NOTE_LENGTH:
        raise Invalid(f"A note needs between 1 and {NOTE_LENGTH} characters.")
    return said


def _own(tx: Tx, scope: Scope, note_id: UUID, *, deleted: bool = False) -> Note:
    """A note of who acts, locked after its conversation."""
    lead_id = tx.scalar(select(Note.lead_id).where(Note.id == note_id, Note.workspace_id == scope.workspace_id))
    if lead_id is None:
        raise NotFound("This note is not here (any more).")
    locked(tx, scope, lead_id)
    note = tx.get(Note, note_id, with_for_update=True, populate_existing=True)
    if note is None or (note.deleted_at is not None) != deleted:
        raise NotFound("This note is not here (any more).")
    if note.author_id is None or note.author_id != scope.user_id:
        raise Forbidden("Only who wrote a note can change it.")
    return note


def _changed(tx: Tx, scope: Scope, note: Note, change: str) -> UUID:
    tx.flush()
    events.record(tx, scope, events.NoteChanged(lead_id=note.lead_id, note_id=note.id, change=change))
    return note.id

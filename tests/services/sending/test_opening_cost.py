"""Opening a conversation is the most frequent click: it may not become dearer by a statement that nobody noticed."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import inbox, workbench

# Ten that read, and the one that takes the scope's identity.
MOST = 11


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that is sent to the database inside the block, whichever way it goes."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(cursor: psycopg.Cursor, query: object, *arguments: object, **options: object) -> psycopg.Cursor:
        sent.append(str(query))
        return execute(cursor, query, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", noted)
        yield sent


@pytest.fixture
def busy(stage: Stage):
    """A lead with everything beside the thread: two channels, a draft, a note, answers waiting and failed."""
    lead_id, mara = stage.lead_writes("emailbison"), stage.world.as_mara
    stage.lead_writes("ghl", first_name="Dana", last_name="Kessler", email="dana@northwind.example")
    stage.draft(lead_id)
    stage.queue(lead_id, "sms", "It is 900 a month.")
    with db.transaction(mara) as tx:
        inbox.add_note(tx, mara, lead_id, body="She asked by phone, too.")
    return lead_id


def test_opening_a_conversation_asks_a_counted_number_of_things(stage: Stage, busy, monkeypatch: pytest.MonkeyPatch) -> None:
    with statements(monkeypatch) as sent, db.transaction(stage.world.as_mara) as tx:
        view = workbench.open_conversation(tx, stage.world.as_mara, busy)
    asked = [each for each in sent if "savepoint" not in each.lower()]
    assert view.draft and view.pending and len(view.ways) == 2 and {item.kind for item in view.items} >= {"message", "note"}
    assert len(asked) <= MOST, "\n".join(asked)

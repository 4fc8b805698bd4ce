"""Does a history that tells of a message without a word change anything? It must not."""

from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.integrations.base import Event, Person
from zrg_app.kit import clock, db
from zrg_app.kit.scope import workspace_system
from zrg_app.services.sync import importing


def test_a_message_without_words_or_files_is_not_imported(world: World) -> None:
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied"))
    lead_id, scope = rows(world.acme, "select id from lead")[0].id, workspace_system(world.acme, "test")
    empty = Event(kind="reply", channel="email", person=Person(), external_id="990", dedupe_key="emailbison:990", sent_at=clock.now())
    with db.transaction(scope) as tx:
        assert importing.take_in(tx, scope, lead_id, "emailbison", [empty]).new == 0
    assert len(rows(world.acme, "select id from message")) == 1

"""What people do with a conversation: assigning, finishing, and never standing in each other's way."""

from uuid import UUID

import pytest

from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import clock, db
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import system
from zrg_app.models import Conversation, User
from zrg_app.services import inbox, leads


def conversation(world: World) -> UUID:
    """Dana's conversation in Acme, with nothing in it."""
    with db.transaction(world.as_mara) as tx:
        lead_id = leads.find_or_create(tx, world.as_mara, Person(first_name="Dana", email="dana@northwind.example"), region=None).lead_id
        tx.add(Conversation(lead_id=lead_id, workspace_id=world.acme, channel="email", snippet="", last_message_at=clock.now(),
                            last_direction="inbound"))
    return lead_id


def assignee(world: World, lead_id: UUID) -> UUID | None:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Conversation, lead_id).assignee_id


def test_a_conversation_is_given_to_the_owner_or_a_member_and_taken_back(world: World) -> None:
    lead_id = conversation(world)
    for person in (world.ben, world.mara, None):
        with db.transaction(world.as_mara) as tx:
            inbox.assign(tx, world.as_mara, lead_id, user_id=person)
        assert assignee(world, lead_id) == person


def test_nobody_of_another_workspace_can_be_made_responsible(world: World) -> None:
    lead_id = conversation(world)
    with pytest.raises(NotFound), db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, lead_id, user_id=world.nils)
    assert assignee(world, lead_id) is None


def test_nobody_whose_login_is_closed_can_be_made_responsible(world: World) -> None:
    lead_id = conversation(world)
    with db.transaction(system("close a login")) as tx:
        tx.get(User, world.ben).disabled_at = clock.now()
    with pytest.raises(NotFound), db.transaction(world.as_mara) as tx:
        inbox.assign(tx, world.as_mara, lead_id, user_id=world.ben)

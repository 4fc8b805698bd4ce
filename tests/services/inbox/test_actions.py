"""What people do with a conversation: assigning, finishing, and never standing in each other's way."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import clock, db
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models import Conversation, User
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import inbox, leads, sentiment
from zrg_app.services.inbox.actions import locked
from zrg_app.services.sentiment.policy import Verdict


def conversation(world: World) -> UUID:
    """Dana's conversation in Acme, with nothing in it."""
    with db.transaction(world.as_mara) as tx:
        dana = Person(first_name="Dana", email="dana@northwind.example")
        lead_id = leads.find_or_create(tx, world.as_mara, dana, region=None).lead_id
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


def test_finishing_does_not_wait_for_a_lead_that_is_being_changed(committed_world: World) -> None:
    # The audit row's reference takes a share of the lead: a plain FOR UPDATE there, and the two deadlock over the conversation.
    world, lead_id = committed_world, conversation(committed_world)
    verdict = Verdict(sentiment=Sentiment.INTERESTED, source=SentimentSource.PERSON, reason="Ben says so.")
    changes = (lambda tx, scope: leads.block_sms(tx, scope, lead_id, reason="dnd"),
               lambda tx, scope: leads.update(tx, scope, lead_id, expected_updated_at=None, company="Northwind"),
               lambda tx, scope: leads.unblacklist(tx, scope, lead_id))
    for change in changes:
        with ThreadPoolExecutor(1) as other, db.transaction(world.as_ben) as tx:
            change(tx, world.as_ben)
            other.submit(finish_at_once, world.as_mara, lead_id).result(timeout=20)
    with ThreadPoolExecutor(1) as other:
        with db.transaction(world.as_mara) as tx:
            locked(tx, world.as_mara, lead_id)
            waiting = other.submit(label, world.as_ben, lead_id, verdict)
            tx.execute(text("select pg_sleep(0.3)"))
            inbox.done(tx, world.as_mara, lead_id)
        waiting.result(timeout=20)


def finish_at_once(scope: Scope, lead_id: UUID) -> None:
    with db.transaction(scope) as tx:
        tx.execute(text("set local lock_timeout = '2s'"))
        inbox.done(tx, scope, lead_id)
        inbox.reopen(tx, scope, lead_id)


def label(scope: Scope, lead_id: UUID, verdict: Verdict) -> None:
    with db.transaction(scope) as tx:
        sentiment.decide(tx, scope, lead_id, lead_id, verdict)

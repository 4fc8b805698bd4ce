"""Who is told of what: named people who may see it, the one a conversation is given to, and its owner when the lead writes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.inbox.test_actions import conversation
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models import Member, Message, Notification, User, WorkspaceSettings
from zrg_app.services import access, events, inbox, notifications
from zrg_app.services.ops import retention


def told(scope: Scope) -> list[tuple[str, str, bool]]:
    """The bell of a person: what happened, the words, whether it is unread."""
    with db.transaction(scope) as tx:
        seen = notifications.bell(tx, scope)
    assert seen.unread == sum(item.is_unread for item in seen.items)
    return [(item.what, item.words, item.is_unread) for item in seen.items]


def do(scope: Scope, action: Callable, *arguments: object, **options: object) -> object:
    """One action in one transaction."""
    with db.transaction(scope) as tx:
        return action(tx, scope, *arguments, **options)


def joins(world: World, name: str, role: str) -> Scope:
    """Somebody more in Acme Growth."""
    user_id = ids.new_id()
    with db.transaction(system("add a person")) as tx:
        tx.add(User(id=user_id, email=f"{user_id}@agency.example", name=name))
        tx.flush()
        tx.add(Member(workspace_id=world.acme, user_id=user_id, role=role))
    return Scope(actor=world.as_mara.actor.__class__(kind="user", name=name, id=user_id), workspace_id=world.acme)


def replies(world: World, lead_id: UUID, body: str, *, automatic: bool = False) -> None:
    """The lead writes."""
    scope = Scope(actor=world.as_mara.actor.__class__(kind="provider", name="EmailBison"), workspace_id=world.acme)
    message_id = ids.new_id()
    with db.transaction(scope) as tx:
        tx.add(Message(id=message_id, workspace_id=world.acme, lead_id=lead_id, channel="email", direction="inbound",
                       provider="emailbison", dedupe_key=f"test:{message_id}", body=body, sent_at=clock.now(), is_automatic=automatic))
        tx.flush()
        events.record(tx, scope, events.ReplyReceived(lead_id=lead_id, message_id=message_id, channel="email"))


def test_who_is_named_in_a_note_is_told_once_with_its_words(world: World) -> None:
    lead_id = conversation(world)
    note_id = do(world.as_mara, inbox.add_note, lead_id, body="@Ben Ortiz and\n @ben ortiz,  please call")
    assert told(world.as_ben) == [("Mara Reyes named you in a note", "@Ben Ortiz and @ben ortiz, please call", True)]
    with db.transaction(world.as_ben) as tx:
        item, = notifications.bell(tx, world.as_ben).items
    assert (item.lead, item.lead_id, item.note_id) == ("Dana", str(lead_id), str(note_id))
    do(world.as_mara, notifications.tell_mentioned, note_id)
    assert len(told(world.as_ben)) == 1


def test_nobody_is_told_of_their_own_note_and_nobody_else_hears(world: World) -> None:
    do(world.as_mara, inbox.add_note, conversation(world), body="@Mara Reyes remember this")
    assert told(world.as_mara) == told(world.as_ben) == told(world.as_nils) == []


def test_two_people_of_one_name_are_both_told_unless_the_address_tells_them_apart(world: World) -> None:
    first, second = joins(world, "Chris Vale", "SETTER"), joins(world, "Chris  Vale", "INBOX_MANAGER")
    do(world.as_mara, inbox.add_note, lead_id := conversation(world), body="@Chris Vale look")
    assert len(told(first)) == len(told(second)) == 1
    do(world.as_mara, inbox.add_note, lead_id, body=f"@Chris Vale ({second.user_id}@agency.example) only you")
    assert (len(told(first)), len(told(second))) == (1, 2)


def test_somebody_removed_or_of_another_workspace_is_named_by_nobody(world: World) -> None:
    do(world.as_mara, access.membership.remove_member, world.ben)
    do(world.as_mara, inbox.add_note, conversation(world), body="@Ben Ortiz @Nils Birch hello")
    assert told(world.as_ben) == told(world.as_nils) == []


def test_who_may_not_see_the_conversation_is_marked_but_not_told(world: World) -> None:
    lead_id = conversation(world)
    manager = joins(world, "Ina Grün", "INBOX_MANAGER")
    with db.transaction(world.as_mara) as tx:
        tx.get(WorkspaceSettings, world.acme).setters_see_own_only = True
    note_id = do(world.as_mara, inbox.add_note, lead_id, body="@Ben Ortiz @Ina Grün look")
    assert told(world.as_ben) == [] and len(told(manager)) == 1
    assert do(world.as_mara, inbox.not_told, note_id) == ("Ben Ortiz",)
    do(world.as_mara, inbox.assign, lead_id, user_id=world.ben)
    do(world.as_mara, notifications.tell_mentioned, note_id)
    assert [what for what, *_ in told(world.as_ben)] == ["Mara Reyes named you in a note", "Mara Reyes gave you this conversation"]
    do(world.as_mara, inbox.assign, lead_id, user_id=None)
    assert told(world.as_ben) == []


def test_an_edited_note_tells_who_is_new_in_it_and_withdraws_what_nobody_had_seen(world: World) -> None:
    manager = joins(world, "Ina Grün", "INBOX_MANAGER")
    note_id = do(world.as_mara, inbox.add_note, conversation(world), body="@Ben Ortiz look")
    do(world.as_mara, inbox.edit_note, note_id, body="@Ina Grün look")
    assert told(world.as_ben) == [] and len(told(manager)) == 1
    do(manager, notifications.read_all)
    do(world.as_mara, inbox.edit_note, note_id, body="@Ina Grün look again")
    assert told(manager) == [("Mara Reyes named you in a note", "@Ina Grün look again", False)]


def test_a_deleted_note_is_told_of_no_more_until_it_is_put_back(world: World) -> None:
    note_id = do(world.as_mara, inbox.add_note, conversation(world), body="@Ben Ortiz look")
    do(world.as_mara, inbox.delete_note, note_id)
    assert told(world.as_ben) == []
    do(world.as_mara, inbox.restore_note, note_id)
    assert [unread for *_, unread in told(world.as_ben)] == [True]


def test_a_conversation_given_by_somebody_else_is_told_and_taken_back_quietly(world: World) -> None:
    lead_id = conversation(world)
    do(world.as_ben, inbox.assign, lead_id, user_id=world.ben)
    assert told(world.as_ben) == []
    do(world.as_mara, inbox.assign, lead_id, user_id=world.mara)
    assert told(world.as_mara) == []
    for _ in range(2):
        do(world.as_mara, inbox.assign, lead_id, user_id=world.ben)
    assert told(world.as_ben) == [("Mara Reyes gave you this conversation", "", True)]
    do(world.as_mara, inbox.assign, lead_id, user_id=None)
    assert told(world.as_ben) == []


def test_what_nobody_had_seen_of_a_conversation_that_went_another_way_is_not_told_any_more(world: World) -> None:
    lead_id = conversation(world)
    do(world.as_mara, inbox.assign, lead_id, user_id=world.ben)
    replies(world, lead_id, "Hello")
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update conversation set assignee_id = null where lead_id = :lead"), {"lead": lead_id})
    assert told(world.as_ben) == []


def test_replies_in_a_conversation_of_ones_own_are_one_line_however_many_and_none_for_machines(world: World) -> None:
    lead_id = conversation(world)
    replies(world, lead_id, "Nobody's yet")
    do(world.as_ben, inbox.assign, lead_id, user_id=world.ben)
    replies(world, lead_id, "I am away", automatic=True)
    assert told(world.as_ben) == []
    replies(world, lead_id, "First")
    replies(world, lead_id, "Second")
    assert told(world.as_ben) == [("Dana wrote in a conversation of yours", "Second", True)]
    do(world.as_ben, notifications.read_of, lead_id)
    assert told(world.as_ben) == [("Dana wrote in a conversation of yours", "Second", False)]
    replies(world, lead_id, "Third")
    assert told(world.as_ben) == [("Dana wrote in a conversation of yours", "Third", True)]


def test_people_read_and_settle_their_own_only(world: World) -> None:
    lead_id = conversation(world)
    do(world.as_mara, inbox.add_note, lead_id, body="@Ben Ortiz look")
    with db.transaction(world.as_ben) as tx:
        item, = notifications.bell(tx, world.as_ben).items
    for stranger in (world.as_mara, world.as_nils):
        with pytest.raises(NotFound):
            do(stranger, notifications.read, UUID(item.id))
        do(stranger, notifications.read_all)
        do(stranger, notifications.read_of, lead_id)
    assert [unread for *_, unread in told(world.as_ben)] == [True]
    assert do(world.as_ben, notifications.read, UUID(item.id)).id == item.id
    assert [unread for *_, unread in told(world.as_ben)] == [False]


def test_a_notification_of_one_workspace_is_not_there_in_another(world: World) -> None:
    do(world.as_mara, inbox.add_note, conversation(world), body="@Ben Ortiz look")
    with db.transaction(world.as_nils) as tx:
        assert tx.scalar(text("select count(*) from notification")) == 0
        assert tx.execute(text("delete from notification")).rowcount == 0
    with db.transaction(world.as_ben.within(world.birch)) as tx:
        assert notifications.bell(tx, world.as_ben.within(world.birch)).items == ()


def test_a_note_whose_transaction_fails_tells_nobody(world: World) -> None:
    lead_id = conversation(world)
    with pytest.raises(RuntimeError), db.transaction(world.as_mara) as tx:
        inbox.add_note(tx, world.as_mara, lead_id, body="@Ben Ortiz look")
        raise RuntimeError
    assert told(world.as_ben) == []


def test_what_was_read_long_ago_is_dropped_at_night_and_what_was_not_stays(committed_world: World) -> None:
    world, lead_id = committed_world, conversation(committed_world)
    old, now = clock.now() - timedelta(days=91), clock.now()
    with db.transaction(world.as_mara) as tx:
        for read_at in (old, None, now):
            tx.add(Notification(workspace_id=world.acme, user_id=world.ben, lead_id=lead_id, kind="mentioned", source_id=ids.new_id(),
                                actor_name="Mara", words="", created_at=old, read_at=read_at))
    assert retention.prune(system("a test"))["notifications"] == 1
    assert sorted(unread for *_, unread in told(world.as_ben)) == [False, True]

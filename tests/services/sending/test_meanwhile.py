"""An answer written over what has changed since is held back once, and never twice nor for one's own words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Conflict
from zrg_app.kit.scope import Scope
from zrg_app.models import Draft, Message, OutboundMessage
from zrg_app.services import drafting, sending
from zrg_app.services.inbox import meanwhile


def seen(world: World, lead: UUID) -> str:
    """What a screen that is read now shows."""
    with db.transaction(world.as_mara) as tx:
        return meanwhile.seen_of(meanwhile.latest(tx, world.as_mara, lead))


def answer(world: World, scope: Scope, lead: UUID, seen: str | None, *, nonce: str = "", **options) -> UUID:
    with db.transaction(scope) as tx:
        return sending.queue(tx, scope, lead, channel="email", body=f"Words of {scope.actor.name}", sent_by="setter",
                             idempotency_key=nonce or str(ids.new_id()), seen=seen, **options)


def writes(world: World, lead: UUID, *, hours_ago: float = 0, **values) -> None:
    """The lead writes once more, or a machine of theirs does."""
    with db.transaction(world.as_mara) as tx:
        tx.add(Message(workspace_id=world.acme, lead_id=lead, channel="email", direction="inbound", provider="emailbison",
                       dedupe_key=str(ids.new_id()), body="Never mind, we chose somebody else.", from_name="Dana Kessler",
                       sent_at=clock.now() - timedelta(hours=hours_ago), thread={"reply_id": 72, "sender_email_id": 3}, **values))


def sent_by(world: World) -> list[str]:
    with db.transaction(world.as_mara) as tx:
        return sorted(row.body for row in tx.query(OutboundMessage) if row.status != "cancelled")


def test_a_colleagues_answer_is_told_before_mine_leaves_and_mine_leaves_once_i_have_seen_it(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    before = seen(world, lead)
    answer(world, world.as_ben, lead, before)
    with pytest.raises(meanwhile.CameBetween, match=r"Ben Ortiz answered meanwhile: “Words of Ben Ortiz” Yours was not sent"):
        answer(world, world.as_mara, lead, before)
    assert sent_by(world) == ["Words of Ben Ortiz"]
    answer(world, world.as_mara, lead, seen(world, lead))
    assert sent_by(world) == ["Words of Ben Ortiz", "Words of Mara Reyes"]


def test_what_the_lead_wrote_meanwhile_is_told_and_a_machines_note_is_not(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    before = seen(world, lead)
    writes(world, lead, is_automatic=True)
    answer(world, world.as_mara, lead, before)
    writes(world, lead)
    with pytest.raises(meanwhile.CameBetween, match="Dana Kessler wrote meanwhile"):
        answer(world, world.as_mara, lead, before)


def test_older_mail_that_a_reading_of_history_brought_in_is_no_news(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    before = seen(world, lead)
    writes(world, lead, hours_ago=40)
    answer(world, world.as_mara, lead, before)


def test_ones_own_answers_and_answers_taken_back_are_no_news_and_a_second_click_sends_nothing(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    before = seen(world, lead)
    first = answer(world, world.as_mara, lead, before, nonce="first-click")
    theirs = answer(world, world.as_ben, lead, None)
    assert answer(world, world.as_mara, lead, before, nonce="first-click") == first, "the second click finds the first one's message"
    with db.transaction(world.as_ben) as tx:
        sending.undo(tx, world.as_ben, theirs)
    answer(world, world.as_mara, lead, before)


def test_confirming_one_answer_does_not_confirm_the_next(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    answer(world, world.as_ben, lead, None)
    confirmed = seen(world, lead)
    writes(world, lead)
    with pytest.raises(meanwhile.CameBetween, match="Dana Kessler wrote"):
        answer(world, world.as_mara, lead, confirmed)


@pytest.mark.parametrize("hostile", ["", "nonsense", "...", "x" * 200])
def test_whoever_saw_nothing_is_told_of_everything(world: World, hostile: str) -> None:
    with pytest.raises(meanwhile.CameBetween):
        answer(world, world.as_mara, wrote(world, "Dana"), hostile)


def test_two_people_with_the_same_draft_never_lose_the_words_of_the_second(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5, draft="Hi Dana")
    before = seen(world, lead)
    with db.transaction(world.as_mara) as tx:
        draft_id = tx.query(Draft.id).filter(Draft.lead_id == lead).scalar()

    def approve(scope: Scope, body: str, told: str | None) -> UUID:
        with db.transaction(scope) as tx:
            return drafting.approve(tx, scope, draft_id, body=body, seen=told)

    first = approve(world.as_ben, "Hi Dana, Ben here", before)
    assert approve(world.as_ben, "Hi Dana, Ben here", before) == first
    with pytest.raises(meanwhile.CameBetween, match="Ben Ortiz answered"):
        approve(world.as_mara, "Hi Dana, Mara here", before)
    with pytest.raises(Conflict, match="Your words are kept"):
        approve(world.as_mara, "Hi Dana, Mara here", seen(world, lead))
    assert approve(world.as_mara, "", None) == first, "who says nothing of what they saw finds the message that is there, as before"
    assert sent_by(world) == ["Hi Dana, Ben here"]


def test_of_two_who_let_go_at_the_same_moment_exactly_one_is_asked(committed_world: World) -> None:
    world = committed_world
    for _ in range(5):
        lead = wrote(world, "Dana", minutes_ago=5)
        before = seen(world, lead)

        def press(scope: Scope, lead: UUID = lead, before: str = before) -> str:
            try:
                answer(world, scope, lead, before)
            except meanwhile.CameBetween:
                return "asked"
            return "sent"

        with ThreadPoolExecutor(2) as people:
            assert sorted(people.map(press, (world.as_mara, world.as_ben))) == ["asked", "sent"]

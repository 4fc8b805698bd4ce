"""Is the demo world complete, believable to the product, and the same each time it is written?"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, text
from sqlmodel import select

from zrg_app.demo import people, world
from zrg_app.demo.talks import campaigns, talks
from zrg_app.kit import db, vault
from zrg_app.kit.errors import Conflict, Refused
from zrg_app.kit.scope import system, workspace_system
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, Conversation, Draft, Lead, Message, Note, User
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.access import passwords
from zrg_app.services.inbox.listing import list_page
from zrg_app.services.inbox.views import ListFilter

NOW = datetime(2026, 11, 20, 16, 2, tzinfo=UTC)
_SAID = """
select l.email, m.channel, m.direction, m.subject, m.body, m.sent_at, m.thread, m.dedupe_key
from message m join lead l on l.id = m.lead_id order by l.email, m.sent_at
"""


@pytest.fixture
def seeded(database: str) -> world.Seeded:
    return world.seed(now=NOW)


def _said() -> list:
    with db.transaction(system("read the demo world")) as tx:
        return list(tx.execute(text(_SAID)))


def test_about_sixty_people_show_every_sentiment_and_state(seeded: world.Seeded) -> None:
    with db.transaction(system("look at the demo world")) as tx:
        conversations = tx.scalars(select(Conversation)).all()
        assert 55 <= seeded.leads <= 70
        assert {each.sentiment for each in conversations} == set(Sentiment)
        assert {each.channel for each in conversations} == {"email", "sms"}
        assert sum(each.has_draft for each in conversations) == tx.scalar(select(func.count()).select_from(Draft)) > 10
        assert all(any(getattr(each, name) for each in conversations)
                   for name in ("done_at", "snoozed_until", "assignee_id", "unread_count", "needs_reply"))
        assert tx.scalar(select(func.count()).select_from(Lead).where(Lead.sms_dnd)) == 2
        assert tx.scalar(select(func.count()).select_from(Lead).where(Lead.status == "blacklisted")) == 3
        assert tx.scalar(select(func.count()).select_from(Note)) >= 3


def test_the_demo_login_opens_the_door(seeded: world.Seeded) -> None:
    with db.transaction(system("look at the demo world")) as tx:
        mara = tx.scalars(select(User).where(User.email == people.MARA.email)).one()
    assert passwords.matches(mara.password_hash, people.PASSWORD)


def test_the_inbox_lists_dana_first(seeded: world.Seeded) -> None:
    scope = workspace_system(seeded.workspace_id, "look at the demo inbox")
    with db.transaction(scope) as tx:
        page = list_page(tx, scope, ListFilter(view="reply"))
    assert page.rows[0].name == "Dana Kessler"
    assert page.rows[0].sentiment == "Meeting Requested"
    assert page.rows[1].name == "Tomas Oliveira"


def test_every_mail_of_a_lead_can_be_answered_in_its_thread(seeded: world.Seeded) -> None:
    replies = [row for row in _said() if row.channel == "email" and row.direction == "inbound"]
    assert replies
    assert all(row.thread["reply_id"].isdigit() and row.thread["sender_email_id"].isdigit() for row in replies)


def test_the_same_instant_gives_the_same_world(database: str) -> None:
    texts = []
    for _ in range(2):
        world.seed(now=NOW)
        texts.append(_said())
        with db.transaction(system("begin again")) as tx:
            tx.execute(text("delete from workspace"))
            tx.execute(text("delete from app_user"))
    assert texts[0] == texts[1]


def test_credentials_are_sealed_and_name_the_sandbox_accounts(seeded: world.Seeded) -> None:
    with db.transaction(system("look at the demo world")) as tx:
        found = {each.provider: each for each in tx.scalars(select(Connection))}
    assert vault.unseal(found["ghl"].credentials)["location_id"] == people.GHL_LOCATION
    assert vault.unseal(found["emailbison"].credentials)["workspace_id"] == people.EMAILBISON_WORKSPACE
    assert "token" not in found["ghl"].credentials


def test_no_text_has_an_open_place_and_no_time_lies_ahead(seeded: world.Seeded) -> None:
    with db.transaction(system("look at the demo world")) as tx:
        messages = tx.scalars(select(Message)).all()
    assert all("{" not in message.body + (message.subject or "") for message in messages)
    assert all(message.sent_at <= NOW for message in messages)
    assert len({(message.lead_id, message.sent_at) for message in messages}) == len(messages)
    assert all(talk.keys["campaign"] in campaigns() for talk in talks())


def test_a_world_with_people_is_not_written_over(seeded: world.Seeded) -> None:
    assert not world.is_empty()
    with pytest.raises(Conflict):
        world.seed(now=NOW)


def test_production_gets_no_known_password(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZRG_ENVIRONMENT", "production")
    settings.cache_clear()
    try:
        with pytest.raises(Refused):
            world.seed(now=NOW)
    finally:
        monkeypatch.undo()
        settings.cache_clear()

"""Which steps do the tests of auto-send take again and again? A lead writes, a draft is made, auto-send decides, time passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db, ids
from zrg_app.kit.scope import system
from zrg_app.models import Campaign
from zrg_app.services import autosend, drafting, sentiment
from zrg_app.services.drafting.flows import write

INTERESTED = "Sounds great, I am interested."
DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}


def campaign(desk: Stage, **values: object) -> UUID:
    """A campaign that answers by itself, unless `values` say otherwise."""
    campaign_id = ids.new_id()
    with db.transaction(desk.as_job) as tx:
        tx.add(Campaign(**{"id": campaign_id, "workspace_id": desk.world.acme, "provider": "emailbison", "external_id": str(campaign_id),
                           "name": "Autumn", "response_mode": "AI_AUTO_SEND"} | values))
    return campaign_id


def setting(desk: Stage, **values: object) -> None:
    """Set columns of the workspace's settings."""
    with db.transaction(system("set up a test")) as tx:
        for name, value in values.items():
            tx.execute(text(f"update workspace_settings set {name} = :value where workspace_id = :id"), {
                "value": value, "id": desk.world.acme})


def newest(desk: Stage, lead_id: UUID) -> UUID:
    """The lead's newest reply."""
    return desk.sql("select id from message where lead_id = :lead and direction = 'inbound' order by sent_at desc, id desc limit 1",
                    lead=lead_id)[0][0]


def drafted(desk: Stage, body: str = INTERESTED, *, campaign_id: UUID | None = None, provider: str = "emailbison") -> UUID:
    """Let a lead of the campaign write; the draft that answers them."""
    lead_id = desk.lead_writes(provider, body)
    with db.transaction(system("set up a test")) as tx:
        tx.execute(text("update lead set campaign_id = :campaign where id = :lead"), {"campaign": campaign_id, "lead": lead_id})
    message_id = newest(desk, lead_id)
    sentiment.understand_reply(desk.as_job, message_id=message_id)
    with db.transaction(desk.as_job) as tx:
        drafting.draft_reply(tx, desk.as_job, message_id=message_id)
    draft_id = desk.sql("select id from draft where trigger_message_id = :id", id=message_id)[0][0]
    write(desk.as_job, draft_id=draft_id, generation=1)
    return draft_id


def decided(desk: Stage, body: str = INTERESTED, *, provider: str = "emailbison", **values: object) -> UUID:
    """The same, and auto-send has decided about it; returns the draft's id."""
    draft_id = drafted(desk, body, campaign_id=campaign(desk, **values), provider=provider)
    autosend.consider(desk.as_job, draft_id=draft_id, generation=1)
    return draft_id


def decision(desk: Stage, draft_id: UUID):
    """The newest decision about a draft; None when there is none."""
    found = desk.sql("select * from auto_send_decision where draft_id = :id order by generation desc limit 1", id=draft_id)
    return found[0] if found else None


def draft(desk: Stage, draft_id: UUID):
    """The row of a draft."""
    return desk.sql("select * from draft where id = :id", id=draft_id)[0]


@contextmanager
def when_due(desk: Stage, draft_id: UUID) -> Iterator[datetime]:
    """Hold the clock right after the moment at which a draft is to leave."""
    at = max(decision(desk, draft_id).due_at, clock.now()) + timedelta(seconds=1)
    with clock.frozen(at):
        yield at


def send_due(desk: Stage, draft_id: UUID) -> dict | None:
    """Let the moment of a draft come: the job of auto-send runs, then those of the outbox."""
    found = decision(desk, draft_id)
    with when_due(desk, draft_id) as at:
        done = autosend.send(desk.as_job, decision_id=found.id)
        desk.run_jobs(until=at + timedelta(minutes=1))
    return done

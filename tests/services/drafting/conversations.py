"""How does a lead's reply become a draft in tests: labelled, claimed and written on the desk?"""

from uuid import UUID

from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import drafting, sentiment
from zrg_app.services.drafting.flows import write

QUESTION = "Could you send me your pricing for three sites?"


def newest(desk: Stage, lead_id: UUID) -> UUID:
    """The lead's newest message."""
    return desk.sql("select id from message where lead_id = :lead and direction = 'inbound' order by sent_at desc, id desc limit 1",
                    lead=lead_id)[0][0]


def understood(desk: Stage, body: str = QUESTION, provider: str = "emailbison") -> UUID:
    """A lead who wrote and was labelled."""
    lead_id = desk.lead_writes(provider, body)
    sentiment.understand_reply(desk.as_job, message_id=newest(desk, lead_id))
    return lead_id


def claimed(desk: Stage, body: str = QUESTION, provider: str = "emailbison") -> UUID:
    """A lead whose reply was labelled and whose draft is to be written; returns the draft's id."""
    lead_id = understood(desk, body, provider)
    with db.transaction(desk.as_job) as tx:
        drafting.draft_reply(tx, desk.as_job, message_id=newest(desk, lead_id))
    return desk.sql("select id from draft where lead_id = :lead order by created_at desc limit 1", lead=lead_id)[0][0]


def drafted(desk: Stage, body: str = QUESTION, provider: str = "emailbison") -> UUID:
    """A lead whose reply was labelled and answered by a draft; returns the draft's id."""
    draft_id = claimed(desk, body, provider)
    write(desk.as_job, draft_id=draft_id, generation=1)
    return draft_id


def draft(desk: Stage, draft_id: UUID):
    """The draft's row."""
    return desk.sql("select * from draft where id = :id", id=draft_id)[0]


def steps(desk: Stage, draft_id: UUID, generation: int = 1) -> list:
    """How a generation was made."""
    return desk.sql("select * from draft_step where draft_id = :draft and generation = :generation order by created_at, id",
                    draft=draft_id, generation=generation)

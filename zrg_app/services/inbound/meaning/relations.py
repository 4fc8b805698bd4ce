"""Who is connected with us on LinkedIn now? Known leads only: the account's owner has friends who are nobody's leads."""

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.integrations.outgoing_html import same_words
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import events, leads
from zrg_app.services.inbound.meaning.case import Case, Done, Ignored, Outcome
from zrg_app.services.inbox import ingest

_CONNECT = text("""
update lead set facts = facts || jsonb_build_object('linkedin_connected_at', cast(:at as text)), updated_at = :at
where id = :lead_id and not facts ? 'linkedin_connected_at' returning id
""")
# LinkedIn tells of one connection more than once and late; the first of its times is when it began.
_EARLIER = text("""
update lead set facts = facts || jsonb_build_object('linkedin_connected_at', cast(:at as text))
where id = :lead_id and cast(facts->>'linkedin_connected_at' as timestamptz) > :at
""")
_INVITATIONS = text("""
select id, body from message
where lead_id = :lead_id and channel = 'linkedin' and direction = 'outbound' and external_id like 'invitation:%'
order by sent_at desc limit 20
""")
_NAME = text("update message set external_id = :external_id, thread = thread || jsonb_build_object('chat_id', cast(:chat as text)) "
             "where id = :id")


def connected(tx: Tx, scope: Scope, event: Event, *, region: str | None) -> Outcome:
    """A new relation: the lead of that member id or profile learns the id and is marked as connected, once."""
    match = leads.find(tx, scope, event.person, region=region)
    if match is None:
        return Ignored(reason="relation_of_unknown_lead")
    told = {"lead_id": match.lead_id, "at": event.sent_at}
    if tx.execute(_CONNECT, told).scalar_one_or_none():
        events.record(tx, scope, events.LinkedinConnected(lead_id=match.lead_id))
    else:
        tx.execute(_EARLIER, told)
    return Done()


def own_note(case: Case) -> ingest.Inserted | None:
    """Our invitation whose note a told message of ours is: LinkedIn opens the chat with it once it is accepted."""
    event = case.event
    if not event.external_id:
        return None
    rows = case.tx.execute(_INVITATIONS, {"lead_id": case.lead_id}).all()
    row = next((row for row in rows if same_words(row.body) == same_words(event.text or "")), None)
    if row is None:
        return None
    case.tx.execute(_NAME, {"id": row.id, "external_id": event.external_id, "chat": event.thread.get("chat_id")})
    return ingest.Inserted(message_id=row.id, is_new=False)

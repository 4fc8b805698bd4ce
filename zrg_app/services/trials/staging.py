"""How is a message that never came put before the pipeline? As rows of a savepoint that is rolled back, so nothing is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services.sentiment import status_for
from zrg_app.services.trials.cases import Case

_LEAD = "select id, status, campaign_id from lead where id = %(id)s and workspace_id = %(workspace)s"
_CAMPAIGN = "select id from campaign where id = %(id)s and workspace_id = %(workspace)s"
_MESSAGE = "select m.id, m.lead_id from message m where m.id = %(id)s and m.workspace_id = %(workspace)s and m.direction = 'inbound'"
_MAKE_LEAD = """
insert into lead (id, workspace_id, first_name, last_name, email, company, campaign_id, status, created_at, updated_at)
values (%(id)s, %(workspace)s, %(first_name)s, 'Trial', %(email)s, %(company)s, %(campaign)s, 'new', %(now)s, %(now)s)
"""
_MAKE_CONVERSATION = """
insert into conversation (lead_id, workspace_id, channel, snippet, last_message_at, last_direction, needs_reply, updated_at)
values (%(lead)s, %(workspace)s, %(channel)s, '', %(now)s, 'inbound', true, %(now)s)
on conflict (lead_id) do update set needs_reply = true, done_at = null, snoozed_until = null
"""
_MAKE_MESSAGE = """
insert into message (id, workspace_id, lead_id, channel, direction, provider, dedupe_key, subject, body, raw_text, from_address, from_name,
                     sent_at, created_at, sent_by)
values (%(id)s, %(workspace)s, %(lead)s, %(channel)s, %(direction)s, %(provider)s, %(key)s, %(subject)s, %(body)s, %(body)s,
        %(address)s, %(name)s, %(at)s, %(at)s, %(by)s)
"""
_LABEL = """
update conversation set sentiment = %(label)s, sentiment_source = 'model', sentiment_message_id = %(message)s where lead_id = %(lead)s
"""
_PROVIDERS = {"email": "emailbison", "sms": "ghl", "linkedin": "unipile"}
ADDRESS = "trial@lead.example"


@contextmanager
def staged(tx: Tx, scope: Scope, case: Case, *, label: str = "") -> Iterator[UUID]:
    """The id of the case's message, readable in this transaction while the block runs and gone afterwards.

    With `label` the conversation is labelled so. Raises NotFound for a message, lead or campaign that is not here.
    """
    point = tx.begin_nested()
    try:
        message_id, lead_id = _put(tx, scope, case)
        if label:
            _label(tx, scope, lead_id, message_id, label)
        tx.expire_all()
        yield message_id
    finally:
        point.rollback()


def _put(tx: Tx, scope: Scope, case: Case) -> tuple[UUID, UUID]:
    if case.campaign_id:
        _here(tx, scope, _CAMPAIGN, case.campaign_id, "This campaign is not here (any more).")
    if case.message_id:
        found = _here(tx, scope, _MESSAGE, case.message_id, "This message is not here (any more).")
        _join_campaign(tx, found["lead_id"], case.campaign_id)
        return found["id"], found["lead_id"]
    now = clock.now()
    lead_id = case.lead_id or _made_up(tx, scope, case, now)
    _here(tx, scope, _LEAD, lead_id, "This lead is not here (any more).")
    _join_campaign(tx, lead_id, case.campaign_id)
    driver(tx).execute(_MAKE_CONVERSATION, {"lead": lead_id, "workspace": scope.workspace_id, "channel": case.channel, "now": now})
    for number, one in enumerate(case.earlier):
        _write(tx, scope, case, lead_id, one.get("body", ""), one.get("direction", "outbound"),
               now - timedelta(hours=len(case.earlier) - number))
    return _write(tx, scope, case, lead_id, case.text, "inbound", now), lead_id


def _made_up(tx: Tx, scope: Scope, case: Case, now: datetime) -> UUID:
    lead_id = ids.new_id()
    driver(tx).execute(_MAKE_LEAD, {
        "id": lead_id, "workspace": scope.workspace_id, "first_name": case.first_name or "Alex", "email": ADDRESS,
        "company": case.company or None, "campaign": case.campaign_id, "now": now})
    return lead_id


def _join_campaign(tx: Tx, lead_id: UUID, campaign_id: UUID | None) -> None:
    if campaign_id:
        driver(tx).execute("update lead set campaign_id = %s where id = %s", (campaign_id, lead_id))


def _write(tx: Tx, scope: Scope, case: Case, lead_id: UUID, body: str, direction: str, at: datetime) -> UUID:
    message_id, theirs = ids.new_id(), direction == "inbound"
    driver(tx).execute(_MAKE_MESSAGE, {
        "id": message_id, "workspace": scope.workspace_id, "lead": lead_id, "channel": case.channel, "direction": direction,
        "provider": _PROVIDERS[case.channel], "key": f"trial:{message_id}", "subject": case.subject or None,
        "body": body.replace("\x00", ""), "address": ADDRESS if theirs else None, "name": case.first_name or None, "at": at,
        "by": None if theirs else "campaign"})
    return message_id


def _label(tx: Tx, scope: Scope, lead_id: UUID, message_id: UUID, label: str) -> None:
    lead = _here(tx, scope, _LEAD, lead_id, "This lead is not here (any more).")
    status = status_for(Sentiment(label), LeadStatus(lead["status"]))
    driver(tx).execute("update lead set status = %s where id = %s", (status, lead_id))
    driver(tx).execute(_LABEL, {"label": label, "message": message_id, "lead": lead_id})


def _here(tx: Tx, scope: Scope, statement: str, wanted: UUID, sentence: str) -> dict:
    found = fetch_one(tx, statement, {"id": wanted, "workspace": scope.workspace_id})
    if found is None:
        raise NotFound(sentence)
    return found

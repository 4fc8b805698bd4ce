"""How is a reply understood? Judged between two short transactions; the second writes down what is still wanted."""

from typing import Any
from uuid import UUID

from zrg_app.kit import db
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import events, leads, reading
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sentiment.actions import decide
from zrg_app.services.sentiment.judging import Judged, by_rules, judge
from zrg_app.services.sentiment.policy import Reply

HISTORY = 40
SOURCE = "reply"

_MESSAGE = """
select m.id, m.lead_id, m.channel, m.body, m.subject, m.raw_text, m.raw_html, m.from_address, m.is_automatic, l.first_name, l.email,
       s.default_region,
       case when c.sentiment_message_id = m.id and c.sentiment_source in ('person', 'provider') then c.sentiment_source end as settled_by,
       not exists (select from message later where later.lead_id = m.lead_id and later.direction = 'inbound'
                   and (later.sent_at, later.id) > (m.sent_at, m.id)) as is_newest
from message m join lead l on l.id = m.lead_id join conversation c on c.lead_id = m.lead_id
join workspace_settings s on s.workspace_id = m.workspace_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_HISTORY = """
select id, channel, direction, body, subject, sent_at from message where lead_id = %(lead)s and workspace_id = %(workspace)s
order by sent_at desc, id desc limit %(limit)s
"""


@job("sentiment.understand_reply", tries=4, priority=REPLY_PRIORITY)
def understand_reply(scope: Scope, *, message_id: UUID) -> None:
    """Label a reply and write it down; a newer reply makes the label moot, and what a person or the provider said of it stays.

    That somebody asked not to be written to is never moot, nor covered by the provider's mark of interest.
    """
    with db.transaction(scope) as tx:
        row = _row(tx, scope, message_id)
        if row is None or row["settled_by"] == SentimentSource.PERSON:
            return
        reply = _reply(row)
        judged = by_rules(reply)
        if row["settled_by"] and judged and judged.verdict.sentiment is not Sentiment.BLACKLIST:
            judged = None
        if judged or row["settled_by"] or not row["is_newest"]:
            _write_down(tx, scope, row, judged)
            return
        history = [said for said in history_of(tx, scope, row["lead_id"]) if said["id"] != message_id]
    judged = judge(scope, reply, history, first_name=row["first_name"], lead_id=row["lead_id"])
    with db.transaction(scope) as tx:
        again = _row(tx, scope, message_id)
        if again and not again["settled_by"]:
            _write_down(tx, scope, again, judged)


def history_of(tx: Tx, scope: Scope, lead_id: UUID, *, limit: int = HISTORY) -> list[dict]:
    """The last messages of a lead, oldest first, as the transcript needs them."""
    rows = fetch_all(tx, _HISTORY, {"lead": lead_id, "workspace": scope.workspace_id, "limit": limit})
    return rows[::-1]


def _row(tx: Tx, scope: Scope, message_id: UUID) -> dict[str, Any] | None:
    return fetch_one(tx, _MESSAGE, {"message": message_id, "workspace": scope.workspace_id})


def _write_down(tx: Tx, scope: Scope, row: dict[str, Any], judged: Judged | None) -> None:
    if judged is None:
        return
    verdict = judged.verdict
    if verdict.sentiment is Sentiment.BLACKLIST:
        leads.ask_to_stop(tx, scope, row["id"])
    if row["is_newest"]:
        decide(tx, scope, row["lead_id"], row["id"], verdict)
        _keep_findings(tx, scope, row, judged)
    elif verdict.sentiment is Sentiment.BLACKLIST:
        # The label is the newest reply's, but whatever they wrote next, nothing may be sent to them.
        leads.blacklist(tx, scope, row["lead_id"], reason=verdict.reason)


def _keep_findings(tx: Tx, scope: Scope, row: dict[str, Any], judged: Judged) -> None:
    """Fill what the lead lacks from what they wrote themselves, and tell when they are back."""
    found = judged.analysis
    lead_id = leads.lock_living(tx, row["lead_id"]).id
    if judged.verdict.sentiment is Sentiment.OUT_OF_OFFICE and found.get("return_date"):
        events.record(tx, scope, events.AbsenceNoticed(lead_id=lead_id, message_id=row["id"], returns_on=found["return_date"]))
    own = (row["from_address"] or "").lower() == (row["email"] or "").lower() != ""
    if not own or judged.verdict.sentiment in (Sentiment.BLACKLIST, Sentiment.AUTOMATED_REPLY, Sentiment.OUT_OF_OFFICE):
        return
    phone = next((number for name in ("mobile_phone", "direct_phone")
                  if (number := reading.normalize_phone(found.get(name) or "", row["default_region"]))), None)
    filled = leads.fill(tx, scope, lead_id, source=SOURCE, phone=phone)
    if leads.fill_fact(tx, lead_id, "scheduling_link", found.get("scheduling_link") or "", source=SOURCE):
        filled = (*filled, "scheduling_link")
    if filled:
        events.record(tx, scope, events.LeadEnriched(lead_id=lead_id, source=SOURCE, outcome="success", fields=", ".join(filled)))


def _reply(row: dict[str, Any]) -> Reply:
    return Reply(channel=row["channel"], body=row["body"], subject=row["subject"] or "", raw_text=row["raw_text"] or "",
                 raw_html=row["raw_html"] or "", from_address=row["from_address"] or "", automatic=row["is_automatic"])

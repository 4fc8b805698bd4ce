"""How is a reply understood? Rules without a model first; a model between two short transactions."""

from typing import Any
from uuid import UUID

from zrg_app.kit import clock, db, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import leads, llm
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.llm.transcript import marked, one_line, transcript
from zrg_app.services.sentiment.actions import decide
from zrg_app.services.sentiment.policy import MODEL_LABELS, Reply, Verdict, by_rule, from_model, without_model

log = logs.get_logger()

HISTORY = 40
# A passing failure is tried again by the job; these are not passing.
FINAL = {"missing_key", "spend_limit", "quota", "locked", "rejected", "refused", "malformed", "incomplete"}

SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["label", "confidence", "reason"],
    "properties": {"label": {"type": "string", "enum": [str(label) for label in MODEL_LABELS]},
                   "confidence": {"type": "number"}, "reason": {"type": "string"}}}

_MESSAGE = """
select m.id, m.lead_id, m.channel, m.body, m.subject, m.raw_text, m.raw_html, m.from_address, m.is_automatic, l.first_name,
       case when c.sentiment_message_id = m.id and c.sentiment_source in ('person', 'provider') then c.sentiment_source end as settled_by,
       not exists (select from message later where later.lead_id = m.lead_id and later.direction = 'inbound'
                   and (later.sent_at, later.id) > (m.sent_at, m.id)) as is_newest
from message m join lead l on l.id = m.lead_id join conversation c on c.lead_id = m.lead_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_HISTORY = """
select channel, direction, body, subject, sent_at from message where lead_id = %(lead)s and workspace_id = %(workspace)s
order by sent_at desc, id desc limit %(limit)s
"""


@job("sentiment.understand_reply", tries=4, priority=REPLY_PRIORITY)
def understand_reply(scope: Scope, *, message_id: UUID) -> None:
    """Label a reply and write it down; a newer reply makes the label moot, and what a person or the provider said of it stays.

    That somebody asked not to be written to is never moot, nor covered by the provider's mark of interest.
    """
    with db.transaction(scope) as tx:
        row = fetch_one(tx, _MESSAGE, {"message": message_id, "workspace": scope.workspace_id})
        if row is None or row["settled_by"] == SentimentSource.PERSON:
            return
        reply = _reply(row)
        verdict = by_rule(reply, clock.now().isoformat())
        if row["settled_by"] and verdict and verdict.sentiment is not Sentiment.BLACKLIST:
            verdict = None
        if verdict or row["settled_by"] or not row["is_newest"]:
            _write_down(tx, scope, row, verdict)
            return
        history = history_of(tx, scope, row["lead_id"])
    verdict = _ask(scope, row, reply, history)
    with db.transaction(scope) as tx:
        again = fetch_one(tx, _MESSAGE, {"message": message_id, "workspace": scope.workspace_id})
        if again and not again["settled_by"]:
            _write_down(tx, scope, again, verdict)


def history_of(tx: Tx, scope: Scope, lead_id: UUID, *, limit: int = HISTORY) -> list[dict]:
    """The last messages of a lead, oldest first, as the transcript needs them."""
    rows = fetch_all(tx, _HISTORY, {"lead": lead_id, "workspace": scope.workspace_id, "limit": limit})
    return rows[::-1]


def _write_down(tx: Tx, scope: Scope, row: dict, verdict: Verdict | None) -> None:
    if verdict and verdict.sentiment is Sentiment.BLACKLIST:
        leads.ask_to_stop(tx, scope, row["id"])
    if verdict and row["is_newest"]:
        decide(tx, scope, row["lead_id"], row["id"], verdict)
    elif verdict and verdict.sentiment is Sentiment.BLACKLIST:
        # The label is the newest reply's, but whatever they wrote next, nothing may be sent to them.
        leads.blacklist(tx, scope, row["lead_id"], reason=verdict.reason)


def _ask(scope: Scope, row: dict, reply: Reply, history: list[dict]) -> Verdict:
    first_name = one_line(row["first_name"])
    text = f"first_name: {first_name}\n\nConversation:\n{transcript(history[:-1])}\n\n{marked(reply.body)}"
    try:
        answer = llm.ask(scope, purpose="sentiment", prompt=llm.prompt("sentiment.reply"), text=text, schema_name="sentiment",
                         schema=SCHEMA, model=settings().sentiment_model, max_output_tokens=900, lead_id=row["lead_id"])
    except ModelFailed as failed:
        if failed.reason not in FINAL:
            raise
        log.warning("sentiment.model_unavailable", reason=failed.reason)
        return without_model(reply)
    return from_model(answer.data) or without_model(reply)


def _reply(row: dict) -> Reply:
    return Reply(channel=row["channel"], body=row["body"], subject=row["subject"] or "", raw_text=row["raw_text"] or "",
                 raw_html=row["raw_html"] or "", from_address=row["from_address"] or "", automatic=row["is_automatic"])

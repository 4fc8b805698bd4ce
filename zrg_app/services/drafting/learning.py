"""What did a reply tell that later answers should know? Proposed after its draft, never in its way (FACTS section 9.6)."""

from typing import Any
from uuid import UUID

from zrg_app.kit import db, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import knowledge, llm
from zrg_app.services.drafting.context import told
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY
from zrg_app.services.llm.transcript import marked, transcript
from zrg_app.services.sentiment.flows import history_of

log = logs.get_logger()

MOST = 4
TOKENS = 900
HISTORY = 10
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["memories"],
    "properties": {"memories": {"type": "array", "items": {
        "type": "object", "additionalProperties": False, "required": ["category", "content", "confidence", "days"],
        "properties": {"category": {"type": "string"}, "content": {"type": "string"}, "confidence": {"type": "number"},
                       "days": {"type": "integer"}}}}}}
_TRIGGER = """
select d.lead_id, m.id as message_id, m.body from draft d join message m on m.id = d.trigger_message_id
where d.id = %(draft)s and d.workspace_id = %(workspace)s
"""
# Also what waits for a person or was refused: it is not proposed twice.
_KNOWN = "select content, message_id from lead_memory where lead_id = %(lead)s and workspace_id = %(workspace)s"


@job("drafting.learn", tries=2, priority=BULK_PRIORITY)
def learn(scope: Scope, *, draft_id: UUID) -> None:
    """Propose what is worth remembering of the reply a draft answers, once per reply. A model that fails is no failure of the job."""
    with db.transaction(scope) as tx:
        row = fetch_one(tx, _TRIGGER, {"draft": draft_id, "workspace": scope.workspace_id})
        if row is None:
            return
        known = _known(tx, scope, row["lead_id"])
        if any(one["message_id"] == row["message_id"] for one in known):
            return
        prompt, history = llm.prompt_for(tx, scope, "drafting.learn"), history_of(tx, scope, row["lead_id"], limit=HISTORY)
    memory = "\n".join(["memory:", *(f"- {told(one['content'], 500)}" for one in known[:40])]) if known else ""
    text = f"{memory}\n\nConversation:\n{transcript(history)}\n\n{marked(row['body'])}".strip()
    try:
        answer = llm.ask(scope, purpose="drafting.learn", prompt=prompt, text=text, schema_name="memory_proposals", schema=SCHEMA,
                         model=settings().fast_model, max_output_tokens=TOKENS, lead_id=row["lead_id"])
    except ModelFailed as failed:
        log.info("drafting.learnt_nothing", reason=failed.reason)
        return
    with db.transaction(scope) as tx:
        found = answer.data.get("memories")
        if fetch_one(tx, _TRIGGER, {"draft": draft_id, "workspace": scope.workspace_id}) and isinstance(found, list):
            knowledge.propose(tx, scope, row["lead_id"], found[:MOST], message_id=row["message_id"], draft_id=draft_id)


def _known(tx: Tx, scope: Scope, lead_id: UUID) -> list[dict]:
    return fetch_all(tx, _KNOWN, {"lead": lead_id, "workspace": scope.workspace_id})

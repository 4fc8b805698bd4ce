"""What would a former decision be today? The same reply, run again under today's prompts and models."""

from collections.abc import Mapping
from typing import Any

from zrg_app.kit import db
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services.trials import pipeline
from zrg_app.services.trials.cases import Case
from zrg_app.services.trials.outcome import to_document
from zrg_app.services.trials.records import record_of


def replayed(scope: Scope, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was made of the reply then and what is made of it now. Raises NotFound or ModelFailed."""
    with db.transaction(scope) as tx:
        found = record_of(tx, scope, decision_id=parse_id(asked.get("decision_id")), draft_id=parse_id(asked.get("draft_id")))
    if found is None:
        raise NotFound("This decision is not here (any more).")
    # A decision in secret was made as if auto-send were on; the new one must stand on the same ground.
    again = pipeline.run(scope, Case(message_id=found.message_id, as_if_on=bool(found.decision) and not found.was_off))
    return {"before": to_document(found.outcome()), "after": to_document(again), "message_id": str(found.message_id),
            "lead_id": str(found.lead_id), "draft_id": str(found.draft_id or ""), "name": found.name}

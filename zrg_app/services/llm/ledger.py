"""How is every call of a model written down? A row before it, so that money is counted while it is being spent, settled after it."""

import time
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal
from uuid import UUID

from zrg_app.kit import clock, db, ids, logs
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.errors import ModelBusy, ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.services.llm import models, spending
from zrg_app.services.llm.candidates import Call, overhear

log = logs.get_logger()

RUNNING, SUCCESS, ERROR = "running", "success", "error"
BUSY_SECONDS = 3.0
# What the column holds; rounded up, so that many small calls do not cost nothing.
_UNIT = Decimal("0.000001")

# A lead may have gone, or become another, since its reply was read; the call is made all the same.
_ADD = """
insert into ai_interaction (id, workspace_id, lead_id, purpose, prompt_key, prompt_hash, model, status, cost_usd, created_at)
values (%(id)s, %(workspace)s, (select id from lead where id = %(lead)s), %(purpose)s, %(key)s, %(hash)s, %(model)s, %(status)s,
        %(cost)s, %(now)s)
"""
_SETTLE = """
update ai_interaction set status = %(status)s, error_category = %(reason)s, error = %(error)s, model = %(model)s,
  request_id = %(request_id)s, input_tokens = %(input)s, output_tokens = %(output)s, reasoning_tokens = %(reasoning)s,
  latency_ms = %(latency)s, cost_usd = %(cost)s
where id = %(id)s
"""


@dataclass(slots=True, kw_only=True)
class Entry:
    """One call and what is known of it. `expected_input` tokens were sent; `most_output` may come back."""

    scope: Scope
    purpose: str
    model: str
    prompt_key: str = ""
    prompt_hash: str = ""
    lead_id: UUID | None = None
    expected_input: int = 0
    most_output: int = 0
    id: UUID = field(default_factory=ids.new_id)
    started: float = field(default_factory=time.perf_counter)
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    request_id: str | None = None

    @property
    def most_cost(self) -> Decimal:
        """Dollars this call can cost at most."""
        return models.cost(self.model, self.expected_input, self.most_output)


def begin(entry: Entry) -> None:
    """Write the row of a call that starts now. Raises ModelFailed(spend_limit), with a row, or ModelBusy, without one."""
    with db.transaction(entry.scope) as tx:
        ruling = spending.ruling(tx, entry.scope, entry.most_cost)
        if ruling != "wait":
            _add(tx, entry, RUNNING if ruling == "go" else ERROR)
    if ruling == "wait":
        raise ModelBusy("What is left of the day's model budget is in use.", retry_after=BUSY_SECONDS)
    if ruling == "stop":
        failed = ModelFailed("The workspace's daily model budget is used up.", code="spend_limit")
        settle(entry, failed)
        raise failed


def refuse(entry: Entry, failed: ModelFailed) -> None:
    """Write the row of a call that could not even start, and raise `failed`."""
    with db.transaction(entry.scope) as tx:
        _add(tx, entry, ERROR)
    settle(entry, failed)
    raise failed


def settle(entry: Entry, failed: ModelFailed | None = None) -> None:
    """Write down how a call ended.

    Nobody tells what a call cost that we stopped waiting for; it is counted at the price of what was sent.
    """
    latency = int((time.perf_counter() - entry.started) * 1000)
    late = failed is not None and failed.reason == "late"
    cost = models.cost(entry.model, entry.expected_input if late else entry.input_tokens, entry.output_tokens).quantize(_UNIT, ROUND_UP)
    with db.transaction(entry.scope) as tx:
        driver(tx).execute(_SETTLE, {
            "id": entry.id, "status": ERROR if failed else SUCCESS, "reason": failed.reason if failed else None,
            "error": failed.sentence if failed else None, "model": entry.model, "request_id": entry.request_id,
            "input": entry.input_tokens, "output": entry.output_tokens, "reasoning": entry.reasoning_tokens, "latency": latency,
            "cost": cost})
    overhear(Call(interaction_id=entry.id, purpose=entry.purpose, model=entry.model, ms=latency, cost=cost,
                  failed=failed.reason if failed else ""))
    log.info("llm.asked", purpose=entry.purpose, model=entry.model, outcome=failed.reason if failed else SUCCESS, ms=latency)


def _add(tx: Tx, entry: Entry, status: str) -> None:
    driver(tx).execute(_ADD, {
        "id": entry.id, "workspace": entry.scope.workspace_id, "lead": entry.lead_id, "purpose": entry.purpose, "model": entry.model,
        "key": entry.prompt_key, "hash": entry.prompt_hash, "status": status, "now": clock.now(),
        "cost": entry.most_cost if status == RUNNING else Decimal(0)})

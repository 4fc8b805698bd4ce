"""May a long try go on? It must leave half of the day's money for models to the replies of real leads; and what will it cost?"""

from datetime import timedelta
from decimal import Decimal

from zrg_app.kit import clock, db
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.services import llm
from zrg_app.services.trials.impact import DECISION, FAMILIES

_AVERAGES = """
select prompt_key, avg(cost_usd) as cost from ai_interaction
where workspace_id = %(workspace)s and created_at > %(since)s and status = 'success' group by prompt_key
"""
# Dollars of one call nobody has made yet: three thousand tokens in, five hundred out, at the dearest model we use.
USUAL = Decimal("0.012")
CALLS = {"sentiment": 1, "drafting": 3, "autosend": 3}


def refuse_half_spent(scope: Scope) -> None:
    """Raise ModelFailed(spend_limit) when half of the day's limit is gone; without a limit never."""
    with db.transaction(scope) as tx:
        today = llm.spend(tx, scope)
    if today.limit_usd and today.spent_usd * 2 >= today.limit_usd:
        raise ModelFailed("Half of the day's model budget is used; the rest is kept for real replies.", code="spend_limit")


def estimate(tx: Tx, scope: Scope, stage: str, replies: int) -> Decimal:
    """Dollars that `replies` runs from `stage` on will cost about, from what such calls cost here in the last thirty days."""
    if stage == DECISION:
        return Decimal(0)
    rows = fetch_all(tx, _AVERAGES, {"workspace": scope.workspace_id, "since": clock.now() - timedelta(days=30)})
    known: dict[str, list[Decimal]] = {}
    for row in rows:
        known.setdefault(family_of(row["prompt_key"]), []).append(row["cost"])
    each = sum((sum(known[family], Decimal(0)) if family in known else USUAL * CALLS[family] for family in FAMILIES[stage]), Decimal(0))
    return each * replies


def family_of(prompt_key: str) -> str:
    """Which part of the pipeline a prompt belongs to: sentiment, drafting, or (everything that judges) autosend."""
    first = prompt_key.partition(".")[0]
    return first if first in ("sentiment", "drafting") else "autosend"

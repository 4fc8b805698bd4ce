"""Has this workspace spent its day's money on models?"""

from datetime import timedelta

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope

_SPENT = """
select s.daily_model_spend_limit_cents as cents_allowed,
       case when s.daily_model_spend_limit_cents > 0 then
         (select coalesce(sum(cost_usd), 0) * 100 from ai_interaction where workspace_id = %(workspace)s and created_at > %(since)s)
       else 0 end as cents_spent
from workspace_settings s where s.workspace_id = %(workspace)s
"""


def refuse_when_spent(tx: Tx, scope: Scope) -> None:
    """Raise ModelFailed(spend_limit) when the last 24 hours cost the workspace its limit; zero means no limit."""
    row = fetch_one(tx, _SPENT, {"workspace": scope.workspace_id, "since": clock.now() - timedelta(days=1)})
    if row and row["cents_allowed"] and row["cents_spent"] >= row["cents_allowed"]:
        raise ModelFailed("The workspace's daily model budget is used up.", code="spend_limit")

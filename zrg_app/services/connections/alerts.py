"""Is somebody to hear now that an account stopped working? At most once a day per connection and way of telling."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings

PAUSE = timedelta(hours=24)
_CLAIM = text("""
update connection set alerted = alerted || jsonb_build_object(cast(:by as text), cast(:now as text))
where workspace_id = :workspace_id and provider = :provider and status = 'locked'
  and coalesce(cast(alerted ->> :by as timestamptz), '-infinity') <= :before
returning last_error, (select name from workspace where id = :workspace_id) as workspace
""")
_GIVE_BACK = text("update connection set alerted = alerted - cast(:by as text) where workspace_id = :workspace_id and provider = :provider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An account that stopped working: the provider's title, the workspace's name, why, and where it is mended."""

    provider: str
    workspace: str
    sentence: str
    link: str


def due(tx: Tx, scope: Scope, provider: str, *, by: str = "mail") -> Alert | None:
    """The alert to send now by this way ("mail", "slack"), or None: the connection is not locked, or the day's was sent.

    Whoever gets it has claimed the day's alert in the caller's transaction, so two at once never both get it.
    """
    now = clock.now()
    row = tx.execute(_CLAIM, {"workspace_id": scope.workspace_id, "provider": provider, "by": by, "now": now.isoformat(),
                              "before": now - PAUSE}).one_or_none()
    if row is None:
        return None
    title = registry.provider(provider).title
    link = f"{settings().address}/settings?clientId={scope.workspace_id}&settingsTab=integrations"
    return Alert(provider=title, workspace=row.workspace or "", link=link,
                 sentence=row.last_error or f"{title} does not accept our credentials.")


def give_back(tx: Tx, scope: Scope, provider: str, *, by: str) -> None:
    """The day's alert was claimed and could not be told: it is due again."""
    tx.execute(_GIVE_BACK, {"workspace_id": scope.workspace_id, "provider": provider, "by": by})

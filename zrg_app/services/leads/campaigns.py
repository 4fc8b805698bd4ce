"""Which campaign did a lead come from? Campaigns are known by their id at the provider."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope

_UPSERT = text("""
insert into campaign (id, workspace_id, provider, external_id, name, created_at)
values (:id, :workspace_id, :provider, :external_id, :name, :now)
on conflict (workspace_id, provider, external_id) do update set name = excluded.name
  where excluded.name <> '' and campaign.name <> excluded.name
returning id
""")
_FIND = text("select id from campaign where provider = :provider and external_id = :external_id and workspace_id = :workspace_id")
_JOIN = text("update lead set campaign_id = :campaign_id, updated_at = :now where id = :lead_id and campaign_id is null")


def upsert_campaign(tx: Tx, scope: Scope, provider: str, external_id: str, *, name: str | None) -> UUID:
    """The campaign's id with us, made or renamed as needed."""
    key = {"workspace_id": scope.workspace_id, "provider": provider, "external_id": external_id}
    known = tx.execute(_FIND, key).scalar_one_or_none()
    if known and not name:
        return known
    made = tx.execute(_UPSERT, {**key, "id": ids.new_id(), "name": name or "", "now": clock.now()}).scalar_one_or_none()
    return made or tx.execute(_FIND, key).scalar_one()


def join_campaign(tx: Tx, scope: Scope, lead_id: UUID, provider: str, external_id: str, *, name: str | None = None) -> None:
    """Say that the lead came from a campaign; the first one told stays."""
    campaign_id = upsert_campaign(tx, scope, provider, external_id, name=name)
    tx.execute(_JOIN, {"campaign_id": campaign_id, "lead_id": lead_id, "now": clock.now()})

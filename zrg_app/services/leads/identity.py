"""Whose is this identity? The rows that make a first contact unique, read and written without losing a race."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services.leads.matching import Identity, Known

_READ = text("""
select kind, value, lead_id, is_primary from lead_identity
where workspace_id = :workspace_id and (kind, value) in (select * from unnest(cast(:kinds as text[]), cast(:values as text[])))
""")
_OF_LEAD = text("select kind, value from lead_identity where lead_id = :lead_id and is_primary order by created_at")
_VALUES = text("select value from lead_identity where lead_id = :lead_id and kind = :kind")
# Sorted, so that two transactions that claim the same identities wait for each other in one order.
_CLAIM = text("""
insert into lead_identity (id, workspace_id, lead_id, kind, value, is_primary, created_at)
select id, :workspace_id, :lead_id, kind, value, is_primary, :now
from unnest(cast(:ids as uuid[]), cast(:kinds as text[]), cast(:values as text[]), cast(:primaries as boolean[]))
  as given (id, kind, value, is_primary)
order by kind, value
on conflict (workspace_id, kind, value) do nothing
returning kind, value
""")


def read(tx: Tx, scope: Scope, wanted: Sequence[Identity]) -> list[Known]:
    """Those of `wanted` that are known, with whose they are."""
    if not wanted:
        return []
    rows = tx.execute(_READ, {"workspace_id": scope.workspace_id, "kinds": [identity.kind for identity in wanted],
                              "values": [identity.value for identity in wanted]})
    return [Known(identity=Identity(row.kind, row.value), lead_id=row.lead_id, is_primary=row.is_primary) for row in rows]


def primary_of(tx: Tx, lead_id: UUID) -> Mapping[str, str]:
    """Kind to value of a lead's primary identities."""
    return {row.kind: row.value for row in tx.execute(_OF_LEAD, {"lead_id": lead_id})}


def values_of(tx: Tx, lead_id: UUID, kind: str) -> set[str]:
    """Every value of one kind that is a lead's, primary or not."""
    return set(tx.scalars(_VALUES, {"lead_id": lead_id, "kind": kind}))


def claim(tx: Tx, scope: Scope, lead_id: UUID, wanted: Sequence[Identity], *, primary: bool = True) -> set[Identity]:
    """Make `wanted` the lead's, as far as nobody else has them; returns those that were new.

    Waits for a transaction that is claiming one of them, and then finds it taken.
    """
    if not wanted:
        return set()
    ordered = sorted(set(wanted))
    rows = tx.execute(_CLAIM, {
        "workspace_id": scope.workspace_id, "lead_id": lead_id, "now": clock.now(),
        "ids": [ids.new_id() for _ in ordered], "kinds": [identity.kind for identity in ordered],
        "values": [identity.value for identity in ordered], "primaries": [primary] * len(ordered)})
    return {Identity(row.kind, row.value) for row in rows}

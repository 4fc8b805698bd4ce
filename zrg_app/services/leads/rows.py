"""How are rows of a lead locked, read whole and written back whole? The named SQL under merging and its undo."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.leads import hanging

KEYS = {"lead": "id", "conversation": "lead_id"}
LEAD = tuple(name for name in hanging.columns_of("lead")
             if name not in ("id", "workspace_id", "created_at", "updated_at", "merged_into"))
"""The columns of a lead that a merge may change."""
CONVERSATION = tuple(name for name in hanging.columns_of("conversation") if name not in ("lead_id", "workspace_id", "updated_at"))
"""The columns of a conversation that a merge may change."""

_LOCKS = tuple(text(statement) for statement in (
    "select lead_id from conversation where lead_id = any(:ids) order by lead_id for no key update",
    "select id from draft where lead_id = any(:ids) order by id for no key update",
    "select id from outbound_message where lead_id = any(:ids) order by id for no key update"))
_LOCK_LEADS = text("""
select id, merged_into, opted_out_at is not null or status = 'blacklisted' as is_blocked from lead
where id = any(:ids) and workspace_id = :workspace_id order by id for no key update
""")
# Instants are compared as text, so they are all written in one zone.
_UTC = text("select set_config('timezone', 'UTC', true)")


def lock(tx: Tx, scope: Scope, *lead_ids: UUID) -> dict[UUID, Any]:
    """Lock leads, their conversations, drafts and sends, in the fixed order; the leads' `merged_into` by id.

    Raises NotFound when one of them is not in this workspace.
    """
    tx.execute(_UTC)
    wanted = sorted(set(lead_ids))
    found = {row.id: row for row in tx.execute(_LOCK_LEADS, {"ids": wanted, "workspace_id": scope.workspace_id})}
    if len(found) < len(wanted):
        raise NotFound("There is no such lead.")
    for statement in _LOCKS:
        tx.execute(statement, {"ids": wanted})
    return found


def read(tx: Tx, table: str, key: UUID) -> dict[str, Any] | None:
    """A row of `lead` or `conversation` as JSON values; None when there is none."""
    statement = text(f"select to_jsonb(r) - cast(:computed as text[]) from {table} r where r.{KEYS[table]} = :key")
    return tx.execute(statement, {"key": key, "computed": list(hanging.computed_of(table))}).scalar_one_or_none()


def write(tx: Tx, table: str, key: UUID, values: Mapping[str, Any]) -> None:
    """Give the columns of a row of `lead` or `conversation` these JSON values; `updated_at` becomes now."""
    known = [name for name in hanging.columns_of(table) if name in values and name not in (KEYS[table], "updated_at")]
    if not known:
        return
    columns = ", ".join(known)
    tx.execute(text(
        f"update {table} t set ({columns}, updated_at) = (select {', '.join(f'r.{name}' for name in known)}, cast(:now as timestamptz) "
        f"from jsonb_populate_record(t, cast(:values as jsonb)) r) where t.{KEYS[table]} = :key"),
        {"key": key, "now": clock.now(), "values": json.dumps({name: values[name] for name in known})})


def insert_conversation(tx: Tx, snapshot: Mapping[str, Any], **changes: object) -> None:
    """Put a conversation row back as it was, but for `changes`."""
    values = {**snapshot, **changes}
    known = [name for name in hanging.columns_of("conversation") if name in values]
    columns = ", ".join(known)
    tx.execute(text(f"insert into conversation ({columns}) select {columns} "
                    "from jsonb_populate_record(null::conversation, cast(:values as jsonb))"),
               {"values": json.dumps(values, default=str)})


def give(tx: Tx, table: str, column: str, *, owner: UUID, to: UUID, only: Iterable[UUID | str] | None = None) -> list[str]:
    """Give the rows of `owner` in a table (those of `only`, or all) to another lead; returns their ids."""
    chosen = "" if only is None else " and id = any(cast(:only as uuid[]))"
    rows = tx.execute(text(f"update {table} set {column} = :to where {column} = :owner{chosen} returning id"),
                      {"to": to, "owner": owner, "only": [str(one) for one in only or ()]})
    return sorted(str(row.id) for row in rows)

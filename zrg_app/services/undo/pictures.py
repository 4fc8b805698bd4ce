"""How do the rows stand that an act may change? Read whole before and after it, in the same transaction, as JSON values."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.services.undo.views import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is read of a table: the columns, what names a row and its lead, and which rows of the leads matter."""

    columns: tuple[str, ...]
    row: str = "id"
    lead: str = "lead_id"
    which: str = "true"
    says_when: bool = True


_SENTIMENT = ("sentiment", "sentiment_source", "sentiment_reason", "sentiment_message_id", "sentiment_at")
KEPT: dict[str, Kept] = {
    "lead": Kept(columns=("status", "blacklist_reason", "opted_out_at"), lead="id"),
    "conversation": Kept(row="lead_id", columns=(
        "done_at", "snoozed_until", "woke_at", "returns_on", "unread_count", "needs_reply", "assignee_id", "assigned_at", *_SENTIMENT)),
    "lead_label": Kept(row="label_id", columns=("created_at",), says_when=False),
    "draft": Kept(which="status in ('writing', 'pending', 'failed', 'rejected', 'sending')", columns=(
        "status", "body", "original_body", "subject", "instruction", "archetype", "persona_id", "reason", "confidence", "generation",
        "prompt_key", "prompt_hash", "model", "interaction_id", "decided_by", "decided_at", "rejected_reason", "error")),
    "outbound_message": Kept(which="status in ('waiting', 'failed', 'cancelled')",
                             columns=("status", "error_code", "error", "not_before")),
    "message": Kept(which="outbound_id is not null and delivery in ('failed', 'bounced')", columns=("delivery_settled_at",),
                    says_when=False),
}
# A row by its lead, table and own id, with the columns that are kept.
Picture = dict[tuple[UUID, str, str], dict[str, Any]]
# Instants are compared as text, so they are all written in one zone.
_UTC = text("select set_config('timezone', 'UTC', true)")


def take(tx: Tx, leads: Sequence[UUID], tables: Iterable[str]) -> Picture:
    """The rows of these leads in these tables as they are now."""
    tx.execute(_UTC)
    found: Picture = {}
    for table in tables:
        kept = KEPT[table]
        columns = ", ".join(f"'{name}', r.{name}" for name in kept.columns)
        rows = fetch_all(tx, f"select r.{kept.lead} as lead, r.{kept.row}::text as row, jsonb_build_object({columns}) as columns "
                             f"from {table} r where r.{kept.lead} = any(%(leads)s) and {kept.which}", {"leads": list(leads)})
        found |= {(row["lead"], table, row["row"]): row["columns"] for row in rows}
    return found


def differences(before: Picture, after: Picture) -> tuple[Change, ...]:
    """What differs between two pictures, in the order of leads and tables. Pure."""
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is not None and new is not None:
            names = [name for name in old if old[name] != new[name]]
            old, new = {name: old[name] for name in names}, {name: new[name] for name in names}
        found.append(Change(lead_id=key[0], table=key[1], row_id=key[2], before=old, after=new))
    return tuple(found)


def stands(change: Change, now: Picture) -> bool:
    """Whether a row is still as the act left it. Pure."""
    row = now.get((change.lead_id, change.table, change.row_id))
    if change.after is None or row is None:
        return row is None and change.after is None
    return all(row[name] == value for name, value in change.after.items())


def restore(tx: Tx, changes: Sequence[Change], workspace_id: UUID) -> None:
    """Write back what was before, row by row."""
    for change in changes:
        kept = KEPT[change.table]
        values = {"row": UUID(change.row_id), "lead": change.lead_id, "now": clock.now(), "workspace": workspace_id}
        whose = f"t.{kept.row} = :row and t.{kept.lead} = :lead"
        if change.before is None:
            tx.execute(text(f"delete from {change.table} t where {whose}"), values)
        elif change.after is None:
            tx.execute(text("insert into lead_label (lead_id, label_id, workspace_id, created_at) "
                            "values (:lead, :row, :workspace, cast(:at as timestamptz)) on conflict do nothing"),
                       values | {"at": change.before["created_at"]})
        else:
            names, told = tuple(change.before), ", updated_at" if kept.says_when else ""
            tx.execute(text(
                f"update {change.table} t set ({', '.join(names)}{told}) = (select {', '.join(f'r.{name}' for name in names)}"
                f"{told and ', cast(:now as timestamptz)'} from jsonb_populate_record(t, cast(:values as jsonb)) r) where {whose}"),
                values | {"values": json.dumps(change.before)})
    tx.expire_all()

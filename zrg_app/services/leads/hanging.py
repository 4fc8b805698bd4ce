"""What hangs on a lead? Read from the models, so that a table added tomorrow moves with its lead or is refused by a test."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, MetaData, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql

from zrg_app.models import metadata

OWN_WAY = frozenset({
    ("conversation", "lead_id"), ("lead_label", "lead_id"), ("background_job", "lead_id"), ("lead", "merged_into"),
    ("lead_merge", "keep_id"), ("lead_merge", "gone_id"), ("lead_sync", "lead_id"), ("kept_words", "lead_id"),
    ("presence", "lead_id")})
"""References that are no plain ones (see `Reference.is_plain`): `merging` treats them one by one. When a lead's history was last
read (lead_sync) stays with the lead that goes: the one that stays is read anew, with all its identities. So do words half written
(kept_words are found through the signpost) and who looks (presence, told anew within seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column that names a lead. A plain one can simply be given another lead: its table has an `id`, and no unique rule of
    the table speaks of the lead."""

    table: str
    column: str
    is_plain: bool


def references(among: MetaData = metadata) -> tuple[Reference, ...]:
    """Every column that refers to `lead.id`, or is called lead_id without a foreign key, by table."""
    found = [Reference(table=table.name, column=column.name, is_plain=_is_plain(table, column))
             for table in among.tables.values() for column in table.columns if _names_a_lead(column)]
    return tuple(sorted(found, key=lambda each: (each.table, each.column)))


def moved(among: MetaData = metadata) -> tuple[Reference, ...]:
    """The references that are moved by giving them another lead."""
    return tuple(each for each in references(among) if (each.table, each.column) not in OWN_WAY and each.is_plain)


def unhandled(among: MetaData = metadata) -> tuple[Reference, ...]:
    """The references nobody knows how to move; there must be none."""
    return tuple(each for each in references(among) if (each.table, each.column) not in OWN_WAY and not each.is_plain)


def columns_of(table: str) -> tuple[str, ...]:
    """The stored columns of a table, in order; computed ones are left out."""
    return tuple(column.name for column in metadata.tables[table].columns if column.computed is None)


def computed_of(table: str) -> tuple[str, ...]:
    """The columns of a table that the database works out by itself."""
    return tuple(column.name for column in metadata.tables[table].columns if column.computed is not None)


def _names_a_lead(column: Column) -> bool:
    targets = {f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys}
    return "lead.id" in targets or (column.name == "lead_id" and not targets)


def _is_plain(table: Table, column: Column) -> bool:
    keys = [key.name for key in table.primary_key.columns]
    spoken_of = re.compile(rf"\b{column.name}\b")
    return keys == ["id"] and not any(spoken_of.search(part) for part in _unique_rules(table))


def _unique_rules(table: Table) -> Iterator[str]:
    """The columns and expressions of everything in the table that must be unique."""
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint):
            yield from (column.name for column in rule.columns)
    for index in table.indexes:
        if index.unique:
            yield from (str(part.compile(dialect=postgresql.dialect())) for part in index.expressions)

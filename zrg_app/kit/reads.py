"""How are several reads asked in one round trip?

A panel is made of what many domains know. Each keeps its own named SQL and what it makes of the rows, as a `Read`; who needs many
hands them in together. A statement in a pipeline costs a fifth of one that is waited for, and most where processors are busy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from psycopg.rows import BaseRowFactory, dict_row

from zrg_app.kit.db import Tx, driver

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Read(Generic[Found]):
    """Named SQL (psycopg style parameters), its parameters, and what is made of its rows."""

    statement: str
    parameters: Mapping[str, Any]
    made: Callable[[list[Any]], Found]
    rows: BaseRowFactory = dict_row


def answer(tx: Tx, read: Read[Found]) -> Found:
    """What one read finds."""
    with driver(tx).cursor(row_factory=read.rows) as cursor:
        return read.made(cursor.execute(read.statement, read.parameters).fetchall())


def together(tx: Tx, *reads: Read) -> tuple[Any, ...]:
    """What each of the reads finds, in their order. The server runs one after the other; none can use another's answer."""
    connection = driver(tx)
    with connection.pipeline():
        cursors = [connection.cursor(row_factory=read.rows) for read in reads]
        for cursor, read in zip(cursors, reads, strict=True):
            cursor.execute(read.statement, read.parameters)
    rows = [cursor.fetchall() for cursor in cursors]
    return tuple(read.made(found) for read, found in zip(reads, rows, strict=True))

"""Where does the sandbox keep its rows, and how do they survive a restart?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

Row = dict[str, Any]


class Store:
    """Named tables of JSON rows in memory, each change appended as one JSON line when a path is given.

    A table keeps the order of first insertion. Reading a file whose last line was torn by a kill drops that line.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._tables: dict[str, dict[str, Any]] = {}
        self._path = path
        self._file: TextIO | None = None
        if path:
            self._load(path)
            self._rewrite(path)

    def put(self, table: str, key: str | int, row: Any) -> Any:
        """Insert or replace one row (any JSON value) and return it."""
        self._tables.setdefault(table, {})[str(key)] = row
        self._append(table, str(key), row)
        return row

    def get(self, table: str, key: str | int | None) -> Any:
        """Return one row, or None."""
        return self._tables.get(table, {}).get(str(key))

    def rows(self, table: str) -> list[Any]:
        """Return all rows of a table, oldest insertion first."""
        return list(self._tables.get(table, {}).values())

    def count(self, table: str) -> int:
        """Return how many rows a table holds."""
        return len(self._tables.get(table, {}))

    def delete(self, table: str, key: str | int) -> None:
        """Remove one row; nothing happens when it is not there."""
        if self._tables.get(table, {}).pop(str(key), None) is not None:
            self._append(table, str(key), None)

    def drop_oldest(self, table: str) -> None:
        """Remove the row that was inserted first; nothing happens on an empty table."""
        oldest = next(iter(self._tables.get(table, {})), None)
        if oldest is not None:
            self.delete(table, oldest)

    def next_number(self, name: str, first: int = 1) -> int:
        """Return the next whole number of a named series; series survive a restart."""
        number = (self.get("counters", name) or first - 1) + 1
        self.put("counters", name, number)
        return number

    def forget_rows(self) -> None:
        """Forget everything but the series' numbers, so that crowds too large to remember still get fresh ids."""
        self._tables = {name: rows for name, rows in self._tables.items() if name == "counters"}
        if self._path:
            self._rewrite(self._path)

    def clear(self) -> None:
        """Forget everything, the file's contents included."""
        self._tables = {}
        if self._path:
            self._rewrite(self._path)

    def close(self) -> None:
        """Close the file; the store must not be written to afterwards."""
        if self._file:
            self._file.close()
            self._file = None

    def _append(self, table: str, key: str, row: Any) -> None:
        if self._file:
            self._file.write(_line(table, key, row))
            self._file.flush()

    def _load(self, path: Path) -> None:
        if not path.exists():
            return
        for table, key, row in _read(path):
            if row is None:
                self._tables.get(table, {}).pop(key, None)
            else:
                self._tables.setdefault(table, {})[key] = row

    def _rewrite(self, path: Path) -> None:
        self.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            for table, rows in self._tables.items():
                file.writelines(_line(table, key, row) for key, row in rows.items())
        fresh.replace(path)
        self._file = path.open("a", encoding="utf-8")


def _line(table: str, key: str, row: Any) -> str:
    return json.dumps([table, key, row], separators=(",", ":")) + "\n"


def _read(path: Path) -> Iterator[tuple[str, str, Any]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                table, key, row = json.loads(line)
            except ValueError:
                continue
            yield str(table), str(key), row

"""How is a long list held so that a change of one row sends only that row? Each row has a variable of its own.

A variable is sent whole when it changes. So every row sits in a slot, which is one variable, and `order` says which slot comes
where. A row that was read sends its slot; one that arrives, moves or leaves sends its slot and the order (a few bytes per row).
The browser puts them together again: `zrg_app.ui.slotted`.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import reflex as rx

Row = TypeVar("Row")


def slots(name: str, kind: type, number: int) -> type[rx.State]:
    """A mixin with the variables `name_0`, `name_1`, ...: each a `kind`, or None while it is empty."""
    names = [f"{name}_{place}" for place in range(number)]
    body = {"__annotations__": dict.fromkeys(names, kind | None), "__module__": __name__, **dict.fromkeys(names)}
    return type(f"{kind.__name__}Slots", (rx.State,), body, mixin=True)


def placed(order: Sequence[int], former: Sequence[Row], rows: Sequence[Row], number: int,
           key: Callable[[Row], str]) -> tuple[tuple[int, ...], dict[int, Row | None]]:
    """The order of `rows`, and what each slot that differs holds now (None: nothing). Pure.

    A row stays in the slot it had (`former` stood in `order`), a new one takes a free slot, what was left is emptied. Raises
    ValueError for more rows than slots, or two of one key.
    """
    had = {key(row): (slot, row) for slot, row in zip(order, former, strict=True)}
    stays = {key(row) for row in rows}
    if len(stays) != len(rows) or len(rows) > number:
        raise ValueError(f"{len(rows)} rows of {len(stays)} keys do not fit into {number} slots.")
    taken = {slot for name, (slot, _) in had.items() if name in stays}
    free = (slot for slot in range(number) if slot not in taken)
    found, changed = [], {}
    for row in rows:
        slot, old = had.get(key(row)) or (next(free), None)
        found.append(slot)
        if row != old:
            changed[slot] = row
    used = set(found)
    return tuple(found), {**dict.fromkeys((slot for slot in order if slot not in used), None), **changed}


def put(state: Any, name: str, number: int, former: Sequence[Row], rows: Sequence[Row], key: Callable[[Row], str],
        shown: Callable[[Row], Any] = lambda row: row) -> None:
    """Let the slots `name_*` of `state` and its variable `order` show `rows` instead of `former`; only what differs is sent.

    `shown` gives what a slot holds of a row.
    """
    order, changed = placed(state.order, former, rows, number, key)
    for slot, row in changed.items():
        value = None if row is None else shown(row)
        if value != state.get_value(f"{name}_{slot}"):
            setattr(state, f"{name}_{slot}", value)
    if order != state.order:
        state.order = order

"""How is a list cut so that a change of one row sends only a few? Pure; the browser is told of a part that differs."""

from zrg_app.state.inbox.belonging import Rows

PARTS = tuple(f"part_{number}" for number in range(10)) + ("later",)
SIZE = 5


def cut(rows: Rows, former: tuple[Rows, ...]) -> tuple[Rows, ...]:
    """The rows in as many parts as `former` has, each row where it was: what is new joins the row below it, what was added at
    the end the last part. Cut evenly instead once a part grew to twice its size.
    """
    last = len(former) - 1
    known = {row.lead_id: place for place, part in enumerate(former) for row in part}
    parts: list[list] = [[] for _ in former]
    place = last
    for row in reversed(rows):
        place = min(place, known.get(row.lead_id, place))
        parts[place].append(row)
    if any(len(part) > 2 * SIZE for part in parts[:last]):
        return evenly(rows, len(former))
    return tuple(tuple(reversed(part)) for part in parts)


def evenly(rows: Rows, number: int) -> tuple[Rows, ...]:
    """The rows in `number` parts of one size; the last takes what is left."""
    starts = [SIZE * place for place in range(number)]
    return tuple(rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=True))

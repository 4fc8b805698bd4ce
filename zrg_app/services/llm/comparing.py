"""How does a text differ from ours, line by line? Pure."""

import difflib
from collections.abc import Iterator

from zrg_app.services.llm.views import DiffLine

AROUND = 2


def difference(ours: str, theirs: str) -> tuple[DiffLine, ...]:
    """The lines of both in order, those that are the same only near a change; empty when nothing differs."""
    old, new = ours.splitlines(), theirs.splitlines()
    return tuple(_lines(old, new)) if old != new else ()


def _lines(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    end = 0
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield DiffLine(kind="gap", text=_hidden(group[0][1] - end))
        for tag, from_old, to_old, from_new, to_new in group:
            if tag == "equal":
                yield from (DiffLine(kind="same", text=line) for line in old[from_old:to_old])
                continue
            yield from (DiffLine(kind="removed", text=line) for line in old[from_old:to_old])
            yield from (DiffLine(kind="added", text=line) for line in new[from_new:to_new])
        end = group[-1][2]
    if end < len(old):
        yield DiffLine(kind="gap", text=_hidden(len(old) - end))


def _hidden(number: int) -> str:
    return "1 line is the same" if number == 1 else f"{number} lines are the same"

"""How does the terminal read? One line per event, prefixed with the part that says it, coloured where colours show."""

import sys
import threading
from contextlib import suppress

from zrg_app.runtime.environment import variable

_COLOURS = {
    "zrg": 36, "app": 36, "database": 34, "migrate": 34, "screens": 35, "seed": 35, "sandbox": 33, "scheduler": 32,
}  # fmt: skip
_WIDTH = max(map(len, _COLOURS))
_turn = threading.Lock()


def _coloured(text: str, code: int) -> str:
    wanted = sys.stdout.isatty() and not variable("NO_COLOR")
    return f"\033[{code}m{text}\033[0m" if wanted else text


def say(part: str, line: str) -> None:
    """Print `line` with the name of the `part` that said it; safe from several threads, and when nobody reads on."""
    with _turn, suppress(BrokenPipeError):
        print(_coloured(f"{part:>{_WIDTH}} |", _COLOURS.get(part, 37)), line, flush=True)


def tell(line: str) -> None:
    """Print what a command is doing, on standard error, so that standard output holds its result alone."""
    with _turn:
        print(line, file=sys.stderr, flush=True)


def complain(sentence: str) -> None:
    """Print what went wrong, on standard error."""
    with _turn:
        print(f"zrg: {sentence}", file=sys.stderr, flush=True)

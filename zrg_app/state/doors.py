"""Which doors lead from a browser into the state, and what does each ask for?

Any public method of a state class can be called from any browser. So each either goes through `_call` or `_scope`, which ask
for a permission, or is marked `@public` with a reason. `doors()` reads that from the source; a test keeps the list in
`docs/permissions.md` and refuses a door that asks for nothing.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import reflex as rx

_ASKING = {"_call", "_scope"}
_FRAMEWORK = {"setvar"}
Handler = TypeVar("Handler", bound=Callable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One public method of a state class. `asks` are the permissions it needs, `public_because` why it needs none."""

    state: str
    handler: str
    asks: tuple[str, ...]
    public_because: str

    @property
    def is_guarded(self) -> bool:
        """Whether somebody decided what this door asks for."""
        return bool(self.asks or self.public_because)


def public(reason: str) -> Callable[[Handler], Handler]:
    """Mark a handler that needs no permission, with the reason; goes below `@rx.event`."""

    def mark(function: Handler) -> Handler:
        function.public_because = reason
        return function

    return mark


def state_classes(root: type = rx.State) -> Iterator[type]:
    """Every state class of ours below `root`, in order of name; a mixin's handlers are those of the classes it is mixed into, and
    those stand below the class they extend."""
    below = sorted((found for found in root.__subclasses__() if not found._mixin), key=lambda found: (found.__module__, found.__name__))
    for found in below:
        if not found.__module__.startswith(("reflex", "reflex_")):
            yield found
        yield from state_classes(found)


def doors(root: type = rx.State) -> tuple[Door, ...]:
    """Every public method of every state class below `root` with what it asks for."""
    return tuple(door for state in state_classes(root) for door in doors_of(state))


def doors_of(state: type) -> Iterator[Door]:
    """The public methods of one state class, by name."""
    for name, handler in sorted(state.event_handlers.items()):
        if name not in _FRAMEWORK:
            yield Door(state=state.__name__, handler=name, asks=tuple(sorted(_asked(state, handler.fn, set()))),
                       public_because=getattr(handler.fn, "public_because", ""))


def _asked(state: type, function: Callable, seen: set[str]) -> set[str]:
    """The permissions asked for in `function` and in the private methods of the class that it calls or hands on to be called."""
    found: set[str] = set()
    for call in _own_calls(function):
        if call.func.attr in _ASKING:
            found |= {ast.unparse(keyword.value).rsplit(".", 1)[-1] for keyword in call.keywords if keyword.arg == "permission"}
            found |= {ast.unparse(given).rsplit(".", 1)[-1] for given in call.args if "Permission." in ast.unparse(given)}
            continue
        for name in (call.func.attr, *_handed_on(call)):
            if name.startswith("_") and name not in seen and inspect.isfunction(method := getattr(state, name, None)):
                seen.add(name)
                found |= _asked(state, method, seen)
    return found


def _handed_on(call: ast.Call) -> Iterator[str]:
    """The names of `self`'s methods among the arguments of a call, as in `_enter(self._read)`."""
    for given in call.args:
        if isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name) and given.value.id == "self":
            yield given.attr


def _own_calls(function: Callable) -> Iterator[ast.Call]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def table(found: tuple[Door, ...]) -> str:
    """`docs/permissions.md`: the doors as a Markdown table."""
    lines = ["# What a browser may call", "",
             "Written from the code by `tests/fences/test_doors.py`; see `zrg_app/state/doors.py`.", "",
             "| State | Handler | Asks for |", "|---|---|---|"]
    for door in found:
        lines.append(f"| {door.state} | {door.handler} | {', '.join(door.asks) or f'nothing: {door.public_because}'} |")
    return "\n".join(lines) + "\n"

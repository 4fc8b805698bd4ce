"""Which request is to go wrong next, and how?"""

from dataclasses import asdict, dataclass
from typing import Any

from sandbox.exchange import Call

KINDS = (
    "status",
    "timeout_before",
    "timeout_after_accept",
    "slow",
    "malformed",
    "disconnect_before",
    "disconnect_after_accept",
    "refusal",
    "incomplete",
    "insufficient_quota",
)


@dataclass
class Fault:
    """One switch: requests of `provider` whose path contains `path_contains` go wrong `times` times (0: until cleared).

    `status`, `retry_after` (seconds), `message` and `body` shape a `status` fault; `seconds` is the length of a hang;
    `where` chooses for the model between a broken answer `body` and broken `output` text.
    """

    number: int
    provider: str
    kind: str
    path_contains: str = ""
    method: str = ""
    times: int = 1
    status: int = 500
    retry_after: int | None = None
    message: str | None = None
    body: Any = None
    seconds: float = 30.0
    where: str = "output"
    after: int = 0
    fired: int = 0

    def concerns(self, call: Call) -> bool:
        """Say whether this switch matches the request, whatever is left of it."""
        return (
            self.provider in ("*", call.provider)
            and self.path_contains in call.path
            and self.method.upper() in ("", call.method)
        )

    @property
    def spent(self) -> bool:
        """Say whether the switch has gone off as often as it was asked to."""
        return bool(self.times) and self.fired >= self.times


class FaultSwitches:
    """All switches in the order they were set; the first that matches a request and is not spent takes it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._number = 0

    def add(self, wish: dict[str, Any]) -> Fault:
        """Set one switch from a JSON object. Raises ValueError with a sentence when the object is not a switch."""
        self._number += 1
        fault = _read(self._number, wish)
        self._faults.append(fault)
        return fault

    def take(self, call: Call) -> Fault | None:
        """Return the switch that spoils this request and count it, or None. `after` matches pass unharmed first."""
        for fault in self._faults:
            if fault.spent or not fault.concerns(call):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.fired += 1
            return fault
        return None

    def listed(self) -> list[dict[str, Any]]:
        """Return every switch as JSON, spent ones included."""
        return [asdict(fault) | {"spent": fault.spent} for fault in self._faults]

    def clear(self, provider: str = "") -> int:
        """Remove all switches, or those of one provider, and return how many there were."""
        kept = [fault for fault in self._faults if provider and fault.provider != provider]
        removed = len(self._faults) - len(kept)
        self._faults = kept
        return removed


_TYPES: dict[str, tuple[type, ...]] = {
    "provider": (str,), "kind": (str,), "path_contains": (str,), "method": (str,), "times": (int,), "status": (int,),
    "retry_after": (int, type(None)), "message": (str, type(None)), "seconds": (int, float), "where": (str,),
    "after": (int,), "body": (dict, list, str, type(None)),
}


def _read(number: int, wish: dict[str, Any]) -> Fault:
    unknown = sorted(set(wish) - set(_TYPES))
    if unknown:
        raise ValueError(f"A fault has no field {unknown[0]!r}; it has {', '.join(_TYPES)}.")
    for name, value in wish.items():
        if not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            raise ValueError(f"{name} has the wrong type.")
    if not wish.get("provider"):
        raise ValueError("provider is missing: ghl, emailbison, resend, openai, or * for all.")
    if wish.get("kind") not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}.")
    if not 100 < wish.get("status", 500) < 600 or not 0 <= wish.get("seconds", 0) <= 600 or wish.get("times", 1) < 0:
        raise ValueError("status must be an HTTP status, seconds from 0 to 600, times 0 or more.")
    return Fault(number=number, **wish)

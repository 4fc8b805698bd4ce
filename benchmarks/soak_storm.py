"""What goes wrong during a soak? Providers fail in every way they know, and parts of the product are killed without warning."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import httpx

from sandbox.client import SandboxControl
from zrg_app.integrations import registry
from zrg_app.runtime.product import Product

PARTS = ("scheduler", "app")
# The supervisor gives up on what keeps ending right after its start.
SPACING = 22.0
FAULTS = (
    {"kind": "status", "status": 429, "retry_after": 1, "times": 2}, {"kind": "status", "status": 500, "times": 2},
    {"kind": "disconnect_after_accept", "times": 2}, {"kind": "disconnect_before"}, {"kind": "malformed"},
    {"kind": "timeout_after_accept", "seconds": 30},
)


@dataclass(slots=True)
class Storm:
    """Strikes `product` whenever another of `kills` is due by the share of the work done; says what it did."""

    product: Product
    chance: Random
    kills: int
    killed: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    _last: dict[str, float] = field(default_factory=dict)

    def strike(self, share: float) -> None:
        """Kill what is due once `share` (0 to 1) of the letters are posted; a part that has just risen is let be."""
        now = time.monotonic()
        due = [part for part in PARTS if now - self._last.get(part, 0.0) > SPACING]
        if due and self.killed.total() < share * self.kills:
            # The worker first: what it was doing is what could be lost.
            part = next((each for each in due if not self.killed[each]), None) or self.chance.choice(due)
            self.product.kill(part)
            self._last[part] = now
            self.killed[part] += 1

    def cloud(self, control: SandboxControl) -> None:
        """Let each provider that sends fail once in one more way."""
        fault = FAULTS[self.faults % len(FAULTS)]
        self.faults += 1
        for provider in registry.PROVIDERS:
            if provider.send is not None:
                control.add_fault(provider.slug, method="POST", **fault)


class Approver(threading.Thread):
    """Approves waiting drafts of one workspace through the API, each asked for twice, until `wanted` were taken."""

    def __init__(self, url: str, token: str, wanted: int) -> None:
        super().__init__(daemon=True)
        self._drafts, self._headers = f"{url}/api/v1/drafts", {"Authorization": f"Bearer {token}"}
        self._end, self._wanted = threading.Event(), wanted
        self.outbound_ids: dict[str, str] = {}
        self.refused: set[str] = set()
        self.answers: Counter[str] = Counter()

    @property
    def is_done(self) -> bool:
        """Whether as many as wanted were approved."""
        return len(self.outbound_ids) >= self._wanted

    def go_home(self) -> None:
        """End."""
        self._end.set()
        self.join(30)

    def run(self) -> None:
        """Look for drafts and approve them."""
        with httpx.Client(timeout=15, headers=self._headers) as http:
            while not self.is_done and not self._end.wait(0.5):
                for draft in self._waiting(http):
                    if not self._end.is_set() and not self.is_done and self._approve(http, draft):
                        self._approve(http, draft)

    def _waiting(self, http: httpx.Client) -> list[dict]:
        answer = self._ask(http, "GET", self._drafts, params={"limit": 100})
        return [draft for draft in answer.get("data", []) if draft["id"] not in {*self.outbound_ids, *self.refused}]

    def _approve(self, http: httpx.Client, draft: dict) -> bool:
        words = {"body": f"{draft['body']}\n\nReference {draft['id']}"}
        answer = self._ask(http, "POST", f"{self._drafts}/{draft['id']}/approve", json=words)
        if "outbound_id" in answer.get("data", {}):
            known = self.outbound_ids.setdefault(draft["id"], answer["data"]["outbound_id"])
            self.answers["two sends of one draft"] += known != answer["data"]["outbound_id"]
            return True
        if "error" in answer and 400 <= answer["status"] < 500 and answer["status"] != 429:
            self.refused.add(draft["id"])
        return False

    def _ask(self, http: httpx.Client, method: str, url: str, **more: object) -> dict:
        try:
            answer = http.request(method, url, **more)
            self.answers[f"{method} {answer.status_code}"] += 1
            return answer.json() | {"status": answer.status_code}
        except (httpx.TransportError, ValueError) as error:
            self.answers[f"{method} {type(error).__name__}"] += 1
            return {}

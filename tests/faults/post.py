"""What do providers and programs do while the product is being killed? They try again until they are told yes."""

import random
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.client import SandboxControl
from tests.faults.furnish import BISON, LOCATION
from tests.faults.whole_product import until

# Seconds between two letters of one hand, and before anything is tried again.
BREATH, PAUSE = 0.1, 0.3
PATIENCE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One reply of one lead: `mark` is in its text and nowhere else; `thread` and `to` are what an answer to it must name."""

    mark: str
    lead: int
    provider: str
    webhook: dict[str, Any]
    thread: str
    to: str


def write_letters(sandbox: SandboxControl, leads: int, writing_again: int) -> list[Letter]:
    """Let `leads` leads write through both providers, some of them twice; nothing is posted yet."""
    letters = []
    for number in [*range(leads), *range(writing_again)]:
        provider, mark = ("ghl", "emailbison")[number % 2], f"mark{len(letters):04}"
        lead = {"first_name": "Dana", "last_name": f"Kessler{number}", "company": f"Northwind {number}"}
        lead |= {"phone": f"+1415555{number:04}"} if provider == "ghl" else {"email": f"dana{number}@northwind{number}.example"}
        told = sandbox.act(provider, LOCATION if provider == "ghl" else BISON, lead,
                           f"What does it cost for our offices? We call the project {mark}.", deliver=False)
        thread = told["ids"]["conversation_id"] if provider == "ghl" else told["ids"]["reply_id"]
        letters.append(Letter(mark=mark, lead=number, provider=provider, webhook=told["webhooks"][0], thread=str(thread),
                              to=lead.get("phone") or lead["email"]))
    return letters


class Postmen:
    """Several threads that deliver letters, each until it is acknowledged with exactly 200."""

    def __init__(self, url: str, workspace_id: str, hands: int = 6) -> None:
        self._url, self._workspace_id = url, workspace_id
        self._bag: deque[Letter] = deque()
        self.acknowledged: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self._posted, self._lock, self._end = 0, threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._deliver, daemon=True) for _ in range(hands)]
        for thread in self._threads:
            thread.start()

    def take(self, letters: list[Letter], chance: random.Random) -> None:
        """Deliver `letters`, one in ten of them twice: half of those at the same moment, half after the others."""
        twice = chance.sample(letters, len(letters) // 10)
        at_once = {letter.mark for letter in twice[::2]}
        bag = [again for letter in letters for again in [letter] * (2 if letter.mark in at_once else 1)] + twice[1::2]
        self._posted += len(bag)
        self._bag.extend(bag)

    def await_all(self, left: int = 0) -> None:
        """Wait until all but `left` deliveries are acknowledged."""
        until(lambda: self._posted - self.acknowledged.total() <= left, PATIENCE, f"letters acknowledged; saw {self.answers}")

    def go_home(self) -> None:
        """End the threads."""
        self._end.set()
        for thread in self._threads:
            thread.join(10)

    def _deliver(self) -> None:
        with httpx.Client(timeout=10) as http:
            while not self._end.is_set():
                try:
                    letter = self._bag.popleft()
                except IndexError:
                    time.sleep(0.05)
                    continue
                while not self._end.wait(BREATH) and not self._post(http, letter):
                    time.sleep(PAUSE)

    def _post(self, http: httpx.Client, letter: Letter) -> bool:
        path = "/api/webhooks/ghl/sms" if letter.provider == "ghl" else "/api/webhooks/email"
        answer = _asked(http, "POST", f"{self._url}{path}", params={"clientId": self._workspace_id}, json=letter.webhook)
        with self._lock:
            self.answers[f"post {answer}"] += 1
            if answer == 200:
                self.acknowledged[letter.mark] += 1
        return answer == 200


class Approver(threading.Thread):
    """A program that approves waiting drafts through the API, as many as `want` said, trying again until it is answered."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(daemon=True)
        self._url, self._wanted, self._end = f"{url}/api/v1/drafts", 0, threading.Event()
        self._headers = {"Authorization": f"Bearer {token}"}
        self.outbound_ids: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self.answers: Counter[str] = Counter()

    def want(self, more: int) -> None:
        """Approve `more` drafts from now on."""
        self._wanted += more

    def await_all(self, left: int = 0) -> None:
        """Wait until all but `left` of them were approved."""
        until(lambda: len(self.outbound_ids) >= self._wanted - left, PATIENCE, f"drafts approved; saw {self.answers}")

    def go_home(self) -> None:
        """End the thread."""
        self._end.set()
        self.join(20)

    def run(self) -> None:
        """Look for drafts and approve them until sent home."""
        with httpx.Client(timeout=10, headers=self._headers) as http:
            while not self._end.wait(PAUSE):
                for draft in self._waiting(http):
                    # Each is asked for twice, as by a program that lost the first answer.
                    for _ in range(2):
                        while not self._end.wait(PAUSE / 3) and not self._approve(http, draft):
                            pass

    def _waiting(self, http: httpx.Client) -> list[dict]:
        missing = self._wanted - len(self.outbound_ids)
        if missing <= 0:
            return []
        answer, body = _answer(http, "GET", self._url, params={"limit": 200})
        self.answers[f"list {answer}"] += 1
        fresh = [draft for draft in (body.get("data", []) if answer == 200 else [])
                 if draft["id"] not in self.outbound_ids and draft["id"] not in self.refused]
        return fresh[:missing]

    def _approve(self, http: httpx.Client, draft: dict) -> bool:
        words = {"body": f"{draft['body']}\n\nReference {draft['id']}"}
        answer, body = _answer(http, "POST", f"{self._url}/{draft['id']}/approve", json=words)
        self.answers[f"approve {answer} {body.get('error', {}).get('message', '')}".strip()] += 1
        if answer == 202:
            outbound_id = body["data"]["outbound_id"]
            assert self.outbound_ids.setdefault(draft["id"], outbound_id) == outbound_id
        elif isinstance(answer, int) and 400 <= answer < 500 and answer != 429:
            self.refused[draft["id"]] = answer
        else:
            return False
        return True


def _asked(http: httpx.Client, method: str, url: str, **more: Any) -> int | str:
    return _answer(http, method, url, **more)[0]


def _answer(http: httpx.Client, method: str, url: str, **more: Any) -> tuple[int | str, dict]:
    """Status and JSON of an answer; instead of a status, the name of what kept us from getting one."""
    try:
        answer = http.request(method, url, **more)
        return answer.status_code, answer.json()
    except httpx.TransportError as error:
        return type(error).__name__, {}

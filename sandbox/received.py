"""What did the stand-in providers receive, in which order, and what became of it?"""

from dataclasses import dataclass
from typing import Any

from sandbox import clock
from sandbox.exchange import Answer, Call
from sandbox.masking import masked_headers, masked_query
from sandbox.store import Row, Store

KEPT = 50_000


@dataclass(frozen=True)
class Question:
    """A filter over the received list; every empty field lets everything through. `since` is an entry's `seq`."""

    provider: str = ""
    path_contains: str = ""
    method: str = ""
    since: int = 0
    effects_only: bool = False
    limit: int = 1000


class ReceivedList:
    """Everything received, oldest first; the newest 50,000 are kept and the counts never forget."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, call: Call, answer: Answer, fault: str | None, started_at: str) -> Row:
        """Keep one finished exchange with its secrets masked and return the entry."""
        entry = {
            "seq": self._store.next_number("received"),
            "at": started_at,
            "answered_at": clock.now_iso(),
            "provider": call.provider,
            "method": call.method,
            "path": call.path,
            "query": masked_query(call.query),
            "headers": masked_headers(call.headers),
            "body": call.body,
            "outcome": {"status": answer.status, "accepted": answer.status < 400, "fault": fault,
                        "answer": f"{len(answer.body)} bytes" if isinstance(answer.body, bytes) else answer.body},
            "effect": answer.effect,
        }
        self._store.put("received", entry["seq"], entry)
        self._count(call.provider, answer)
        if self._store.count("received") > KEPT:
            self._store.drop_oldest("received")
        return entry

    def find(self, question: Question) -> list[Row]:
        """Return the matching entries, oldest first, the newest `limit` of them."""
        matching = [entry for entry in self._store.rows("received") if _matches(entry, question)]
        return matching[-question.limit :]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return per provider how many requests came, were accepted, were refused and left a message behind."""
        return {row["provider"]: {name: value for name, value in row.items() if name != "provider"}
                for row in self._store.rows("received_counts")}

    def _count(self, provider: str, answer: Answer) -> None:
        row: dict[str, Any] = self._store.get("received_counts", provider) or {
            "provider": provider, "received": 0, "accepted": 0, "refused": 0, "effects": 0}
        accepted = answer.status < 400
        self._store.put("received_counts", provider, row | {
            "received": row["received"] + 1,
            "accepted": row["accepted"] + accepted,
            "refused": row["refused"] + (not accepted),
            "effects": row["effects"] + (answer.effect is not None),
        })


def _matches(entry: Row, question: Question) -> bool:
    return (
        entry["seq"] > question.since
        and (not question.provider or entry["provider"] == question.provider)
        and (not question.method or entry["method"] == question.method.upper())
        and question.path_contains in entry["path"]
        and (entry["effect"] is not None or not question.effects_only)
    )

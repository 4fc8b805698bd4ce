"""What did the browser hand over with a click on Send, and how should an answer go out? Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.services.inbox.views import DraftView, PendingSend, Way
from zrg_app.services.reading import normalize_email

_NONCE = re.compile(r"[A-Za-z0-9-]{8,64}")
# What stands between addresses, and an address that stands behind its name.
_BETWEEN, _NAMED, _LONGEST = re.compile(r"[,;\n]"), re.compile(r"<([^<>]*)>"), 10_000
_GENERATION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An answer as it stood in the field. Without `draft_id` a person wrote it; `nonce` names this one message, `seen` what was said
    in the conversation when its writer last looked (None: not told)."""

    lead_id: str
    channel: str
    body: str
    nonce: str
    draft_id: UUID | None
    generation: int
    seen: str | None = None

    @classmethod
    def read(cls, body: object, nonce: object, words: object) -> Self:
        """Understand `words`, `<lead>.<channel>.own` or `<lead>.<channel>.<draft>.<generation>`, then perhaps `|<seen>`. Raises Invalid."""
        made_from, told, seen = str(words).partition("|")
        parts = made_from.split(".")
        lead_id, draft_id = parse_id(parts[0]), parse_id(parts[2]) if len(parts) == 4 else None
        is_own = len(parts) == 3 and parts[2] == "own"
        if lead_id is None or not _NONCE.fullmatch(str(nonce)) or not (is_own or (draft_id and _GENERATION.fullmatch(parts[3]))):
            raise Invalid("The answer did not arrive whole; reload the page. Your words are kept.")
        if not str(body).strip():
            raise Invalid("There is nothing to send yet; write a few words first.")
        return cls(lead_id=str(lead_id), channel=parts[1], body=str(body), nonce=str(nonce), draft_id=draft_id,
                   generation=0 if is_own else int(parts[3]), seen=seen[:200] if told else None)


def first_channel(ways: tuple[Way, ...], draft: DraftView | None, pending: tuple[PendingSend, ...], last: str) -> str:
    """The tab to open: of what is on its way, of the draft, of the last message, of the first way that works."""
    wishes = [*(sent.channel for sent in pending), *([draft.channel] if draft else []), last,
              *(way.channel for way in ways if way.possible), *(way.channel for way in ways)]
    there = {way.channel for way in ways}
    return next((wish for wish in wishes if wish in there), "note")


def copies(way: Way | None) -> tuple[str, ...]:
    """Who gets a copy by default."""
    return tuple(address.strip() for address in way.cc.split(",") if address.strip()) if way else ()


def addresses(text: object) -> tuple[tuple[str, ...], str]:
    """The addresses in what was typed or pasted ("Luis <luis@a.example>; ana@b.example"), and the first part that is none."""
    good: list[str] = []
    bad = ""
    for part in _BETWEEN.split(str(text)[:_LONGEST]):
        named = _NAMED.search(part)
        words = [named[1]] if named else part.split()
        found = [normalize_email(word) for word in words]
        if None in found:
            bad = bad or part.strip()
        good += [address for address in found if address and None not in found]
    return tuple(dict.fromkeys(good)), bad


def readdressed(way: Way, cc: tuple[str, ...], to: str) -> tuple[str, ...]:
    """Who gets a copy once the answer goes to `to` (FACTS section 13.2): not whom it goes to, and the usual one is not left out."""
    others = tuple(address for address in cc if address != to)
    usual = (way.to_address or "").lower()
    if to == usual:
        return others
    return others if not usual or usual in others else (usual, *others)


def seconds_left(leaves_at: str, now: datetime) -> float:
    """How long a message can still be taken back."""
    return max(0.0, round((datetime.fromisoformat(leaves_at) - now).total_seconds(), 1))

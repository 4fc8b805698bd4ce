"""What is worth looking up about a lead, and how does the lead stand then? Pure (spec section 6, FACTS section 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zrg_app.models.vocabulary import EnrichmentKind, EnrichmentStatus, Sentiment

POSITIVE = frozenset({
    Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED, Sentiment.INTERESTED})
"""Labels that make a look-up worth its price."""
CALL_AGAIN = timedelta(hours=24)
STALE = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A look-up that was asked for before."""

    kind: str
    status: str
    created_at: datetime


def missing(phone: str | None, linkedin_url: str | None) -> tuple[EnrichmentKind, ...]:
    """What a lead lacks."""
    lacking = {EnrichmentKind.LINKEDIN: linkedin_url, EnrichmentKind.PHONE: phone}
    return tuple(kind for kind, value in lacking.items() if not value)


def may_ask(kind: str, intent: str, earlier: Iterable[Earlier], now: datetime) -> bool:
    """Whether to ask (again): once per lead and kind; who wants a call is worth asking for again after a day, and a person
    may ask whenever nothing is open."""
    before = [one for one in earlier if one.kind == kind]
    if any(one.status == EnrichmentStatus.PENDING for one in before):
        return False
    if not before or intent == "person":
        return True
    return intent == "call" and kind == EnrichmentKind.PHONE and now - max(one.created_at for one in before) >= CALL_AGAIN


def status(lacking: Iterable[str], asked: Iterable[Earlier], former: str | None) -> str | None:
    """How the lead stands over all its look-ups; the newest of each kind counts."""
    newest = {one.kind: one.status for one in sorted(asked, key=lambda one: one.created_at)}
    told = set(newest.values())
    for word in (EnrichmentStatus.PENDING, EnrichmentStatus.ENRICHED):
        if word in told:
            return word
    if not tuple(lacking):
        return EnrichmentStatus.NOT_NEEDED if former == EnrichmentStatus.PENDING else former
    for word in (EnrichmentStatus.NOT_FOUND, EnrichmentStatus.FAILED):
        if word in told:
            return word
    return former

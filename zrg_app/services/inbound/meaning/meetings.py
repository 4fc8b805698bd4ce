"""What does a calendar's news change? The meeting, the lead's label and status; whoever is no lead of ours changes nothing."""

from uuid import UUID

from zrg_app.integrations.base import Event, Meeting
from zrg_app.kit.db import Tx
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import leads, meetings, sentiment
from zrg_app.services.inbound.meaning.case import Done, Ignored, Outcome

KINDS = frozenset({"meeting_booked", "meeting_cancelled", "meeting_outcome"})


def apply(tx: Tx, scope: Scope, event: Event, *, provider: str, region: str | None) -> Outcome:
    """Write a meeting down and let the lead's label and status follow; no lead is ever made of an invitee (FACTS 21)."""
    lead_id = _lead(tx, scope, event, provider, region)
    if lead_id is None:
        return Ignored(reason="lead_not_found")
    before = meetings.standing(tx, scope, lead_id)
    change = meetings.record(tx, scope, lead_id, event.meeting, provider=provider, person=event.person)
    after = meetings.standing(tx, scope, lead_id)
    # A cancellation that overtook its booking leaves what both in their order would have left.
    is_late_news = change.is_first and change.news == "cancelled" and before != "booked"
    if change.news in ("booked", "moved") or is_late_news or (after == "booked" and before != "booked"):
        sentiment.meeting_booked(tx, scope, lead_id, at=event.sent_at)
    if change.news == "cancelled" and after == "cancelled":
        sentiment.meeting_cancelled(tx, scope, lead_id)
    return Done()


def _lead(tx: Tx, scope: Scope, event: Event, provider: str, region: str | None) -> UUID | None:
    """Whose meeting it is, locked: the lead it was told of before, the invitee's own, or the one whose link was opened."""
    meeting: Meeting = event.meeting
    known = meetings.lead_of(tx, scope, provider, meeting.external_id, others=(meeting.replaces, meeting.replaced_by))
    if found := leads.survivor(tx, scope, known):
        return found
    match = leads.find(tx, scope, event.person, region=region, source=provider)
    if match:
        return match.lead_id
    return leads.survivor(tx, scope, parse_id(event.about_lead) if event.about_lead else None)

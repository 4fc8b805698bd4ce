"""What happens at Calendly when a person plays an invitee? (reference 6.5 and 6.6)"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from sandbox import clock
from sandbox.calendly import book
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World

EVENTS = ("invitee.created", "invitee.canceled", "invitee_no_show.created", "invitee_no_show.deleted")


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    """Book (`lead.moves` names the invitee whose meeting is moved), cancel `of`, or mark `of` as not shown up."""
    invitee = _invitee(world, act, body, subject, at)
    if act.event.startswith("invitee_no_show"):
        told: Row = {"uri": f"{book.BASE}/invitee_no_shows/{book.key_of(invitee)}", "invitee": invitee["uri"],
                     "created_at": book.written(clock.now())}
    elif act.event == "invitee.created":
        # What is told of a booking is how it stood then.
        told = invitee | {"status": "active", "rescheduled": False, "new_invitee": None}
        told.pop("cancellation", None)
    else:
        told = invitee
    webhook = {"event": act.event, "created_at": book.written(clock.now()), "created_by": f"{book.BASE}/users/host", "payload": told}
    return Happened(webhook, {"invitee": book.key_of(invitee), "invitee_uri": invitee["uri"], "event_uri": invitee["event"]})


def _invitee(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Row:
    if act.of:
        row = known(world.store.get("calendly_invitees", act.of), act.of)
        if act.event == "invitee.canceled" and row["status"] == "active":
            by = str(act.lead.get("canceled_by") or row["name"])
            return book.cancel(world, row, body, by=by, canceler="host" if act.lead.get("canceled_by") else "invitee")
        return row
    lead = act.lead
    name = f"{lead.get('first_name') or ''} {lead.get('last_name') or ''}".strip()
    moved = str(lead.get("moves") or "")
    fields = {"email": lead["email"], "name": name or lead["email"], "phone": lead.get("phone"), "timezone": lead.get("timezone"),
              "title": subject, "tracking": lead.get("tracking"), "event_type": lead.get("event_type"),
              "questions": [{"question": "What should we prepare?", "answer": body, "position": 0}] if body else []}
    starts_at = at or (clock.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    return book.book(world, fields, starts_at,
                     moved_from=known(world.store.get("calendly_invitees", moved), moved) if moved else None)


def _check(act: Act) -> None:
    if act.of:
        return
    if act.event != "invitee.created":
        raise ValueError("of is missing: the invitee this happens to.")
    if not isinstance(act.lead.get("email"), str):
        raise ValueError("lead.email is missing.")


def _sign(world: World, act: Act, body: bytes) -> Mapping[str, str]:
    """Sign with the key of the workspace's subscription, or with the `secret` of the act."""
    row = book.subscription_for(world, act.workspace_ref)
    key = act.secret or (row["_signing_key"] if row else "")
    return {"calendly-webhook-signature": signature(key, body, clock.now())} if key else {}


def signature(key: str, body: bytes, at: datetime) -> str:
    """Return the signature header of a body at a time."""
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={hmac.new(key.encode(), stamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def _people(world: World) -> list[Row]:
    # Invitees are told of, not written as: the leads of the other providers book here by their address.
    return []


ACTOR = Actor(slug="calendly", events=EVENTS, path="/api/webhooks/calendly/{workspace_ref}", play=_play, people=_people, check=_check,
              sign=_sign, headers={"content-type": "application/json", "user-agent": "Calendly (sandbox)"}, title="Calendly",
              way="booking", workspace_label="Our workspace id", secret_in="signature")

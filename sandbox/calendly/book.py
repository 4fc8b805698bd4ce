"""Which users, webhook subscriptions, events and invitees does the stand-in Calendly hold? (reference 6.2 and 6.5)"""

from datetime import datetime, timedelta
from typing import Any

from sandbox import clock, ids
from sandbox.store import Row
from sandbox.world import World

BASE = "https://api.calendly.com"
LENGTH = timedelta(minutes=30)
_HOST = "host"


def written(instant: datetime) -> str:
    """Write an instant as Calendly does: UTC with six digits."""
    return instant.astimezone(clock.now().tzinfo).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def user_of(world: World, token: str) -> Row:
    """Return the user a token belongs to; each token has its own."""
    key = ids.fingerprint(token)
    known = world.store.get("calendly_users", key)
    return known or world.store.put("calendly_users", key, {
        "uri": f"{BASE}/users/{key}", "name": "Sandbox Host", "email": f"host-{key}@sandbox.example", "slug": f"host-{key}",
        "scheduling_url": f"https://calendly.com/host-{key}", "timezone": "America/New_York", "avatar_url": None,
        "current_organization": f"{BASE}/organizations/{key}", "created_at": written(clock.now()),
        "updated_at": written(clock.now())})


def event_types(world: World, user: Row) -> list[Row]:
    """Return the kinds of meetings of a user: two that can be booked and one that cannot any more."""
    kinds = (("intro", "Intro call", 30, True), ("demo", "Product demo", 45, True), ("old", "Retired call", 30, False))
    return [{"uri": f"{BASE}/event_types/{slug}", "name": name, "slug": slug, "duration": minutes, "kind": "solo", "active": active,
             "scheduling_url": f"{user['scheduling_url']}/{slug}", "custom_questions": []} for slug, name, minutes, active in kinds]


def taken(world: World) -> list[datetime]:
    """Return when the meetings that hold begin."""
    return [clock.read(row["scheduled_event"]["start_time"]) for row in world.store.rows("calendly_invitees")
            if row["status"] == "active"]


def subscribe(world: World, user: Row, fields: dict[str, Any]) -> Row:
    """Make a webhook subscription."""
    key = ids.new_uuid()
    now = written(clock.now())
    return world.store.put("calendly_subscriptions", key, {
        "uri": f"{BASE}/webhook_subscriptions/{key}", "callback_url": fields["url"], "state": "active", "retry_started_at": None,
        "events": fields["events"], "scope": fields["scope"], "organization": fields["organization"], "user": fields.get("user"),
        "creator": user["uri"], "created_at": now, "updated_at": now, "_signing_key": fields.get("signing_key") or ""})


def subscription_for(world: World, client_id: str) -> Row | None:
    """Return the newest subscription whose address ends in a workspace's id."""
    rows = [row for row in world.store.rows("calendly_subscriptions") if row["callback_url"].rstrip("/").endswith(f"/{client_id}")]
    return rows[-1] if rows else None


def book(world: World, fields: dict[str, Any], starts_at: datetime, *, moved_from: Row | None = None) -> Row:
    """Book a meeting for an invitee; `moved_from` is the invitee whose meeting this one takes the place of."""
    event, key, now = ids.new_uuid(), ids.new_uuid(), written(clock.now())
    uri = f"{BASE}/scheduled_events/{event}"
    invitee = {
        "uri": f"{uri}/invitees/{key}", "email": fields["email"], "name": fields["name"], "first_name": None, "last_name": None,
        "status": "active", "timezone": fields.get("timezone") or "America/New_York", "event": uri,
        "questions_and_answers": fields.get("questions") or [], "text_reminder_number": fields.get("phone") or None,
        "tracking": {"utm_campaign": None, "utm_source": None, "utm_medium": None, "utm_content": fields.get("tracking"),
                     "utm_term": None, "salesforce_uuid": None},
        "rescheduled": False, "old_invitee": moved_from["uri"] if moved_from else None, "new_invitee": None,
        "cancel_url": f"https://calendly.com/cancellations/{key}", "reschedule_url": f"https://calendly.com/reschedulings/{key}",
        "no_show": None, "payment": None, "reconfirmation": None, "scheduling_method": None, "invitee_scheduled_by": None,
        "routing_form_submission": None, "created_at": now, "updated_at": now,
        "scheduled_event": _event(uri, fields, starts_at, now)}
    world.store.put("calendly_invitees", key, invitee)
    if moved_from:
        cancel(world, moved_from, "", by=invitee["name"], canceler="invitee", moved_to=invitee)
    return invitee


def cancel(world: World, invitee: Row, reason: str, *, by: str, canceler: str, moved_to: Row | None = None) -> Row:
    """Take a meeting off; `moved_to` is the invitee it was moved to."""
    now = written(clock.now())
    changed = invitee | {
        "status": "canceled", "rescheduled": moved_to is not None, "new_invitee": moved_to["uri"] if moved_to else None,
        "updated_at": now, "cancellation": {"canceled_by": by, "reason": reason or None, "canceler_type": canceler, "created_at": now},
        "scheduled_event": invitee["scheduled_event"] | {"status": "canceled", "updated_at": now}}
    return world.store.put("calendly_invitees", key_of(invitee), changed)


def key_of(row: Row) -> str:
    """Return the last part of a row's address."""
    return row["uri"].rsplit("/", 1)[-1]


def _event(uri: str, fields: dict[str, Any], starts_at: datetime, now: str) -> Row:
    return {
        "uri": uri, "name": fields.get("title") or "Intro call", "status": "active", "start_time": written(starts_at),
        "end_time": written(starts_at + LENGTH), "event_type": f"{BASE}/event_types/{fields.get('event_type') or 'intro'}",
        "location": {"type": "zoom", "status": "pushed", "join_url": f"https://zoom.example/j/{ids.new_handle(9)}"},
        "invitees_counter": {"total": 1, "active": 1, "limit": 1},
        "event_memberships": [{"user": f"{BASE}/users/{_HOST}", "user_email": "host@sandbox.example", "user_name": "Sandbox Host"}],
        "event_guests": [], "created_at": now, "updated_at": now}

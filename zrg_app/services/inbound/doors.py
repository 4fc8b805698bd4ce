"""May this webhook come in, and what do we answer? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from dataclasses import dataclass

from zrg_app.integrations import emailbison_inbound as emailbison
from zrg_app.integrations import ghl_inbound as ghl
from zrg_app.integrations.base import NotForUs
from zrg_app.integrations.fields import identifier, words
from zrg_app.kit import clock
from zrg_app.kit.digest import same, stable_key
from zrg_app.kit.errors import NotFound, Refused, Unauthenticated
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import bell, payload
from zrg_app.services.inbound.ledger import Delivery, keep

# Around the turn of a minute, repeats of events without an id are taken one at a time.
_TURN_SECONDS = 5


class Malformed(Refused):
    """The sender must change the request before it can be taken."""

    code, status = "malformed", 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What came through the door: the raw body, and every secret it shows."""

    body: bytes
    content_type: str | None = None
    offered: tuple[str, ...] = ()
    client_id: str | None = None


def ghl_sms(request: Request) -> dict[str, object]:
    """Take a GoHighLevel webhook; returns the body of the 200 answer, after commit.

    Raises Malformed (location or contact missing, no JSON object), NotFound (no workspace has the location) and
    Unauthenticated (the workspace asks for a secret and none of the offered ones is it). Nothing is written then.
    """
    body, now = payload.read(request.body), clock.now()
    location, contact = ghl.location_of(body), ghl.contact_of(body)
    if location is None:
        raise Malformed("Missing location.id")
    parsed = ghl.parse(body, received_at=now)
    ignored = parsed.reason if isinstance(parsed, NotForUs) else None
    if contact is None and not (ignored and ghl.is_app_event(body)):
        raise Malformed("Missing contact_id")
    route = routing.by_ghl_location(location)
    if route is None:
        raise NotFound(f"Client not registered for location: {location}")
    _authenticate(route, request)
    key, earlier = ghl.event_keys(body, now)
    near_turn = key.startswith("workflow:") and not _TURN_SECONDS < now.second < 60 - _TURN_SECONDS
    return _keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.GHL, event_type=ghl.event_type_of(body), dedupe_key=key,
        body=request.body, content_type=request.content_type, received_at=now, ignored=ignored, is_reply=True,
        identity=(IdentityKind.GHL_CONTACT, contact), earlier_key=earlier, repeats_since=now - ghl.REPEAT_WINDOW,
        turn=stable_key(contact, ghl.text_of(body)) if near_turn else None))


def email(request: Request) -> dict[str, object]:
    """Take an EmailBison webhook; returns the body of the 200 answer, after commit.

    Raises Malformed (no event, data, or a required field), NotFound (no workspace) and Unauthenticated, as `ghl_sms` does. A
    workspace that reads its mail elsewhere keeps the row and answers `provider_mismatch`.
    """
    found = emailbison.envelope(payload.read(request.body))
    if found.missing:
        raise Malformed(f"Missing {found.missing}")
    route = routing.by_email_workspace(
        client_id=request.client_id, account_id=identifier(found.head.get("workspace_id")),
        name=words(found.head.get("workspace_name")) or words(found.head.get("name")))
    if route is None:
        raise NotFound("Client not found")
    _authenticate(route, request)
    ignored = None if routing.is_email_bison(route) else "provider_mismatch"
    if ignored is None and (lacking := emailbison.missing_field(found)):
        raise Malformed(f"Missing {lacking}")
    now = clock.now()
    return _keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.EMAILBISON, event_type=found.event_type,
        dedupe_key=emailbison.event_key(found), body=request.body, content_type=request.content_type, received_at=now,
        identity=(IdentityKind.EMAILBISON_LEAD, emailbison.lead_of(found)), is_reply=found.event_type in emailbison.REPLIES,
        ignored=ignored or emailbison.unused(found)))


def _authenticate(route: routing.Route, request: Request) -> None:
    # Every offer is compared, so that the time taken says nothing about which one came close.
    matches = [same(offer, route.secret) for offer in request.offered]
    if route.secret and not any(matches):
        raise Unauthenticated("Unauthorized")


def _keep(delivery: Delivery) -> dict[str, object]:
    kept = keep(delivery)
    if kept.is_new and not delivery.ignored:
        bell.ring()
    answer: dict[str, object] = {"success": True, "eventType": delivery.event_type, "eventId": str(kept.event_id)}
    if delivery.ignored:
        answer |= {"ignored": True, "reason": delivery.ignored}
    return answer if kept.is_new else answer | {"deduped": True}


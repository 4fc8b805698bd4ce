"""May a GoHighLevel webhook come in? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from zrg_app.integrations import ghl_inbound as ghl
from zrg_app.integrations import ghl_meetings
from zrg_app.integrations.base import NotForUs
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key
from zrg_app.kit.errors import NotFound, Unauthenticated
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery

# Around the turn of a minute, repeats of events without an id are taken one at a time.
_TURN_SECONDS = 5


def ghl_sms(request: Request) -> Answer:
    """Take a GoHighLevel webhook; returns the body of the 200 answer, after commit.

    Raises Malformed (location or contact missing, no JSON object), NotFound (no workspace has the location) and
    Unauthenticated (the workspace asks for a secret and none of the offered ones is it, or a signature is there and is not
    GoHighLevel's). Nothing is written then. A good signature of an app's webhook stands for the secret: an app has one
    address for all of its locations.
    """
    is_signed = _is_signed(request)
    body, now = payload.read(request.body), clock.now()
    location, contact = ghl.location_of(body), ghl.contact_of(body)
    if location is None:
        raise Malformed("Missing location.id")
    parsed = ghl.parse(body, received_at=now)
    ignored = parsed.reason if isinstance(parsed, NotForUs) else None
    if contact is None and not (ignored and ghl.is_app_event(body)):
        raise Malformed("Missing contact_id")
    route = routing.by_account(Provider.GHL, location)
    if route is None:
        raise NotFound(f"Client not registered for location: {location}")
    if not is_signed:
        authenticate(route, request.offered)
    key, earlier = ghl.event_keys(body, now)
    near_turn = key.startswith("workflow:") and not _TURN_SECONDS < now.second < 60 - _TURN_SECONDS
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.GHL, event_type=ghl.event_type_of(body), dedupe_key=key,
        body=request.body, content_type=request.content_type, received_at=now, ignored=ignored,
        is_reply=ghl.event_type_of(body) != "OutboundMessage",
        identity=(IdentityKind.GHL_CONTACT, contact), earlier_key=earlier, repeats_since=now - ghl.REPEAT_WINDOW,
        turn=stable_key(contact, ghl.text_of(body)) if near_turn else None))


def _is_signed(request: Request) -> bool:
    """Whether the raw bytes carry GoHighLevel's signature. Raises Unauthenticated for a signature that is not theirs."""
    given = request.headers.get(ghl_meetings.SIGNATURE_HEADER)
    if given is None:
        return False
    if not ghl_meetings.is_signed(given, request.body, settings().ghl_webhook_public_key):
        raise Unauthenticated("The signature is not GoHighLevel's.")
    return True

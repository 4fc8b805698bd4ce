"""May an Instantly webhook come in? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from zrg_app.integrations import instantly_inbound as inbound
from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services import reading
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery


def instantly(request: Request) -> Answer:
    """Take an Instantly webhook of the workspace its address names; returns the body of the 200 answer, after commit.

    The secret may come as the address's, as `Authorization: Bearer`, or as `x-instantly-secret`; a connection without one asks
    for none, as everywhere. Raises Malformed (no clientId, no event_type, a required field missing), NotFound and
    Unauthenticated; nothing is written then. A workspace that reads its mail elsewhere keeps the row and answers
    `provider_mismatch`.
    """
    if not request.client_id:
        raise Malformed("Missing clientId")
    found = inbound.envelope(payload.read(request.body))
    if not found.event_type:
        raise Malformed("Missing event_type")
    route = routing.by_workspace(Provider.INSTANTLY, request.client_id)
    if route is None:
        raise NotFound("Client not found")
    authenticate(route, tuple(filter(None, (*request.offered, request.headers.get("x-instantly-secret")))))
    ignored = None if route.email_provider == Provider.INSTANTLY else "provider_mismatch"
    if ignored is None and (lacking := inbound.missing_field(found)):
        raise Malformed(f"Missing {lacking}")
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.INSTANTLY, event_type=found.event_type,
        dedupe_key=inbound.event_key(found), body=request.body, content_type=request.content_type, received_at=clock.now(),
        identity=(IdentityKind.EMAIL, reading.normalize_email(inbound.lead_email(found) or "")),
        is_reply=found.event_type in inbound.REPLIES, ignored=ignored or inbound.unused(found)),
        connected=route.is_connected or ignored is None)

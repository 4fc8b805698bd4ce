"""May a SmartLead webhook come in? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from zrg_app.integrations import smartlead_inbound as inbound
from zrg_app.integrations.fields import identifier
from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery

_SHORTEST_HIDDEN = 4


def smartlead(request: Request) -> Answer:
    """Take a SmartLead webhook of the workspace its address names; returns the body of the 200 answer, after commit.

    A secret may come as the address's, as `Authorization: Bearer`, as `x-smartlead-secret`, or as `secret_key` of the body,
    and is the connection's `webhook_secret` or our own; a connection with neither asks for none, as everywhere. Raises
    Malformed (no clientId, no event_type, a required field missing), NotFound and Unauthenticated; nothing is written then. A
    workspace that reads its mail elsewhere keeps the row and answers `provider_mismatch`. What is kept never shows the secret.
    """
    if not request.client_id:
        raise Malformed("Missing clientId")
    body = payload.read(request.body)
    found = inbound.envelope(body)
    if not found.event_type:
        raise Malformed("Missing event_type")
    route = routing.by_workspace(Provider.SMARTLEAD, request.client_id)
    if route is None:
        raise NotFound("Client not found")
    shown = inbound.secret_of(body)
    offered = (*request.offered, request.headers.get("x-smartlead-secret"), shown)
    authenticate(route, tuple(filter(None, offered)), also=(route.credentials().get("webhook_secret"),))
    ignored = None if route.email_provider == Provider.SMARTLEAD else "provider_mismatch"
    if ignored is None and (lacking := inbound.missing_field(found)) and inbound.unused(found) is None:
        raise Malformed(f"Missing {lacking}")
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.SMARTLEAD, event_type=found.event_type,
        dedupe_key=inbound.event_key(found), body=_without(request.body, shown), content_type=request.content_type,
        received_at=clock.now(), identity=(IdentityKind.SMARTLEAD_LEAD, identifier(inbound.lead_of(found))),
        is_reply=found.event_type in inbound.REPLIES, ignored=ignored or inbound.unused(found)),
        connected=route.is_connected or ignored is None)


def _without(body: bytes, secret: str | None) -> bytes:
    # SmartLead signs nothing, so the ledger loses nothing with the secret that came inside.
    return body.replace(secret.encode(), b"****") if secret and len(secret) >= _SHORTEST_HIDDEN else body

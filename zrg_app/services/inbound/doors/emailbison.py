"""May an EmailBison webhook come in? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from zrg_app.integrations import emailbison_inbound as emailbison
from zrg_app.integrations.fields import identifier, words
from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery


def email(request: Request) -> Answer:
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
    authenticate(route, request.offered)
    ignored = None if route.email_provider == Provider.EMAILBISON else "provider_mismatch"
    if ignored is None and (lacking := emailbison.missing_field(found)):
        raise Malformed(f"Missing {lacking}")
    now = clock.now()
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.EMAILBISON, event_type=found.event_type,
        dedupe_key=emailbison.event_key(found), body=request.body, content_type=request.content_type, received_at=now,
        identity=(IdentityKind.EMAILBISON_LEAD, emailbison.lead_of(found)), is_reply=found.event_type in emailbison.REPLIES,
        ignored=ignored or emailbison.unused(found)), connected=route.is_connected or ignored is None)

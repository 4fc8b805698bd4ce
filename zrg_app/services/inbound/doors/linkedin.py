"""May a Unipile webhook come in? Spec section 5 and FACTS section 21; no model, no provider, one commit."""

from zrg_app.integrations import unipile_inbound as unipile
from zrg_app.integrations.base import NotForUs, Parsed, Understood
from zrg_app.kit import clock
from zrg_app.kit.digest import same
from zrg_app.kit.errors import Unauthenticated
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery

HEADER = "unipile-auth"


def linkedin(request: Request) -> Answer:
    """Take a Unipile webhook, whatever its content type says; returns the body of the 200 answer, after commit.

    An account no workspace is connected to is answered 200 and ignored, because Unipile would try it five times more. Raises
    Malformed (no JSON object, no account id) and Unauthenticated (neither the connection's secret nor the installation's).
    """
    body, now = payload.read(request.body), clock.now()
    account = unipile.account_of(body)
    if account is None:
        raise Malformed("Missing account_id")
    offered = (*request.offered, *filter(None, [request.headers.get(HEADER)]))
    route = routing.by_account(Provider.UNIPILE, account)
    if route is None:
        _check_installation(offered)
        return {"success": True, "ignored": True, "reason": "unknown_account"}
    authenticate(route, offered, also=(settings().unipile_webhook_secret,))
    parsed = unipile.parse(body, received_at=now)
    kind = unipile.event_type_of(body)
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.UNIPILE, event_type=kind or "unknown",
        dedupe_key=unipile.event_key(body, now), body=request.body, content_type=request.content_type, received_at=now,
        identity=(IdentityKind.LINKEDIN_MEMBER, unipile.member_of(body)), is_reply=_is_reply(parsed),
        ignored=parsed.reason if isinstance(parsed, NotForUs) else None))


def _is_reply(parsed: Parsed) -> bool:
    """Whether a lead wrote: an echo of our own message bears the same event name and must not overtake a reply."""
    return isinstance(parsed, Understood) and any(event.kind == "reply" for event in parsed.events)


def _check_installation(offered: tuple[str, ...]) -> None:
    wanted = settings().unipile_webhook_secret
    if wanted and True not in [same(offer, wanted) for offer in offered]:
        raise Unauthenticated("Unauthorized")

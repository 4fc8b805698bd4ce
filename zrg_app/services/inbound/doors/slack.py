"""May a Slack interaction come in? Signed over the raw bytes, at most five minutes old (spec section 9, FACTS section 21)."""

from collections.abc import Mapping
from typing import Any

from zrg_app.integrations import slack_inbound as slack
from zrg_app.integrations.fields import words
from zrg_app.kit import clock
from zrg_app.kit.errors import Invalid, NotFound, Unauthenticated
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, keep
from zrg_app.services.inbound.ledger import Delivery

_NOBODY = ("slack_user", None)


def slack_interactions(request: Request) -> Answer | None:
    """Take what somebody pressed in Slack; None is the empty 200 it wants within three seconds, after commit.

    Raises Unauthenticated (no signature of the team's own secret, or of the installation's where it has none), Malformed
    (signed, but without a payload) and NotFound (signed, but no workspace is connected to the team). A challenge is answered.
    """
    told = _told(request.body)
    routes = _signed_routes(request, slack.team_of(told) if told else None)
    if told is None:
        raise Malformed("Missing payload")
    if words(told.get("type")) == "url_verification":
        return {"challenge": (words(told.get("challenge")) or "")[:500]}
    if not routes:
        raise NotFound("This Slack team is not connected to any workspace.")
    keep(Delivery(
        workspace_id=_chosen(routes, told).workspace_id, provider=Provider.SLACK, event_type=slack.event_type_of(told),
        dedupe_key=slack.event_key(told), body=request.body, content_type=request.content_type, received_at=clock.now(),
        identity=_NOBODY, is_reply=True))
    return None


def _told(body: bytes) -> Mapping[str, Any] | None:
    """What the body says; None without a payload. It is used for nothing but finding the secret until the signature is checked."""
    try:
        return payload.read(body)
    except Invalid:
        return None


def _signed_routes(request: Request, team: str | None) -> tuple[routing.Route, ...]:
    """The workspaces of the team for which the request is signed. Raises Unauthenticated when it is signed for nobody."""
    now, common = clock.now(), settings().slack_signing_secret
    routes = routing.every_of(Provider.SLACK, team) if team else ()
    own = {route.workspace_id: route.credentials().get("signing_secret") or common for route in routes}
    # One comparison per secret there is, whichever fits.
    good = {secret for secret in {*own.values(), common} - {""} if slack.is_signed(secret, request.headers, request.body, now=now)}
    if not good:
        raise Unauthenticated("Unauthorized")
    signed = tuple(route for route in routes if own[route.workspace_id] in good)
    if routes and not signed:
        raise Unauthenticated("Unauthorized")
    return signed


def _chosen(routes: tuple[routing.Route, ...], told: Mapping[str, Any]) -> routing.Route:
    """Several workspaces may write to one Slack team: the one our button names, else whose channel it is, else the oldest."""
    named, channel = slack.workspace_of(told), slack.channel_of(told)
    by_name = [route for route in routes if str(route.workspace_id) == named]
    by_channel = [route for route in routes if _channel(route) == channel] if channel else []
    return next(iter((*by_name, *by_channel, *routes)))


def _channel(route: routing.Route) -> str | None:
    chosen = route.options.get("channel")
    return chosen.get("id") if isinstance(chosen, dict) else None

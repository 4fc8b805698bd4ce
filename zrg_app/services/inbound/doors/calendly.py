"""May a Calendly webhook come in? Spec section 5, FACTS section 21: signed over the raw bytes; no model, no provider, one commit."""

from collections.abc import Mapping

from zrg_app.integrations import calendly_inbound as calendly_bodies
from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound, Unauthenticated
from zrg_app.models.vocabulary import IdentityKind, Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Request, keep
from zrg_app.services.inbound.ledger import Delivery

NO_KEY = ("This workspace has no Calendly signing key, so nobody can tell whether this is Calendly; connect Calendly in Settings, "
          "or allow unsigned webhooks there.")


def calendly(request: Request) -> Answer:
    """Take a Calendly webhook; returns the body of the 200 answer, after commit.

    Raises NotFound (no such workspace), Unauthenticated (no key and unsigned webhooks are not allowed, or the signature is
    missing, wrong or old) and Invalid (no JSON object). Whether the invitee is a lead is found out by the job.
    """
    route = routing.by_workspace(Provider.CALENDLY, request.client_id)
    if route is None:
        raise NotFound("Client not found")
    _authenticate(route, request)
    body = payload.read(request.body)
    ignored = _other_kind(route, body) or calendly_bodies.unused(body)
    answer = keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.CALENDLY, event_type=calendly_bodies.event_type_of(body),
        dedupe_key=calendly_bodies.event_key(body), body=request.body, content_type=request.content_type, received_at=clock.now(),
        identity=(IdentityKind.EMAIL, calendly_bodies.email_of(body)), is_reply=True, ignored=ignored))
    return {"ok": True, "handled": ignored is None} | answer


def _authenticate(route: routing.Route, request: Request) -> None:
    key = route.credentials().get("signing_key")
    if not key:
        # An explicit choice of the workspace, shown with a warning in Settings.
        if route.options.get("allow_unsigned") is True:
            return
        raise Unauthenticated(NO_KEY)
    problem = calendly_bodies.signature_problem(
        request.headers.get(calendly_bodies.SIGNATURE_HEADER), request.body, key, clock.now())
    if problem:
        raise Unauthenticated(problem)


def _other_kind(route: routing.Route, body: Mapping) -> str | None:
    """A workspace may care for the meetings of one kind only, the one whose times it offers."""
    chosen, told = route.options.get("calendar"), calendly_bodies.calendar_of(body)
    wanted = chosen.get("id") if isinstance(chosen, Mapping) and route.options.get("only_chosen_type") is True else None
    return "event_type_mismatch" if wanted and told and told != wanted else None

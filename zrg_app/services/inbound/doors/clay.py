"""May an answer of Clay come in? A secret of ours, or a signature made with it; the lead we had named tells the workspace."""

import hashlib
import hmac
from uuid import UUID

from psycopg.rows import namedtuple_row

from zrg_app.integrations import clay
from zrg_app.kit import clock, db
from zrg_app.kit.digest import same
from zrg_app.kit.errors import NotFound, Unauthenticated
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import system
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import routing
from zrg_app.services.inbound import payload
from zrg_app.services.inbound.doors.request import Answer, Malformed, Request, authenticate, keep
from zrg_app.services.inbound.ledger import Delivery

_SECRET_HEADERS = ("x-clay-secret", "x-clay-webhook-secret", "x-clay-webhook-auth")
_SIGNATURE_HEADERS = ("x-clay-signature", "x-webhook-signature")
_LOOK_UP = system("find the workspace an answer of Clay is for")
_LEAD = """
select l.workspace_id, (select r.id from enrichment_request r where r.lead_id = coalesce(l.merged_into, l.id)
                        and r.kind = %(kind)s order by r.created_at desc limit 1) as request_id
from lead l where l.id = %(lead)s
"""


def clay_answer(request: Request) -> Answer:
    """Take an answer; returns the body of the 200 answer, after commit.

    Raises Unauthenticated (no secret shown, or not the workspace's), Malformed (no lead, or nothing it is about) and NotFound
    (no such lead). Nothing is written then. A workspace without a secret takes no answers.
    """
    offered = (*request.offered, *(request.headers[name] for name in _SECRET_HEADERS if request.headers.get(name)))
    signature = next((request.headers[name] for name in _SIGNATURE_HEADERS if request.headers.get(name)), None)
    if not offered and not signature:
        raise Unauthenticated("Unauthorized")
    body = payload.read(request.body)
    lead_id, kind = parse_id(clay.lead_of(body)), clay.kind_of(body)
    if lead_id is None:
        raise Malformed("Missing leadId")
    if kind is None:
        raise Malformed("enrichmentType must be linkedin or phone")
    workspace_id, request_id = _asked(lead_id, kind)
    route = routing.by_workspace(Provider.CLAY, str(workspace_id)) if workspace_id else None
    if route is None or request.client_id not in (None, "", str(workspace_id)):
        raise NotFound("Lead not found")
    if not route.secret:
        raise Unauthenticated("This workspace has no secret for Clay; make one in Settings, Integrations")
    if signature:
        _check_signature(request.body, signature, route.secret)
    else:
        authenticate(route, offered)
    return keep(Delivery(
        workspace_id=route.workspace_id, provider=Provider.CLAY, event_type=f"enrichment.{kind}", received_at=clock.now(),
        dedupe_key=clay.event_key(body, request_id), body=request.body, content_type=request.content_type, is_reply=False,
        identity=("", None)))


def _asked(lead_id: UUID, kind: str) -> tuple[UUID | None, str | None]:
    """The workspace of a lead, and what was last asked about it."""
    with db.fast_transaction(_LOOK_UP) as connection:
        row = connection.cursor(row_factory=namedtuple_row).execute(_LEAD, {"lead": lead_id, "kind": kind}).fetchone()
    return (row.workspace_id, str(row.request_id or "")) if row else (None, None)


def _check_signature(body: bytes, signature: str, secret: str) -> None:
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not same(signature.strip().lower().removeprefix("sha256="), wanted):
        raise Unauthenticated("Invalid signature")

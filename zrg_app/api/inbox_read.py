"""How do existing clients read the inbox? `GET /api/inbox/conversations` with the names they know (spec section 22, FACTS 20.2).

Signed in by cookie, or a program by token. It stays synchronous on purpose: reads are fast and must not be queued.
"""

import time
from uuid import UUID

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zrg_app.api.auth import scope_of_token
from zrg_app.api.errors import door
from zrg_app.api.requests import BadRequest, Call
from zrg_app.api.v1 import page_size, words
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Forbidden, NotFound, Unauthenticated
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope, system
from zrg_app.services import access, inbox
from zrg_app.services.access import Permission
from zrg_app.services.access.origins import cookie_token
from zrg_app.services.inbox.exports import ATTENTION, described
from zrg_app.services.inbox.views import ListFilter

FILTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "all": ("all", ()),
    "responses": ("reply", ()),
    "attention": ("reply", ATTENTION),
    "previous_attention": ("answered", ATTENTION),
    "needs_repair": ("repair", ()),
    "drafts": ("drafts", ()),
    "ai_review": ("ai_review", ()),
    "ai_sent": ("ai_sent", ()),
}


@door()
def conversations(call: Call) -> Response:
    """A page of conversations, last message first: `{success, conversations[], nextCursor, hasMore}`."""
    started = time.perf_counter()
    query = call.request.query_params
    scope = _scope(call)
    name = query.get("filter", "all")
    if name not in FILTERS:
        raise BadRequest(f"filter is one of: {', '.join(FILTERS)}.")
    view, sentiments = FILTERS[name]
    wanted = ListFilter(view=view, channels=words(query, "channels", "channel"), search=query.get("search", ""),
                        sentiments=words(query, "sentimentTags") or sentiments)
    with transaction(scope) as tx:
        page = inbox.list_page(tx, scope, wanted, after=query.get("cursor", ""), limit=page_size(query))
        found = described(tx, scope, [UUID(row.lead_id) for row in page.rows])
    took = round((time.perf_counter() - started) * 1000)
    return JSONResponse(
        {"success": True, "conversations": found, "nextCursor": page.next_cursor or None, "hasMore": bool(page.next_cursor)},
        headers={"X-Zrg-Read-Api-Enabled": "1", "X-Zrg-Duration-Ms": str(took), "Cache-Control": "private, no-store"})


def _scope(call: Call) -> Scope:
    """The scope of the token, or of the signed-in person in the workspace `clientId`."""
    if call.bearer:
        return scope_of_token(call, Permission.READ_INBOX)
    workspace_id = parse_id(call.request.query_params.get("clientId", ""))
    with transaction(system("recognise a visitor")) as tx:
        visitor = access.recognise(tx, cookie_token(call.request.headers.get("cookie", "")))
        if visitor is None:
            raise Unauthenticated("Not authenticated")
        if workspace_id is None:
            raise BadRequest("clientId is the id of a workspace.")
        try:
            return access.scope_for(tx, visitor, workspace_id, Permission.READ_INBOX)
        except NotFound as error:
            # The clients of this route tell strangers by 403, not 404 (FACTS section 4).
            raise Forbidden("Unauthorized") from error


ROUTES = [Route("/api/inbox/conversations", conversations, methods=["GET"])]

"""How do files come in and go out? Up for an answer, down from a thread, and once more for a provider that fetches them.

A file never runs in our pages: everything is a download of a type told by its name, but for the pictures a thread shows.
"""

from urllib.parse import quote
from uuid import UUID

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from zrg_app.api.auth import refuse_other_sites
from zrg_app.api.errors import door
from zrg_app.api.requests import Call
from zrg_app.api.visiting import scope_of
from zrg_app.integrations import downloading, registry
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope, system
from zrg_app.services import connections, inbox, sending
from zrg_app.services.access import Permission
from zrg_app.services.inbox.file_views import PICTURES

_SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'",
         "Cache-Control": "private, max-age=3600", "Cross-Origin-Resource-Policy": "same-origin"}
GONE = "This file is not here (any more)."


@door(limit=sending.files.MOST_BYTES)
def upload(call: Call) -> dict:
    """Take in the body as a file for an answer: `?clientId=&leadId=&name=`; answers `{id, name, size}`."""
    refuse_other_sites(call)
    scope, query = _scope(call, Permission.ANSWER), call.request.query_params
    lead_id = parse_id(query.get("leadId", ""))
    if lead_id is None:
        raise NotFound("There is no such lead.")
    with transaction(scope) as tx:
        kept = sending.files.keep(tx, scope, lead_id, name=query.get("name", ""), content=call.body)
    return {"id": kept.id, "name": kept.name, "size": kept.size}


@door()
def own_file(call: Call) -> Response:
    """A file of ours, sent or about to be."""
    scope = _scope(call, Permission.READ_INBOX)
    with transaction(scope) as tx:
        return _file(call, *sending.files.content(tx, _wanted(call)))


@door()
def attachment(call: Call) -> Response:
    """A file of a message: ours, fetched from the provider, or a link to where it is openly kept."""
    scope = _scope(call, Permission.READ_INBOX)
    with transaction(scope) as tx:
        found = inbox.attached(tx, scope, _wanted(call))
        if found.file_id:
            return _file(call, *sending.files.content(tx, found.file_id))
        account = connections.account(tx, scope, found.provider)
    url = found.url or ""
    if downloading.is_at_provider(account, url):
        content = downloading.fetch(registry.provider(found.provider), account, url)
        return _file(call, found.name, found.content_type, content)
    if downloading.is_public_link(url):
        return RedirectResponse(url, status_code=302, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
    raise NotFound(GONE)


@door()
def shared(call: Call) -> Response:
    """A file for a provider that fetches it: the address itself is the key, and it expires."""
    file_id = sending.files.linked(call.request.path_params["token"])
    with transaction(system("hand a file to a provider")) as tx:
        return _file(call, *sending.files.content(tx, file_id))


def _wanted(call: Call) -> UUID:
    found = parse_id(call.request.path_params["id"])
    if found is None:
        raise NotFound(GONE)
    return found


def _file(call: Call, name: str, content_type: str, content: bytes) -> Response:
    as_picture = call.request.query_params.get("preview") == "1" and content_type in PICTURES
    manner = "inline" if as_picture else "attachment"
    return Response(content, media_type=content_type if as_picture else _harmless(content_type), headers={
        **_SAFE, "Content-Disposition": f"{manner}; filename*=UTF-8''{quote(name, safe='')}"})


def _harmless(content_type: str) -> str:
    """The type to tell: nothing a browser would run, should it ever ignore that this is a download."""
    runs = content_type.startswith("text/") or any(word in content_type for word in ("html", "xml", "javascript"))
    return "application/octet-stream" if runs else content_type


def _scope(call: Call, permission: Permission) -> Scope:
    return scope_of(call, permission, gone=GONE)


ROUTES = [
    Route("/api/files", upload, methods=["POST"]),
    Route("/api/files/{id}", own_file, methods=["GET"]),
    Route("/api/files/shared/{token}", shared, methods=["GET"]),
    Route("/api/attachments/{id}", attachment, methods=["GET"]),
]

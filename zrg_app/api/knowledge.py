"""How does a file become knowledge? Sent by the page of Knowledge with the session's cookie; a job reads it."""

from starlette.routing import Route

from zrg_app.api.auth import refuse_other_sites
from zrg_app.api.errors import door
from zrg_app.api.requests import Call
from zrg_app.api.visiting import scope_of
from zrg_app.kit.db import transaction
from zrg_app.services import knowledge
from zrg_app.services.access import Permission


@door(limit=knowledge.MOST_BYTES)
def upload(call: Call) -> dict:
    """Take in the body as a knowledge asset: `?clientId=&name=`; answers `{id}`."""
    refuse_other_sites(call)
    scope = scope_of(call, Permission.EDIT_SETTINGS, gone="There is no such workspace.")
    with transaction(scope) as tx:
        made = knowledge.add_file(tx, scope, file_name=call.request.query_params.get("name", ""), content=call.body)
    return {"id": str(made)}


ROUTES = [Route("/api/knowledge/files", upload, methods=["POST"])]

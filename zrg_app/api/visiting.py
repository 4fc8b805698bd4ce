"""In which scope does the person behind a request act? Told by the session cookie and the workspace in the address."""

from zrg_app.api.requests import Call
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import NotFound, Unauthenticated
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope, system
from zrg_app.services import access
from zrg_app.services.access import Permission
from zrg_app.services.access.origins import cookie_token


def scope_of(call: Call, permission: Permission, *, gone: str) -> Scope:
    """The scope of `?clientId=` in which the visitor may do `permission`.

    Raises NotFound with the sentence `gone`, Unauthenticated, Forbidden.
    """
    workspace_id = parse_id(call.request.query_params.get("clientId", ""))
    if workspace_id is None:
        raise NotFound(gone)
    with transaction(system("recognise a visitor")) as tx:
        visitor = access.recognise(tx, cookie_token(call.request.headers.get("cookie", "")))
        if visitor is None:
            raise Unauthenticated("Sign in first.")
        return access.scope_for(tx, visitor, workspace_id, permission)

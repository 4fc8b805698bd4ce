"""How does a browser come in and go out? Real forms that post here; the answer is a redirect with or without a cookie.

They work without a websocket and without JavaScript: what a page could not put into its form is read from the Referer.
"""

import math
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import zrg_app.services.reactions  # noqa: F401 because facts recorded here need their reactions
from zrg_app.api.errors import door
from zrg_app.api.requests import Call
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Forbidden, Refused, TooMany
from zrg_app.kit.scope import Scope, system
from zrg_app.kit.settings import settings
from zrg_app.services import access
from zrg_app.services.access import Permission, SignedIn
from zrg_app.services.access.origins import COOKIE_NAME, cookie_token, is_ours, site_path

# The server decides when a login ends (it slides with use); the cookie only has to outlive it. Browsers keep at most 400 days.
COOKIE_SECONDS = 400 * 24 * 3600
_KEPT_IN_LINKS = ("next", "invitation", "reset")


def form(page: str) -> Callable:
    """A door for a form of the page at `page`: only from our own pages; a refusal leads back there with `error=<code>`."""

    def refused(call: Call, error: Exception) -> Response:
        facts = {"error": error.reason if isinstance(error, Refused) else "broken"}
        if isinstance(error, TooMany):
            facts["wait"] = str(math.ceil(error.retry_after / 60))
        return _to(page, **_query_of_page(call), **facts)

    def decorate(function: Callable[[Call, dict[str, str]], Response]) -> Callable:
        def checked(call: Call) -> Response:
            refuse_other_sites(call)
            return function(call, {**_query_of_page(call), **{name: value for name, value in call.form().items() if value}})

        return door(on_error=refused)(checked)

    return decorate


@form("/login")
def login(call: Call, fields: dict[str, str]) -> Response:
    """Sign in with `email` and `password`; go to `next`."""
    _close_present_session(call)
    signed_in = access.sign_in(fields.get("email", ""), fields.get("password", ""), address=call.address,
                               user_agent=call.request.headers.get("user-agent", ""))
    return _welcome(call, signed_in, fields.get("next", ""))


@form("/login")
def logout(call: Call, _fields: dict[str, str]) -> Response:
    """Sign this browser out."""
    _close_present_session(call)
    return _farewell()


@form("/login")
def logout_everywhere(call: Call, _fields: dict[str, str]) -> Response:
    """Sign the person out of every browser."""
    with transaction(system("log out everywhere")) as tx:
        if visitor := access.recognise(tx, _token(call)):
            access.close_all(tx, visitor.user_id)
    return _farewell()


@form("/setup")
def set_up(call: Call, fields: dict[str, str]) -> Response:
    """The first run: make the owner (`name`, `email`, `password`) and the `workspace`."""
    signed_in = access.set_up(email=fields.get("email", ""), name=fields.get("name", ""), password=fields.get("password", ""),
                              workspace_name=fields.get("workspace", ""),
                              user_agent=call.request.headers.get("user-agent", ""))
    return _welcome(call, signed_in, "/?view=settings&settingsTab=integrations")


@form("/invitation")
def accept_invitation(call: Call, fields: dict[str, str]) -> Response:
    """Join by the link's `invitation`, with `name` and `password` for somebody new."""
    signed_in = access.accept_invitation(
        fields.get("invitation", ""), name=fields.get("name", ""), password=fields.get("password", ""), address=call.address,
        user_agent=call.request.headers.get("user-agent", ""))
    return _welcome(call, signed_in, "/") if signed_in else _to("/login", notice="joined")


@form("/forgot")
def forgot(call: Call, fields: dict[str, str]) -> Response:
    """Mail a link for a new password to `email`. The answer is the same for everybody; the sandbox also shows the link."""
    link = access.ask_reset(fields.get("email", ""), address=call.address)
    token = parse_qs(urlsplit(link).query).get("reset", [""])[0]
    return _to("/forgot", sent="1", **({"reset": token} if token and settings().sandbox_url else {}))


@form("/reset")
def reset(call: Call, fields: dict[str, str]) -> Response:
    """Set the new `password` by the link's `reset`."""
    access.reset_password(fields.get("reset", ""), fields.get("password", ""), address=call.address)
    answer = _to("/login", notice="password_changed")
    answer.delete_cookie(COOKIE_NAME, path="/")
    return answer


def scope_of_token(call: Call, permission: Permission) -> Scope:
    """The scope of a program's bearer token if it allows `permission`. Raises Unauthenticated or Forbidden."""
    with transaction(system("recognise a program")) as tx:
        given = access.verify_token(tx, call.bearer)
    return access.token_scope_for(given, permission)


ROUTES = [
    Route("/api/auth/login", login, methods=["POST"]),
    Route("/api/auth/logout", logout, methods=["POST"]),
    Route("/api/auth/logout-everywhere", logout_everywhere, methods=["POST"]),
    Route("/api/auth/setup", set_up, methods=["POST"]),
    Route("/api/auth/accept-invitation", accept_invitation, methods=["POST"]),
    Route("/api/auth/forgot", forgot, methods=["POST"]),
    Route("/api/auth/reset", reset, methods=["POST"]),
]


def refuse_other_sites(call: Call) -> None:
    """Raise Forbidden unless the request comes from one of our own pages."""
    headers = call.request.headers
    origin = headers.get("origin") or headers.get("referer", "")
    # Another site cannot set X-Forwarded-Host on a form; a proxy that changes Host does.
    hosts = (headers.get("host", ""), headers.get("x-forwarded-host", "").split(",")[0].strip())
    if not is_ours(origin, hosts=hosts, address=settings().address):
        raise Forbidden("This form came from another site. Open the page again and repeat it.", code="origin")


def _query_of_page(call: Call) -> dict[str, str]:
    try:
        given = parse_qs(urlsplit(call.request.headers.get("referer", "")[:4000]).query, max_num_fields=20)
    except ValueError:
        return {}
    return {name: given[name][0] for name in _KEPT_IN_LINKS if name in given}


def _token(call: Call) -> str:
    return cookie_token(call.request.headers.get("cookie", ""))


def _close_present_session(call: Call) -> None:
    if token := _token(call):
        with transaction(system("log out")) as tx:
            access.close(tx, token)


def _to(page: str, **query: str) -> RedirectResponse:
    # 303: the browser asks for the page with GET. No-store: the address may carry a token.
    target = f"{page}?{urlencode(query)}" if query else page
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def _welcome(call: Call, signed_in: SignedIn, target: str) -> Response:
    answer = RedirectResponse(site_path(target), status_code=303, headers={"Cache-Control": "no-store"})
    secure = call.request.url.scheme == "https" or settings().address.startswith("https://")
    answer.set_cookie(COOKIE_NAME, signed_in.token, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="lax",
                      secure=secure)
    return answer


def _farewell() -> Response:
    answer = _to("/login", notice="signed_out")
    answer.delete_cookie(COOKIE_NAME, path="/")
    return answer

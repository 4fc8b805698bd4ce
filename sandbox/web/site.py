"""What stands at `/web/<host>/<path>`? The pages of a made-up client, and hosts that behave as no page should."""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

_PAGES = Path(__file__).parent / "pages"
_ACME = {"": "index.html", "pricing": "pricing.html", "questions": "questions.html"}
# Hosts for whoever fetches pages: inward leads to this very machine, circles to itself, huge never ends.
_ODD: dict[str, Callable[[Request], Response]] = {
    "inward.example": lambda request: RedirectResponse(str(request.base_url), status_code=302),
    "named-inward.example": lambda request: RedirectResponse("http://localhost/", status_code=302),
    "circles.example": lambda request: RedirectResponse("/round", status_code=302),
    "huge.example": lambda request: Response(b"a" * (3 * 1024 * 1024), media_type="text/html"),
    "closed.example": lambda request: PlainTextResponse("Not for you.", status_code=403),
    "picture.example": lambda request: Response(b"\x89PNG", media_type="image/png"),
    "moved.example": lambda request: RedirectResponse("https://acmegrowth.example/pricing", status_code=301),
}


async def _page(request: Request) -> Response:
    host, path = request.path_params["host"], request.path_params["path"].strip("/")
    if host in _ODD:
        return _ODD[host](request)
    if host == "acmegrowth.example" and path in _ACME:
        return FileResponse(_PAGES / _ACME[path], media_type="text/html")
    return PlainTextResponse("There is nothing here.", status_code=404)


WEB = [Route("/web/{host}/{path:path}", _page)]

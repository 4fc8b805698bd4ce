"""Which addresses does the sandbox answer?"""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Mount, Route

from sandbox.calendly.api import CALENDLY
from sandbox.clay.api import CLAY
from sandbox.control import control_routes
from sandbox.emailbison.api import EMAILBISON
from sandbox.gate import Gate
from sandbox.ghl.api import GHL
from sandbox.instantly.api import INSTANTLY
from sandbox.openai import OPENAI
from sandbox.resend import RESEND
from sandbox.slack.api import SLACK
from sandbox.smartlead.api import SMARTLEAD
from sandbox.unipile.api import UNIPILE
from sandbox.web.site import WEB
from sandbox.world import World

PROVIDERS = (GHL, EMAILBISON, SMARTLEAD, INSTANTLY, UNIPILE, CALENDLY, SLACK, CLAY, RESEND, OPENAI)
_PAGE = Path(__file__).parent / "page"
_FILES = {"/": "index.html", "/page.css": "page.css", "/page.js": "page.js"}
_SAFE = {"content-security-policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'",
         "x-content-type-options": "nosniff", "cache-control": "no-store"}


def create_app(world: World) -> Starlette:
    """Return the ASGI app: one gate per provider, the control routes, the control page and `/health`."""
    return Starlette(routes=[
        *control_routes(world, PROVIDERS),
        *(Mount(provider.prefix, app=Gate(world, provider)) for provider in PROVIDERS),
        *(_file(path, name) for path, name in _FILES.items()),
        Route("/health", _health),
        *WEB,
    ])


async def _health(request: Request) -> JSONResponse:
    return JSONResponse({"ok": True, "providers": [provider.slug for provider in PROVIDERS]})


def _file(path: str, name: str) -> Route:
    async def endpoint(request: Request) -> FileResponse:
        return FileResponse(_PAGE / name, headers=_SAFE)

    return Route(path, endpoint, name=name)

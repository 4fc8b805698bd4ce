"""What is the web application? Pages on a websocket, and beside them the routes for programs."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

import zrg_app.services.reactions  # noqa: F401 because facts need their reactions before anything records one
from zrg_app import api, pages, ui
from zrg_app.api import errors
from zrg_app.kit import logs
from zrg_app.kit.settings import settings
from zrg_app.runtime.origin import accept_own_pages_only
from zrg_app.state import live
from zrg_app.state.answers import answer_error


async def sandbox(request: Request) -> Response:
    """Lead to the sandbox's control page, wherever it listens."""
    address = settings().sandbox_url
    return RedirectResponse(address) if address else PlainTextResponse("There is no sandbox here.", status_code=404)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        yield import_module(f"{package.__name__}.{found.name}")


def _routes() -> list[BaseRoute]:
    """The `ROUTES` of every module of `api`, and the way to the sandbox."""
    found = [route for module in _modules(api) for route in getattr(module, "ROUTES", ())]
    return [*found, Route("/sandbox", sandbox)]


logs.configure("app")
programs = Starlette(routes=_routes(), exception_handlers=errors.EXCEPTION_HANDLERS)
app = ui.new_app(api_transformer=programs, backend_exception_handler=answer_error)
for area in _modules(pages):
    area.register(app)
app.register_lifespan_task(live.follow)
accept_own_pages_only(app)

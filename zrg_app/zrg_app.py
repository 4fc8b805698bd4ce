"""What is the web application? Pages on a websocket, and beside them the routes for programs."""

import reflex as rx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from zrg_app.runtime.origin import accept_own_pages_only


class Counter(rx.State):
    """A stand-in panel that shows the websocket works."""

    value: int = 0

    @rx.event
    async def add(self) -> None:
        """Add one."""
        self.value += 1


def index() -> rx.Component:
    """Return the only page there is so far."""
    return rx.el.main(rx.el.h1("ZRG Inbox"), rx.el.button(Counter.value, on_click=Counter.add, id="count"))


async def health(request: Request) -> JSONResponse:
    """Answer that the process is up."""
    return JSONResponse({"status": "ok"})


app = rx.App(api_transformer=Starlette(routes=[Route("/api/health", health)]))
app.add_page(index, route="/", title="ZRG Inbox")
accept_own_pages_only(app)

"""Does every answer tell the browser what other sites may not do with it?"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from zrg_app.runtime.server import GUARDS, guarded


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


async def socket(visitor: WebSocket) -> None:
    await visitor.accept()
    await visitor.send_text("here")
    await visitor.close()


def test_pages_errors_and_nothing_else_carry_the_guards() -> None:
    app = guarded(Starlette(routes=[Route("/", page), WebSocketRoute("/live", socket)]))
    with TestClient(app) as browser:
        for path in ("/", "/nowhere"):
            told = browser.get(path).headers
            assert {name.decode(): told[name.decode()] for name, _ in GUARDS} == {
                "x-frame-options": "SAMEORIGIN", "x-content-type-options": "nosniff", "referrer-policy": "same-origin"}
        with browser.websocket_connect("/live") as live:
            assert live.receive_text() == "here"

"""How does a program look at the inbox as a browser would? One websocket per tab, speaking Reflex's own protocol.

Socket.IO version 4 in text frames on `/_event`: the hydrate event travels in the CONNECT packet, a click is an `event`
packet, and every answer is an `event` packet with the part of the state that changed (Reflex 0.10.1).
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from reflex.state import State
from reflex_base import constants
from websockets.asyncio.client import ClientConnection, connect

from zrg_app.services.access.origins import COOKIE_NAME

NAMESPACE = "/_event"
_MARK = "_rx_state_"
PATIENCE = 15.0

Delta = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one click: milliseconds to the expected change, and the bytes of the frame that carried it: as text, and
    as they came over the wire (compressed)."""

    milliseconds: float
    frame_bytes: int
    wire_bytes: int


@dataclass(frozen=True, slots=True)
class Frame:
    """When a frame came, and its bytes as text and on the wire."""

    at: float
    size: int
    wire: int


class CountingConnection(ClientConnection):
    """A websocket that counts what comes over the wire."""

    wire = 0

    def data_received(self, data: bytes) -> None:
        """Count and go on."""
        self.wire += len(data)
        super().data_received(data)


@dataclass(slots=True)
class Expected:
    """A delta that is waited for, since `began`."""

    fits: Callable[[Delta], bool]
    began: float
    came: asyncio.Future[Frame]


@dataclass(slots=True)
class Visitor:
    """One open tab of a signed-in person. `seen` mirrors the state as the browser's store would."""

    url: str
    cookie: str
    workspace_id: str
    seen: Delta = field(default_factory=dict)
    _waiting: list[Expected] = field(default_factory=list)
    _socket: CountingConnection | None = None
    _reader: asyncio.Task | None = None

    async def arrive(self, fits: Callable[[Delta], bool]) -> Answer:
        """Open the socket, hydrate and run the page's load handlers; answers when a delta `fits`."""
        place, expected = urlsplit(self.url), self.expect(fits)
        # A browser offers compression and sends cookie and origin with the handshake.
        self._socket = await connect(
            f"ws://{place.netloc}{NAMESPACE}/?token={token_hex(16)}&EIO=4&transport=websocket", max_size=None,
            origin=f"http://{place.netloc}", subprotocols=[constants.Reflex.VERSION],
            additional_headers={"Cookie": f"{COOKIE_NAME}={self.cookie}"},
            open_timeout=PATIENCE, create_connection=CountingConnection)
        await self._socket.recv()
        boot = self._event(State, "hydrate_and_load", {})
        self._reader = asyncio.create_task(self._read())
        await self._socket.send(f"40{NAMESPACE}," + json.dumps({"event": boot}))
        return await self.answered(expected)

    async def click(self, state: type[State], handler: str, payload: dict, fits: Callable[[Delta], bool]) -> Answer:
        """Send one event; answers when a delta `fits`. Raises TimeoutError when none does."""
        packet = json.dumps(["event", self._event(state, handler, payload)])
        expected = self.expect(fits)
        await self._socket.send(f"42{NAMESPACE},{packet}")
        return await self.answered(expected)

    def expect(self, fits: Callable[[Delta], bool]) -> Expected:
        """Watch for a delta that `fits`, from now on."""
        expected = Expected(fits, time.perf_counter(), asyncio.get_running_loop().create_future())
        self._waiting.append(expected)
        return expected

    def value(self, state: type[State], name: str) -> Any:
        """What the tab shows of one variable now; None before it was told."""
        return self.seen.get(state.get_full_name(), {}).get(name)

    async def leave(self) -> None:
        """Close the tab."""
        if self._reader:
            self._reader.cancel()
        if self._socket:
            await self._socket.close()

    def _event(self, state: type[State], handler: str, payload: dict) -> dict[str, Any]:
        query = {"view": "inbox", "clientId": self.workspace_id}
        router = {"pathname": "/", "query": query, "asPath": f"/?view=inbox&clientId={self.workspace_id}"}
        return {"name": f"{state.get_full_name()}.{handler}", "payload": payload, "router_data": router}

    async def answered(self, expected: Expected, *, patience: float = PATIENCE) -> Answer:
        """Wait for what was expected. Raises TimeoutError."""
        try:
            came = await asyncio.wait_for(expected.came, patience)
        finally:
            self._waiting.remove(expected)
        return Answer(milliseconds=(came.at - expected.began) * 1000, frame_bytes=came.size, wire_bytes=came.wire)

    async def _read(self) -> None:
        counted = self._socket.wire
        async for frame in self._socket:
            at, wire = time.perf_counter(), self._socket.wire - counted
            counted += wire
            if frame == "2":
                await self._socket.send("3")
            elif frame.startswith(f"42{NAMESPACE},"):
                self._take(Frame(at, len(frame.encode()), wire), json.loads(frame.partition(",")[2])[1])

    def _take(self, frame: Frame, update: dict) -> None:
        delta = {place: {name.removesuffix(_MARK): value for name, value in values.items()}
                 for place, values in update.get("delta", {}).items()}
        for place, values in delta.items():
            self.seen.setdefault(place, {}).update(values)
        for expected in self._waiting:
            if not expected.came.done() and expected.fits(delta):
                expected.came.set_result(frame)


def rows_in(delta: Delta, rows: type[State]) -> list[dict[str, Any]]:
    """The rows of the list that a delta carries, or, given `seen`, all of them; each stands in a variable of its own."""
    values = delta.get(rows.get_full_name(), {})
    return [row for name, row in values.items() if name.startswith("row_") and row]


def changed(delta: Delta, state: type[State], name: str) -> Any:
    """The new value of one variable in a delta; None when the delta does not carry it."""
    return delta.get(state.get_full_name(), {}).get(name)

"""How are letters posted as providers post them: several at once, some twice, some late, each until it is answered 200?"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from random import Random
from urllib.parse import urlencode, urlsplit

from sandbox.crowd import Letter

HANDS = 12
PAUSE = 0.4
PATIENCE = 120.0
_ANSWERED_WITHIN = 15.0


def muddled(letters: Sequence[Letter], chance: Random, *, twice: float = 0.1, late: float = 0.05) -> list[Letter]:
    """`letters` with a share of them posted `twice` and a share `late`, that is after others that were written later."""
    places = [float(place) for place in range(len(letters))]
    for place in chance.sample(range(len(letters)), round(len(letters) * late)):
        places[place] += chance.randint(2, max(3, len(letters) // 4))
    again = [(place + chance.uniform(0, 100), letters[number]) for number, place in enumerate(places) if chance.random() < twice]
    return [told for _, told in sorted([*zip(places, letters, strict=True), *again], key=lambda each: each[0])]


class Postman:
    """Posts letters to the product at `url`; `answers` counts what came back, `waits` are seconds until a 200."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self.answers: Counter[str] = Counter()
        self.waits: list[float] = []

    def deliver(self, letters: Sequence[Letter], *, per_second: float | None = None) -> None:
        """Post all of them and return when each was answered 200: as fast as answers come, or at a steady rate.

        With a rate a wait counts from the moment a letter was due, so that a stall is not hidden. Raises TimeoutError when one
        is not taken in time.
        """
        asyncio.run(self._deliver(letters, per_second))

    async def _deliver(self, letters: Sequence[Letter], per_second: float | None) -> None:
        started = time.monotonic()
        bag = iter([(told, started + place / per_second if per_second else None) for place, told in enumerate(letters)])
        await asyncio.gather(*(self._hand(bag, started + PATIENCE) for _ in range(HANDS)))

    async def _hand(self, bag: Iterator[tuple[Letter, float | None]], deadline: float) -> None:
        connection = None
        for told, due in bag:
            if due and (early := due - time.monotonic()) > 0:
                await asyncio.sleep(early)
            began = due or time.monotonic()
            while True:
                connection, answer = await self._try(connection, told)
                self.answers[answer] += 1
                if answer == "200":
                    break
                if time.monotonic() > deadline:
                    raise TimeoutError(f"A letter to {told.path} was not taken: {dict(self.answers)}")
                await asyncio.sleep(PAUSE)
            self.waits.append(time.monotonic() - began)
        if connection:
            connection[1].close()

    async def _try(self, connection: tuple | None, told: Letter) -> tuple[tuple | None, str]:
        """Post once; returns the connection if it still holds, and the status or what kept us from getting one."""
        try:
            async with asyncio.timeout(_ANSWERED_WITHIN):
                connection = connection or await asyncio.open_connection(self._host, self._port)
                return connection, await self._exchange(*connection, told)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            if connection:
                with suppress(OSError):
                    connection[1].close()
            return None, type(error).__name__

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: Letter) -> str:
        target = told.path + (f"?{urlencode(told.query)}" if told.query else "")
        lines = [f"POST {target} HTTP/1.1", f"host: {self._host}:{self._port}", f"content-length: {len(told.body)}",
                 *(f"{name}: {value}" for name, value in told.headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + told.body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:"))
        await reader.readexactly(length)
        return head.split()[1]

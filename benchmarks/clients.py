"""How is an HTTP endpoint loaded without the client being the bottleneck? Kept-alive sockets, one thread each, no library."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Waits of single requests, seconds, and how many were answered per second of wall time."""

    waits: list[float]
    per_second: float


def hammer(port: int, bodies: list[bytes], clients: int, path: str = "/api/webhooks/ghl/sms") -> Sample:
    """Post all `bodies` as fast as `clients` connections get answers. Raises RuntimeError for anything but 200."""
    return _run(port, bodies, clients, path, None)


def paced(port: int, bodies: list[bytes], per_second: float, clients: int, path: str = "/api/webhooks/ghl/sms") -> Sample:
    """Post `bodies` at a steady rate; a wait counts from the moment a request was due, so a stall is not hidden."""
    return _run(port, bodies, clients, path, per_second)


def _run(port: int, bodies: list[bytes], clients: int, path: str, rate: float | None) -> Sample:
    waits: list[float] = []
    turn, next_one = threading.Lock(), iter(enumerate(bodies))
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(min(clients, len(bodies)))]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    started = time.perf_counter()

    def work(connection: socket.socket) -> None:
        while True:
            with turn:
                item = next(next_one, None)
            if item is None:
                return
            due = started + item[0] / rate if rate else time.perf_counter()
            if (early := due - time.perf_counter()) > 0:
                time.sleep(early)
            _post(connection, path, item[1])
            waits.append(time.perf_counter() - due)

    with ThreadPoolExecutor(len(sockets)) as pool:
        for done in [pool.submit(work, each) for each in sockets]:
            done.result()
    elapsed = time.perf_counter() - started
    for each in sockets:
        each.close()
    return Sample(waits=waits, per_second=len(bodies) / elapsed)


def _post(connection: socket.socket, path: str, body: bytes) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer or not answer.rstrip().endswith(b"}"):
        more = connection.recv(65536)
        if not more:
            raise RuntimeError("the server closed the connection")
        answer += more
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:300].decode(errors="replace"))

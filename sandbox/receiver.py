"""What is the smallest thing that takes the sandbox's webhooks, for tests that have no product at hand?"""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """Keeps every webhook (path, headers, raw bytes) and answers with `statuses` one by one, then 200."""

    url: str = ""
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def bodies(self) -> list[Any]:
        """Return the bodies received, read as JSON."""
        return [json.loads(delivery["raw"]) for delivery in self.deliveries]


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """Take webhooks on a free port of 127.0.0.1 until the block ends."""
    kept = Receiver()
    server = _Server(("127.0.0.1", 0), _handler(kept))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        """Answers one webhook."""

        def do_POST(self) -> None:
            """Keep the webhook and answer it."""
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            with lock:
                receiver.deliveries.append({"path": self.path, "headers": dict(self.headers), "raw": raw})
                status = receiver.statuses.pop(0) if receiver.statuses else 200
            answer = json.dumps({"success": status == 200}).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep the shell quiet."""

    return Handler

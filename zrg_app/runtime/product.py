"""How does one whole product start and stop? `./zrg up` and the browser tests start it the same way, through here."""

import importlib.util
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.frontend import ensure_frontend
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.ports import LOOPBACK, answers, free_port
from zrg_app.runtime.postgres import EmbeddedPostgres
from zrg_app.runtime.supervisor import Database, Program, Say, Supervisor

_HEALTH = "/api/health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start: a `database_url` of None means the embedded server; `environment` overrides what parts see."""

    home: Home
    port: int
    host: str = "0.0.0.0"
    database_url: str | None = None
    durable: bool = True
    sandbox: bool = True
    seed: bool = True
    scheduler: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)


class _Screens(threading.Thread):
    """Builds the screens beside everything else; does not keep a process alive that wants to end."""

    def __init__(self, home: Home, say: Say) -> None:
        """Plan the build below `home`; it tells `say` what it does."""
        super().__init__(daemon=True)
        self._home = home
        self._say = say
        self._refusal: RuntimeRefused | None = None

    def run(self) -> None:
        """Build them if needed."""
        try:
            ensure_frontend(self._home, lambda line: self._say("screens", line))
        except RuntimeRefused as refusal:
            self._refusal = refusal

    def finish(self) -> None:
        """Wait for the build; raises RuntimeRefused when it failed."""
        self.join()
        if self._refusal is not None:
            raise self._refusal


class Product:
    """A running product: `url` of the app, `sandbox_url` (None without one), `database_url`."""

    def __init__(self, plan: Plan, say: Say) -> None:
        """Plan it; nothing runs yet."""
        self._plan = plan
        self._say = say
        self._watcher: threading.Thread | None = None
        self._server: EmbeddedPostgres | None = None
        self.supervisor = Supervisor(say)
        self.url = f"http://localhost:{plan.port}"
        self.sandbox_url = f"http://{LOOPBACK}:{free_port()}" if plan.sandbox and _exists("sandbox") else None
        self.database_url = plan.database_url or ""

    def start(self) -> None:
        """Start everything and return when the health route answers; raises RuntimeRefused when something cannot."""
        screens = _Screens(self._plan.home, self._say)
        screens.start()
        self._start_database()
        self._run("migrate", "migrate")
        if self._plan.seed:
            self._run("seed", "seed", "--if-empty")
        screens.finish()
        self._start_parts()
        self._await_health()

    def watch_in_background(self) -> None:
        """Keep the parts alive from a thread, for callers that have other things to do."""
        self._watcher = threading.Thread(target=self.supervisor.watch, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Stop every part in good order; a database that is not durable is removed."""
        self.supervisor.stop()
        if self._server is not None:
            self._server.stop()
            if not self._plan.durable:
                self._server.destroy()
        if self._watcher is not None:
            self._watcher.join(5)

    def kill(self, part: str) -> None:
        """Kill `part` ("app", "scheduler", "sandbox", "database") without warning; it is then started again."""
        self.supervisor.process_of(part).kill()

    def environment(self) -> dict[str, str]:
        """Return what every part sees: the addresses of this product."""
        addresses = {
            "DATABASE_URL": self.database_url,
            "ZRG_HOME": str(self._plan.home.root),
            "ZRG_PORT": str(self._plan.port),
        }
        if self.sandbox_url:
            addresses["ZRG_SANDBOX_URL"] = self.sandbox_url
        return inherited(**{**addresses, **self._plan.environment})

    def _start_database(self) -> None:
        if self._plan.database_url is not None:
            return
        server = EmbeddedPostgres(self._plan.home, durable=self._plan.durable)
        if not server.acquire():
            self._say("database", "waiting for another zrg command to finish with it")
            if not server.acquire(60):
                raise RuntimeRefused("Another zrg command keeps the database to itself; stop it first.")
        self._say("database", "starting PostgreSQL")
        self._server = server
        self.supervisor.start(Database(server))
        self.database_url = server.url
        self._say("database", "ready")

    def _run(self, name: str, command: str, *arguments: str) -> None:
        """Run one zrg command to its end, its lines shown under `name`; raises RuntimeRefused when it fails."""
        if not _exists(f"zrg_app.cli.{command}"):
            return
        with subprocess.Popen(
            [sys.executable, "-m", "zrg_app.cli", command, *arguments], cwd=CHECKOUT, env=self.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        ) as process:  # fmt: skip
            for line in process.stdout or ():
                self._say(name, line.rstrip())
        if process.returncode:
            raise RuntimeRefused(f"The step {name} failed; its last lines say why.")

    def _start_parts(self) -> None:
        environment = self.environment()
        if self.sandbox_url:
            self.supervisor.start(Program("sandbox", "sandbox", self._sandbox_arguments(), environment, grace=5))
        if self._plan.scheduler and _exists("scheduler"):
            self.supervisor.start(Program("scheduler", "scheduler", (), environment, grace=30))
        address = ("--host", self._plan.host, "--port", str(self._plan.port))
        self.supervisor.start(Program("app", "zrg_app.runtime.server", address, environment, grace=15))

    def _sandbox_arguments(self) -> tuple[str, ...]:
        """Return how the sandbox is told its port, where to send webhooks and where to remember what it saw."""
        _, port = (self.sandbox_url or "").rsplit(":", 1)
        product = f"http://{LOOPBACK}:{self._plan.port}"
        memory = str(self._plan.home.path("sandbox.jsonl"))
        return ("--port", port, "--product-url", product, "--state", memory, "--adopt-unknown")

    def _await_health(self) -> None:
        deadline = time.monotonic() + 90
        while not answers(f"http://{LOOPBACK}:{self._plan.port}{_HEALTH}"):
            self.supervisor.look()
            if time.monotonic() > deadline:
                raise RuntimeRefused("The app did not answer its health route within 90 seconds.")
            if self.supervisor.stopping.wait(0.1):
                return


def _exists(module: str) -> bool:
    """Say whether `module` is there to be run; a checkout may leave out what it does not need."""
    return importlib.util.find_spec(module) is not None


def start_product(plan: Plan, say: Say = lambda part, line: None) -> Product:
    """Start a product and keep it alive from a thread; the caller stops it with `product.stop()`.

    Raises RuntimeRefused when it does not come up; nothing is left running then.
    """
    product = Product(plan, say)
    try:
        product.start()
    except BaseException:
        product.stop()
        raise
    product.watch_in_background()
    return product

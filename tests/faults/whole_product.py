"""How does a test start a whole product, kill any part of it, and pull its plug? On one home, as often as it likes."""

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from sandbox.client import SandboxControl
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import answers, free_port
from zrg_app.runtime.postgres import EmbeddedPostgres

MODULES = {"app": "zrg_app.runtime.server", "scheduler": "scheduler", "sandbox": "sandbox"}


class WholeProduct:
    """One installation at `home`; its port stays the same over all starts, as a provider's webhook address does."""

    def __init__(self, home: Path) -> None:
        self.home, self._port = home, free_port()
        self.url, self.database_url = f"http://127.0.0.1:{self._port}", EmbeddedPostgres(Home(home)).url

    def start(self) -> None:
        """Start it and wait until it says that it is up."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.product_process", str(self.home), str(self._port)], cwd=CHECKOUT,
            env=inherited(DATABASE_URL="", ZRG_ENVIRONMENT="development"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        said = self._process.stdout.readline()
        if not said:
            self._process.communicate()
            raise AssertionError(f"the product did not start:\n{self.last_lines()}")
        self.sandbox = SandboxControl(json.loads(said)["sandbox_url"])

    def kill(self, part: str) -> None:
        """End `part` (app, scheduler, sandbox, database) by SIGKILL, and wait until another process has its place."""
        before = self._process_of(part)
        before.kill()
        until(lambda: (self._process_of(part, or_none=True) or before).pid != before.pid, 30, f"{part} came back")
        if part == "app":
            until(lambda: answers(f"{self.url}/api/health"), 60, "the app answered again")

    def pull_the_plug(self) -> None:
        """End everything at once, the supervisor first, so that nobody can tidy up."""
        supervisor = psutil.Process(self._process.pid)
        everything = [supervisor, *supervisor.children(recursive=True)]
        for process in everything:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._forget()
        psutil.wait_procs(everything, timeout=10)

    def kill_the_supervisor(self) -> None:
        """End the supervisor alone, so that its parts find themselves orphaned while the next one starts."""
        psutil.Process(self._process.pid).kill()
        self._forget()

    def stop(self) -> int:
        """End it in good order and remove its database; returns the exit code."""
        try:
            self.sandbox.close()
            self._process.communicate("", timeout=60)
        finally:
            if self._process.poll() is None:
                self.pull_the_plug()
            EmbeddedPostgres(Home(self.home)).destroy()
        return self._process.returncode

    def furnish(self) -> tuple[str, str]:
        """Make a workspace with both providers connected; returns its id and a token that may write."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.furnish"], cwd=CHECKOUT, text=True, capture_output=True, timeout=90,
            env=inherited(DATABASE_URL=self.database_url, ZRG_HOME=str(self.home), ZRG_PORT=str(self._port),
                          ZRG_ENVIRONMENT="development", ZRG_SANDBOX_URL=self.sandbox.base_url), check=False)
        assert done.returncode == 0, done.stderr
        workspace_id, token = done.stdout.split()
        return workspace_id, token

    def last_lines(self, most: int = 40) -> str:
        """The end of what all parts said."""
        log = self.home / "product.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-most:]) if log.exists() else ""

    def _forget(self) -> None:
        self.sandbox.close()
        self._process.communicate()

    def _process_of(self, part: str, *, or_none: bool = False) -> psutil.Process | None:
        for child in psutil.Process(self._process.pid).children():
            with suppress(psutil.Error):
                if child.name() == "postgres" if part == "database" else MODULES.get(part) in child.cmdline():
                    return child
        assert or_none, f"{part} does not run"
        return None


def until(condition: object, seconds: float, what: str) -> None:
    """Wait until `condition()` holds, `seconds` at most."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.1)

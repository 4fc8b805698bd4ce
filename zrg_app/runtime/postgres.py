"""How is the embedded PostgreSQL made, started, healed and stopped? Its life is judged by connecting, never by pid."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psutil
import psycopg

from zrg_app.runtime.account import account_for
from zrg_app.runtime.environment import variable
from zrg_app.runtime.home import Home, Locked, RuntimeRefused, held
from zrg_app.runtime.postgres_files import data_folder, programs_for, server_folder, socket_folder

_USER = _DATABASE = "zrg"
_PORT = "5432"
_TUNING = {
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "200",
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Ordinary errors reach the client that made them.
    "log_min_messages": "fatal",
    "log_line_prefix": "",
}
# A crash of the server loses nothing under these; only a crash of the machine would.
_THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "20s"}


class EmbeddedPostgres:
    """The PostgreSQL server of one home. `durable=False` trades safety against power cuts for speed (tests)."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        """Find or make the server's folders; the server itself is not touched yet."""
        self._home = home.ready()
        known = home.path("postgres", "data")
        self._account = account_for(known if known.exists() else known.parent)
        server = server_folder(home, self._account)
        self._data = data_folder(server, self._account)
        self._socket = socket_folder(server, self._account)
        self._programs = programs_for(self._account)
        self._settings = _TUNING if durable else _TUNING | _THROW_AWAY
        self._locks = ExitStack()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def programs(self) -> Path:
        """The folder with `pg_dump`, `psql` and the other programs of the same version."""
        return self._programs

    @property
    def url(self) -> str:
        """The address of our database, password included, the same for the life of the home."""
        return self._url_of(_DATABASE)

    def _url_of(self, database: str) -> str:
        password = quote(self._home.secret("postgres.password", secrets.token_urlsafe(24)))
        query = urlencode({"host": str(self._socket), "port": _PORT})
        return f"postgresql://{_USER}:{password}@/{database}?{query}"

    def is_live(self) -> bool:
        """Say whether the server accepts a connection right now."""
        try:
            with psycopg.connect(self._url_of("postgres"), connect_timeout=2) as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def acquire(self, seconds: float = 0) -> bool:
        """Become the one process that starts and stops this server; False when another has been for `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._locks.enter_context(held(self._home.path("postgres.lock")))
                return True
            except Locked:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.2)

    def start(self, output: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start the server and return once it accepts connections; the caller must have acquired it.

        Whatever an earlier life left (an orphaned server, a stale pid file) is cleared away first. `output`
        receives the server's log. Raises RuntimeRefused when it does not come up within a minute.
        """
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._clear_remains()
        settings = {**self._settings, "unix_socket_directories": str(self._socket), "port": _PORT}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._data), *options]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **self._process_options()
        )
        self._await(self.process)
        self._ensure_database()
        return self.process

    def stop(self) -> None:
        """Stop the server we started, letting go of every client, and give up the right to start it."""
        if self.process is not None:
            _end(psutil.Process(self.process.pid) if self.process.poll() is None else None)
            self.process.wait()
            self.process = None
        self._locks.close()

    def destroy(self) -> None:
        """Remove a stopped server with all its data."""
        shutil.rmtree(self._data.parent, ignore_errors=True)
        shutil.rmtree(self._socket, ignore_errors=True)
        link = self._home.path("postgres")
        if link.is_symlink():
            link.unlink()

    def _process_options(self) -> dict[str, object]:
        account = self._account.popen_options() if self._account else {}
        environment = {"PATH": variable("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        return {"cwd": str(self._data) if self._account is None else "/", "env": environment,
                "start_new_session": True, **account}  # fmt: skip

    def _initialise(self) -> None:
        """Create the data folder's contents: UTF-8, locale-independent order, password required."""
        with tempfile.NamedTemporaryFile("w", dir=self._socket) as password:
            password.write(self._home.secret("postgres.password", secrets.token_urlsafe(24)))
            password.flush()
            if self._account:
                os.chown(password.name, self._account.uid, self._account.gid)
            command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", _USER,
                       "--pwfile", password.name, "--auth=scram-sha-256", "--encoding=UTF8",
                       "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, check=False, **self._process_options())
        if done.returncode:
            raise RuntimeRefused(f"The database could not be created in {self._data}: {done.stderr.strip()[-400:]}")

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while not self.is_live():
            if process.poll() is not None:
                raise RuntimeRefused(f"The database ended at once (code {process.returncode}); data in {self._data}.")
            if time.monotonic() > deadline:
                _end(psutil.Process(process.pid))
                raise RuntimeRefused(f"The database did not accept connections within a minute; data in {self._data}.")
            time.sleep(0.05)

    def _ensure_database(self) -> None:
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", (_DATABASE,)).fetchone()
            if found is None:
                connection.execute(f'create database "{_DATABASE}"')

    def _clear_remains(self) -> None:
        """End servers that outlived their supervisor and drop the pid files of servers that are gone."""
        for process in psutil.process_iter(["name"]):
            if process.info["name"] == "postgres" and _serves(process, self._data):
                _end(process)
        name = f".s.PGSQL.{_PORT}"
        for stale in (self._data / "postmaster.pid", self._socket / f"{name}.lock", self._socket / name):
            stale.unlink(missing_ok=True)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Give the address of a fresh, throw-away server below `folder` for the block; removed with its data after it.

    It survives `kill -9` but not a power cut, and is faster for it. Raises RuntimeRefused when `folder` is in use.
    """
    server = EmbeddedPostgres(Home(folder), durable=False)
    if not server.acquire():
        raise RuntimeRefused(f"The folder {folder} is already in use by another database server.")
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        server.destroy()


def _serves(process: psutil.Process, data: Path) -> bool:
    """Say whether `process` belongs to a server over `data`: the postmaster by its arguments, others by folder."""
    try:
        return str(data) in process.cmdline() or process.cwd() == str(data)
    except psutil.Error:
        return False


def _end(process: psutil.Process | None) -> None:
    """Ask `process` for a fast shutdown, then for an immediate one, then kill it."""
    steps: tuple[tuple[Callable[[], None], float], ...] = ()
    if process is not None:
        steps = (
            (lambda: process.send_signal(signal.SIGINT), 30),
            (lambda: process.send_signal(signal.SIGQUIT), 10),
            (process.kill, 5),
        )
    for ask, seconds in steps:
        try:
            ask()
            process.wait(seconds)
            return
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue

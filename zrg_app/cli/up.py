"""`./zrg up`: how does a person start all of it, with one readable log and one Ctrl-C?"""

import signal
from contextlib import ExitStack
from typing import IO, Annotated

import typer

from zrg_app.cli.console import say
from zrg_app.runtime.database import external_url
from zrg_app.runtime.environment import variable
from zrg_app.runtime.home import Home, Locked, RuntimeRefused, held
from zrg_app.runtime.ports import becomes_free, is_free
from zrg_app.runtime.product import Plan, Product

_RELEASE_SECONDS = 6


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(up)


def up(
    port: Annotated[int, typer.Option(envvar="ZRG_PORT", min=1, max=65535, help="Port to listen on.")] = 3000,
    demo: Annotated[bool, typer.Option(help="Fill in a demo world and stand in for every provider.")] = True,
    host: Annotated[str, typer.Option(help="Interface to listen on.")] = "0.0.0.0",
) -> None:
    """Start database, screens, sandbox and scheduler; stop all of it with Ctrl-C."""
    home = Home.from_environment().ready()
    with ExitStack() as claims:
        try:
            mark = claims.enter_context(held(home.path("up.lock")))
        except Locked as error:
            raise RuntimeRefused(f"ZRG Inbox is already running on {home.root}; stop it first.") from error
        mark.seek(0)
        _claim_port(port, host, after_crash=mark.read() == "running")
        _write(mark, "running")
        _run(Product(Plan(home=home, port=port, host=host, database_url=external_url(), sandbox=demo, seed=demo), say))
        _write(mark, "stopped")


def _write(mark: IO[str], word: str) -> None:
    mark.seek(0)
    mark.truncate()
    mark.write(word)
    mark.flush()


def _claim_port(port: int, host: str, *, after_crash: bool) -> None:
    """Refuse a busy port; after a crash the parts of the last run get a moment to notice and let go of it."""
    if is_free(port, host) or (after_crash and becomes_free(port, _RELEASE_SECONDS)):
        return
    raise RuntimeRefused(f"Port {port} is in use by another program; choose one with --port or ZRG_PORT.")


def _run(product: Product) -> None:
    """Run `product` until a signal asks for its end, then stop it in good order."""
    started = False

    def _ask_to_stop(number: int, _frame: object) -> None:
        if product.supervisor.stopping.is_set() or not started:
            raise KeyboardInterrupt
        say("zrg", f"{signal.Signals(number).name} received, stopping (once more to stop at once)")
        product.supervisor.stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    try:
        product.start()
        started = True
        _welcome(product)
        product.supervisor.watch()
    finally:
        product.stop()
        say("zrg", "stopped")


def _welcome(product: Product) -> None:
    say("zrg", "")
    say("zrg", f"ZRG Inbox is ready: {product.url}")
    login = Home.from_environment().path("demo-login.txt")
    if product.sandbox_url and login.exists():
        for line in login.read_text().splitlines():
            say("zrg", f"  {line}")
    if product.sandbox_url:
        say("zrg", f"  sandbox (stand-ins for all providers): {product.sandbox_url}")
    if variable("DATABASE_URL"):
        say("zrg", "  database: the one of DATABASE_URL")
    say("zrg", "Stop with Ctrl-C.")
    say("zrg", "")

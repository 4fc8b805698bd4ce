"""What does a screen benchmark look at? The whole product over a large loaded world, and people who are signed in."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.lists import load
from benchmarks.report import database
from zrg_app.kit import db
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port
from zrg_app.runtime.product import Plan, Product, start_product
from zrg_app.services import access

BIG = "Workspace 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A way in: the session cookie of one person, and the workspace they look at."""

    cookie: str
    workspace_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A running product over a loaded database; `tickets` are handed out in turn, one per tab."""

    product: Product
    database_url: str
    tickets: tuple[Ticket, ...]

    def memory(self) -> int:
        """Resident bytes of the app process."""
        status = Path(f"/proc/{self._app()}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def cpu(self) -> float:
        """Seconds of processor time the app process has used."""
        fields = Path(f"/proc/{self._app()}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _app(self) -> int:
        return self.product.supervisor.process_of("app").pid


@contextmanager
def running_world(name: str, *, leads: int, messages: int, workspaces: int, tabs: int, scheduler: bool) -> Iterator[World]:
    """Load, sign people in, start the product as `./zrg up` does; everything is gone afterwards."""
    with database(name) as url, tempfile.TemporaryDirectory(prefix="zrg-bench-") as folder:
        load(url, leads=leads, messages=messages)
        tickets = _sign_in(url, workspaces, tabs)
        port = free_port()
        # The home must be known here too: what we sign and encrypt, the product must be able to read.
        plan = Plan(home=Home(Path(folder)).ready(), port=port, host="127.0.0.1", database_url=url, sandbox=False, seed=False,
                    scheduler=scheduler, environment={"ZRG_LOG_LEVEL": "WARNING", **_passed_on()})
        product = start_product(plan, lambda part, line: print(f"{part}: {line}") if part in ("screens", "app") else None)
        try:
            yield World(product=product, database_url=url, tickets=tickets)
        finally:
            product.stop()


def _passed_on() -> dict[str, str]:
    return {name: os.environ[name] for name in ("ZRG_DATABASE_POOL_SIZE",) if name in os.environ}


def _sign_in(url: str, workspaces: int, tabs: int) -> tuple[Ticket, ...]:
    """One login per tab, spread over people and the first workspaces; the first workspace is the large one."""
    with psycopg.connect(url) as connection:
        places = [row[0] for row in connection.execute(
            "select id from workspace order by (name = %s) desc, name limit %s", (BIG, workspaces)).fetchall()]
        people = [row[0] for row in connection.execute("select id from app_user order by email").fetchall()]
        owner = connection.execute("select owner_id from workspace limit 1").fetchone()[0]
    for place in places:
        with db.transaction(Scope(actor=Actor(kind="user", name="Bench", id=owner), workspace_id=place)) as tx:
            for person in people:
                if person != owner:
                    access.add_member(tx, Scope(actor=Actor(kind="user", name="Bench", id=owner), workspace_id=place), person,
                                      "INBOX_MANAGER")
    with db.transaction(system("sign in the visitors of a benchmark")) as tx:
        return tuple(Ticket(cookie=access.open_session(tx, people[number % len(people)]),
                            workspace_id=str(places[number % len(places)])) for number in range(tabs))

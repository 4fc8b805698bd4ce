"""How does a browser test get its product and its page? One product for all of them, built and started the way people do."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import sql

from tests.browser.stage import OWNER, PASSWORD, Stage, set_stage
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port
from zrg_app.runtime.product import Plan, start_product

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
         "--disable-sync", "--disable-quic")
PATIENCE = 15_000


@pytest.fixture(scope="session")
def own_database(server_url: str) -> Iterator[str]:
    """An empty database for the product of the browser tests; the product brings it to the schema."""
    name = f"zrg_browser_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    address, _, query = server_url.partition("?")
    yield f"{address.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def stage(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A running product with Acme Growth, its people and its connected providers; `undo` lasts three seconds here."""
    home = Home(tmp_path_factory.mktemp("browser-home")).ready()
    lines: list[str] = []
    plan = Plan(home=home, port=free_port(), host="127.0.0.1", database_url=own_database, durable=False, seed=False,
                environment={"ZRG_UNDO_SECONDS": "3", "ZRG_ENVIRONMENT": "test", "ZRG_DESIGN_PAGE": "1"})
    product = start_product(plan, lambda part, line: lines.append(f"{part}: {line}"))
    try:
        ready = set_stage(product)
        yield ready
        ready.sandbox.close()
    finally:
        product.stop()
        (home.root / "product.log").write_text("\n".join(lines))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser: the system's own where there is one, else Playwright's. For one module: its event loop holds this thread."""
    own = os.environ.get("ZRG_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own if Path(own).exists() else None, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture
def visitor(chromium: Browser, stage: Stage, faults: list[str]) -> Iterator["Visitors"]:
    """Opens pages for people; whatever a page complains about fails the test."""
    visitors = Visitors(chromium, stage, faults)
    yield visitors
    visitors.leave()
    assert not faults


@pytest.fixture
def page(visitor: "Visitors") -> Page:
    """The inbox as Mara, the owner, has it."""
    return visitor.signs_in(OWNER)


class Visitors:
    """People with browsers of their own."""

    def __init__(self, browser: Browser, stage: Stage, faults: list[str]) -> None:
        """Nobody has come yet."""
        self._browser, self._stage, self._faults = browser, stage, faults
        self._contexts: list = []

    def signs_in(self, email: str, target: str = "/", **options: object) -> Page:
        """Open `target` as somebody, through the login; returns when the list is there."""
        context = self._browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self._faults.append(str(error)))
        page.on("console", lambda said: self._faults.append(said.text) if said.type == "error" else None)
        page.goto(self._stage.url + target)
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".list h1")
        page.wait_for_selector(".rows li, .list .face")
        return page

    def leave(self) -> None:
        """Close everything."""
        for context in self._contexts:
            context.close()

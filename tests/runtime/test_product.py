"""Does the whole product start on any port, speak to a real browser, and survive its parts?"""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from zrg_app.runtime.browser import ensure_browser
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import answers, free_port
from zrg_app.runtime.product import Plan, Product, start_product

_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A whole product with an embedded database of its own, on a random port."""
    home = Home(tmp_path_factory.mktemp("home"))
    product = start_product(Plan(home=home, port=free_port(), durable=False, seed=False))
    yield product
    product.stop()


def test_the_health_route_and_the_page_come_from_one_port(product: Product) -> None:
    assert answers(f"{product.url}/api/health")
    with urlopen(product.url) as response:
        assert b"<html" in response.read().lower()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_page_opens_its_websocket_to_the_host_and_port_it_came_from(product: Product, host: str) -> None:
    url = product.url.replace("localhost", host)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(lambda _: None), args=list(_FLAGS))
        page = browser.new_page()
        with page.expect_websocket() as opened:
            page.goto(url)
        assert opened.value.url.startswith(url.replace("http", "ws") + "/_event")
        opened.value.wait_for_event("framereceived")
        browser.close()


def test_a_killed_app_answers_again(product: Product) -> None:
    product.kill("app")
    _until_answers(product)


def test_a_killed_database_comes_back(product: Product) -> None:
    before = product.supervisor.process_of("database")
    product.kill("database")
    deadline = time.monotonic() + 30
    while product.supervisor.process_of("database") is before:
        assert time.monotonic() < deadline, "the database did not come back"
        time.sleep(0.1)
    _until_answers(product)


def test_a_given_database_is_used_and_none_is_started(product: Product, tmp_path: Path) -> None:
    plan = Plan(home=Home(tmp_path), port=free_port(), database_url=product.database_url, sandbox=False, seed=False)
    other = start_product(plan)
    try:
        assert other.database_url == product.database_url
        assert answers(f"{other.url}/api/health")
        with pytest.raises(KeyError):
            other.supervisor.process_of("database")
        assert not (tmp_path / "postgres").exists()
    finally:
        other.stop()


def _until_answers(product: Product) -> None:
    deadline = time.monotonic() + 30
    time.sleep(0.3)
    while not answers(f"{product.url}/api/health"):
        assert time.monotonic() < deadline, "the app did not come back"
        time.sleep(0.1)

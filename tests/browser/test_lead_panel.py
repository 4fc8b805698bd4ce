"""A lead is changed where it stands while a colleague changes the same, and a setter finds only what is theirs."""

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import SETTER, Stage
from zrg_app.kit import db


def _sql(stage: Stage, statement: str) -> list[tuple]:
    with psycopg.connect(db.plain_url(stage.product.environment()["DATABASE_URL"]), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def limited(stage: Stage) -> Iterator[Stage]:
    """The stage; afterwards setters see everything again, whatever the test set."""
    yield stage
    _sql(stage, "update workspace_settings set setters_see_own_only = false")


def _opened(page: Page, name: str) -> None:
    page.click(".view:has-text('All conversations')")
    page.locator(f".rows li:has-text('{name}')").first.click()
    expect(page.locator(".conversation-head h2")).to_contain_text(name)


def test_a_value_is_changed_in_place_and_a_colleagues_is_never_written_over(stage: Stage, page: Page, visitor: Visitors) -> None:
    lead = stage.writes_email("Iris", "Could you tell me more?", quoted=False)
    assert lead
    _opened(page, "Iris Kessler")
    cell = page.locator(".lead .value[data-field=company]")
    cell.locator(".value-shown").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Halden Roofing")
    page.keyboard.press("Enter")
    expect(cell.locator(".value-shown")).to_have_text("Halden Roofing")
    page.locator(".toast button:has-text('Undo')").click()
    expect(cell.locator(".value-shown")).to_have_text("Northwind Freight")
    phone = page.locator(".lead .value[data-field=phone]")
    phone.locator("[data-edit]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(phone.locator(".value-problem")).to_contain_text("no phone number")
    page.keyboard.press("Escape")
    expect(phone.locator("input")).to_have_count(0)
    # Ben changes the title while Mara is typing another one.
    title = page.locator(".lead .value[data-field=job_title]")
    title.locator("[data-edit]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Chief of Operations")
    other = visitor.signs_in(SETTER)
    _opened(other, "Iris Kessler")
    theirs = other.locator(".lead .value[data-field=job_title]")
    theirs.locator(".value-shown").click()
    other.keyboard.press("Control+a")
    other.keyboard.type("COO")
    other.keyboard.press("Enter")
    expect(theirs.locator(".value-shown")).to_contain_text("COO")
    page.keyboard.press("Enter")
    conflict = title.locator(".value-conflict")
    expect(conflict).to_contain_text("Ben Ortiz changed this meanwhile, to COO")
    expect(theirs.locator(".value-shown")).to_contain_text("COO")
    conflict.locator("button:has-text('Use mine')").click()
    expect(title.locator(".value-shown")).to_contain_text("Chief of Operations")
    expect(theirs.locator(".value-shown")).to_contain_text("Chief of Operations")
    page.click("[data-timeline]")
    expect(page.locator(".timeline")).to_contain_text("Ben Ortiz changed the job title")
    page.click(".timeline-sorts button:has-text('Messages')")
    expect(page.locator(".timeline li").first).to_contain_text("wrote by e-mail")


def test_a_setter_sees_only_theirs_and_loses_what_they_give_away(
        limited: Stage, page: Page, visitor: Visitors, faults: list[str]) -> None:
    limited.writes_email("Jonas", "Is this for us?", quoted=False)
    limited.writes_email("Karla", "Not for setters.", quoted=False)
    _opened(page, "Jonas Kessler")
    page.locator(".lead [data-owner]").select_option(label="Ben Ortiz")
    expect(page.locator(".thread")).to_contain_text("assigned this to Ben Ortiz")
    (karla,) = _sql(limited, "select id from lead where first_name = 'Karla'")[0]
    page.goto(limited.url + "/settings?settingsTab=general")
    page.locator("#set-setters_see_own_only").check()
    page.click(".save-bar button[type=submit]")
    expect(page.locator(".toast")).to_contain_text("Saved")
    ben = visitor.signs_in(SETTER, f"/?leadId={karla}")
    expect(ben.locator(".toast").first).to_contain_text("not here")
    ben.click(".view:has-text('All conversations')")
    expect(ben.locator(".rows li:has-text('Jonas')")).to_have_count(1)
    expect(ben.locator(".rows li:has-text('Karla')")).to_have_count(0)
    ben.fill("#search", "Karla")
    expect(ben.locator(".list .face")).to_contain_text("Nothing found")
    ben.fill("#search", "")
    ben.locator(".rows li:has-text('Jonas')").first.click()
    expect(ben.locator(".conversation-head h2")).to_contain_text("Jonas")
    ben.locator(".lead [data-owner]").select_option(label="Mara Reyes")
    expect(ben.locator(".rows li:has-text('Jonas')")).to_have_count(0)
    expect(ben.locator(".conversation-head h2")).to_have_count(0)
    # Whatever the page was asking of the lead in that moment is not found any more, which the browser notes.
    faults[:] = [said for said in faults if "404" not in said]

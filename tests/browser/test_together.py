"""People at one conversation, and a server that goes away: nobody answers twice unknowingly, and no word is lost."""

import re
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import OWNER, PASSWORD, SETTER, Stage
from zrg_app.kit import db

SOON, RESTARTED = 2_000, 60_000


@pytest.fixture
def lead(stage: Stage, own_database: str) -> Callable[[str], UUID]:
    """Has a lead of this name write something that needs no draft; returns their id once it is read."""
    def writes(name: str) -> UUID:
        stage.writes_email(name, "We use another vendor at the moment.", quoted=False)
        for _ in range(100):
            with psycopg.connect(db.plain_url(own_database)) as connection:
                found = connection.execute("select l.id from lead l join conversation c on c.lead_id = l.id where l.first_name = %s",
                                           (name,)).fetchone()
                if found:
                    return found[0]
                connection.execute("select pg_sleep(0.1)")
        raise AssertionError(f"{name} did not arrive")
    return writes


def types(page: Page, words: str) -> None:
    """Type as a person does."""
    page.locator("#answer").press_sequentially(words, delay=5)


def sent(database: str, lead_id: UUID) -> list[str]:
    with psycopg.connect(db.plain_url(database)) as connection:
        found = connection.execute("select body from outbound_message where lead_id = %s and status <> 'cancelled' order by created_at",
                                   (lead_id,))
        return [row[0] for row in found]


def test_two_people_see_each_other_and_the_second_to_send_is_asked_once(
        visitor: Visitors, stage: Stage, own_database: str, lead: Callable[[str], UUID]) -> None:
    dana = lead("Tova")
    link = f"/?view=inbox&clientId={stage.workspace_id}&leadId={dana}"
    mara, ben = visitor.signs_in(OWNER, link), visitor.signs_in(SETTER, link)
    mara.bring_to_front()
    expect(mara.locator("[data-onlookers]")).to_have_text("Ben is looking", timeout=SOON)
    expect(ben.locator("[data-onlookers]")).to_have_text("Mara is looking")
    types(mara, "Mara would say this")
    expect(ben.locator("[data-onlookers]")).to_have_text("Mara is typing…", timeout=SOON)
    types(ben, "Ben was faster")
    ben.keyboard.press("Control+Enter")
    expect(mara.locator(".came-told")).to_contain_text(re.compile("Ben Ortiz answered .*Ben was faster"), timeout=SOON)
    expect(mara.locator("#answer")).to_have_value("Mara would say this")
    mara.keyboard.press("Control+Enter")
    expect(mara.locator(".came-ask")).to_contain_text("Send yours anyway?")
    mara.click("[data-came-do=write]")
    expect(mara.locator(".came-ask")).to_be_hidden()
    types(mara, ", too")
    assert sent(own_database, dana) == ["Ben was faster"]
    mara.keyboard.press("Control+Enter")
    mara.click("[data-came-do=send]")
    expect(mara.locator(".message", has_text="Mara would say this, too")).to_be_visible()
    assert sent(own_database, dana) == ["Ben was faster", "Mara would say this, too"]
    ben.close()
    expect(mara.locator("[data-onlookers]")).to_have_count(0)


def test_a_server_that_restarts_takes_no_word_and_the_page_comes_back_by_itself(
        visitor: Visitors, stage: Stage, own_database: str, faults: list[str], lead: Callable[[str], UUID]) -> None:
    ottokar = lead("Ottokar")
    page = visitor.signs_in(OWNER, f"/?view=inbox&leadId={ottokar}")
    expect(page.locator(".conversation-head h2")).to_have_text("Ottokar Kessler")
    types(page, "Words that outlive")
    stage.product.kill("app")
    expect(page.locator(".line-lost")).to_be_visible()
    types(page, " a server")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="this was not done")).to_be_visible()
    expect(page.locator(".line-back")).to_be_visible(timeout=RESTARTED)
    expect(page.locator(".conversation-head h2")).to_have_text("Ottokar Kessler")
    expect(page.locator("#answer")).to_have_value("Words that outlive a server")
    assert sent(own_database, ottokar) == []
    lead("Vera")
    expect(page.locator(".row-name", has_text="Vera Kessler")).to_be_visible()
    page.locator("#answer").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message", has_text="Words that outlive a server")).to_be_visible()
    assert sent(own_database, ottokar) == ["Words that outlive a server"]
    # A lost line is what this test is about; the browser complains of it.
    faults[:] = [said for said in faults if not re.search(r"ERR_|WebSocket|Failed to load|50[234]", said)]


def test_a_login_that_ends_leads_back_to_the_same_words(
        visitor: Visitors, own_database: str, faults: list[str], lead: Callable[[str], UUID]) -> None:
    nora = lead("Nora")
    page = visitor.signs_in(SETTER, f"/?view=inbox&leadId={nora}")
    expect(page.locator(".conversation-head h2")).to_have_text("Nora Kessler")
    types(page, "Before the login ended")
    with psycopg.connect(db.plain_url(own_database), autocommit=True) as connection:
        connection.execute(
            "update login_session s set revoked_at = now() from app_user u where u.id = s.user_id and u.email = %s", (SETTER,))
    page.wait_for_url(re.compile(r"/login/?\?next="))
    page.fill("#email", SETTER)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".conversation-head h2")).to_have_text("Nora Kessler")
    expect(page.locator("#answer")).to_have_value("Before the login ended")
    # Whatever knocked after the login had ended was answered with 401, which the browser notes.
    assert all("401" in said for said in faults)
    faults.clear()

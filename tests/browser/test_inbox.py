"""The inbox under the hands of a person: keys, links, paging, search, and what changes while they look."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import CLIENT, SETTER, Stage

LEADS = 60


@pytest.fixture(scope="module", autouse=True)
def _many_conversations(stage: Stage) -> Iterator[None]:
    """More than one page of leads with answers that need no draft, so that nothing moves by itself afterwards."""
    for number in range(LEADS):
        stage.writes_email(f"Pat{number:02}", "We use another vendor at the moment.", subject=f"Plan {number:02}", quoted=False)
    return


@pytest.fixture
def all_of_them(page: Page) -> Page:
    """The inbox at its fullest view, once every lead has arrived."""
    page.click(".view:has-text('All conversations')")
    expect(page.locator(".list h1")).to_have_text("All conversations")
    page.wait_for_function(f"Number(document.querySelector('.list-title .count')?.textContent ?? 0) >= {LEADS}")
    return page


def rows(page: Page) -> int:
    """How many rows the list holds."""
    return page.locator(".rows li").count()


def opened(page: Page) -> str:
    """Whose conversation is open."""
    return page.locator(".conversation-head h2").inner_text()


def test_the_list_loads_more_while_scrolling_and_shows_each_once(all_of_them: Page) -> None:
    page = all_of_them
    assert rows(page) == 50
    page.locator(".rows").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    expect(page.locator(".rows-foot")).to_contain_text("That is all of them.")
    leads = page.locator(".rows li").evaluate_all("rows => rows.map(row => row.dataset.lead)")
    assert len(leads) == len(set(leads)) >= LEADS


def test_a_page_that_nobody_touches_rests(all_of_them: Page) -> None:
    page = all_of_them
    page.locator(".row-link").first.click()
    expect(page.locator(".conversation .thread")).to_be_visible()
    page.wait_for_timeout(2000)
    asking = page.context.new_cdp_session(page)
    asking.send("Performance.enable")

    def layouts() -> float:
        return next(each["value"] for each in asking.send("Performance.getMetrics")["metrics"] if each["name"] == "LayoutCount")

    before = layouts()
    page.wait_for_timeout(1500)
    assert layouts() - before <= 5  # an animation that is laid out makes sixty of them in a second


def test_keys_walk_open_answer_and_finish(all_of_them: Page) -> None:
    page = all_of_them
    names = page.locator(".row-name").all_inner_texts()
    page.keyboard.press("j")
    expect(page.locator(".conversation-head h2")).to_have_text(names[0])
    page.keyboard.press("j")
    expect(page.locator(".conversation-head h2")).to_have_text(names[1])
    page.keyboard.press("k")
    expect(page.locator(".conversation-head h2")).to_have_text(names[0])
    page.keyboard.press("r")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".conversation-head h2")).to_have_text(names[1])
    page.click(".toast button:has-text('Undo')")
    expect(page.locator(".conversation-head h2")).to_have_text(names[0])
    expect(page.locator("[data-key=done]")).to_contain_text("Done")


def test_a_link_opens_exactly_that_conversation_also_through_the_login(visitor: Visitors, all_of_them: Page) -> None:
    lead = all_of_them.locator(".rows li").nth(7).get_attribute("data-lead")
    name = all_of_them.locator(".row-name").nth(7).inner_text()
    page = visitor.signs_in(SETTER, f"/?view=inbox&leadId={lead}")
    expect(page.locator(".conversation-head h2")).to_have_text(name)


def test_a_link_to_nowhere_says_so_and_shows_the_list(visitor: Visitors) -> None:
    page = visitor.signs_in(SETTER, "/?view=inbox&leadId=not-a-lead&draftId=%00'--")
    expect(page.locator(".toast")).to_contain_text("not here")


def test_searching_finds_a_person_and_clearing_brings_the_view_back(all_of_them: Page) -> None:
    page = all_of_them
    page.keyboard.press("/")
    page.keyboard.type("pat17@north")
    expect(page.locator(".rows li")).to_have_count(1)
    expect(page.locator(".row-name")).to_have_text("Pat17 Kessler")
    page.fill("#search", "nobody is called like this")
    expect(page.locator(".list .face")).to_contain_text("Nothing found")
    page.click("text=Clear the search and filters")
    expect(page.locator(".list h1")).to_have_text("All conversations")
    assert rows(page) == 50


def test_a_reply_appears_without_reload_and_takes_no_words_away(all_of_them: Page, stage: Stage) -> None:
    page = all_of_them
    page.keyboard.press("j")
    page.wait_for_selector("#answer")
    name = opened(page).split()[0]
    page.fill("#answer", "Half a thought")
    page.locator("#answer").press("End")
    stage.writes_email("Robin", "Could we talk next week?")
    expect(page.locator(".row-name").first).to_have_text("Robin Kessler")
    stage.writes_email(name, "Actually yes, could we meet on Tuesday?", quoted=False)
    expect(page.locator(".message", has_text="Actually yes")).to_be_visible()
    expect(page.locator(".toast", has_text="Your words stay")).to_be_visible()
    expect(page.locator("#answer")).to_have_value("Half a thought")
    page.click(".toast button:has-text('Use the draft')")
    expect(page.locator("#answer")).to_have_value(re.compile(r"^Hi "))


def test_two_people_see_each_others_doing(visitor: Visitors, all_of_them: Page) -> None:
    mara, ben = all_of_them, visitor.signs_in(SETTER)
    mara.keyboard.press("j")
    mara.wait_for_selector(".conversation-head")
    lead = mara.locator(".conversation").get_attribute("data-lead")
    ben.goto(f"{ben.url.split('?')[0]}?view=inbox&leadId={lead}")
    expect(ben.locator(".conversation-head h2")).to_have_text(opened(mara))
    ben.keyboard.press("n")
    ben.fill("#answer", "Seen by Ben")
    ben.keyboard.press("Control+Enter")
    expect(mara.locator(".message.note")).to_contain_text("Seen by Ben")


def test_words_never_leave_by_the_way_that_was_just_turned_from(all_of_them: Page, stage: Stage) -> None:
    all_of_them.keyboard.press("j")
    all_of_them.wait_for_selector(".conversation-head")
    expect(all_of_them.locator(".editor")).to_have_attribute("data-channel", "email")
    sent = _let_go(stage)
    # All in one breath, before the server can have turned the composer.
    all_of_them.evaluate("""() => {
      document.querySelector('[data-key="note"]').click();
      const editor = document.querySelector('.editor');
      editor.value = 'For the team only';
      editor.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector('[data-key="send"]').click();
    }""")
    expect(all_of_them.locator(".editor")).to_have_attribute("data-channel", "note")
    assert _let_go(stage) == sent


def _let_go(stage: Stage) -> int:
    with psycopg.connect(stage.product.database_url) as connection:
        return connection.execute("select count(*) from outbound_message").fetchone()[0]


def test_live_updates_come_back_after_the_database_hung_up(all_of_them: Page, stage: Stage) -> None:
    with psycopg.connect(stage.product.database_url, autocommit=True) as connection:
        ended = connection.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                                   "where datname = current_database() and query = 'listen zrg_live'").fetchall()
    assert ended
    stage.writes_email("Wren", "We use another vendor at the moment.")
    expect(all_of_them.locator(".row-name").first).to_have_text("Wren Kessler")


def test_a_client_looks_on_and_finds_nothing_to_press(visitor: Visitors) -> None:
    page = visitor.signs_in(CLIENT)
    page.click(".view:has-text('All conversations')")
    page.locator(".row-link").first.click()
    expect(page.locator(".conversation-head h2")).to_be_visible()
    expect(page.locator(".banner", has_text="looking on")).to_be_visible()
    assert page.locator("#answer, [data-key=send], [data-key=done], [data-key=snooze]").count() == 0


def test_on_a_phone_one_pane_shows_and_back_leads_to_the_list(visitor: Visitors) -> None:
    page = visitor.signs_in(SETTER, viewport={"width": 390, "height": 780})
    page.click("[data-do='drawer:views']")
    page.click(".view:has-text('All conversations')")
    page.locator(".row-link").first.click()
    expect(page.locator("#answer, .cannot")).to_be_visible()
    expect(page.locator(".list")).to_be_hidden()
    page.click("[aria-label='Back to the list']")
    expect(page.locator(".list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

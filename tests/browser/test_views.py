"""A person narrows the list, names what is left, shares it, and searches: everything by the screen, everything in the link."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Visitors
from tests.browser.stage import OWNER, SETTER, Stage

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module", autouse=True)
def _some_conversations(stage: Stage) -> Iterator[None]:
    """Three who write by mail, one by SMS."""
    for name, words in (("Vera", "Our depot in Linz has forty vans."), ("Wim", "We use another vendor."), ("Xenia", "What would it cost?")):
        stage.writes_email(name, words, subject="About vans" if name == "Wim" else "Vans", quoted=False)
    stage.writes_sms("Yuri", "+14155550177", "whats the pricing for 3 vans")
    return


def test_filters_are_named_shared_and_opened_by_a_link(visitor: Visitors) -> None:
    page = visitor.signs_in(OWNER)
    page.click(".view:has-text('All conversations')")
    expect(page.locator(".list h1")).to_have_text("All conversations")
    page.click(".chip:has-text('SMS')")
    expect(page.locator(".row-name", has_text="Yuri")).to_be_visible()
    expect(page.locator(".row-name", has_text="Vera")).to_have_count(0)
    page.click("[data-key=filter]")
    # Boxes, chips and choices show what was wanted before the server has heard of it.
    assert page.evaluate("(box => (box.click(), box.checked))(document.querySelector('#filter-sheet .check'))")
    assert page.evaluate("(chip => (chip.click(), chip.ariaPressed))(document.querySelectorAll('#filter-sheet .chip')[0])") == "true"
    page.locator("#filter-sheet .chip").nth(0).click()
    expect(page.locator("#filter-sheet .chip[aria-pressed=true]")).to_have_count(0)
    page.select_option("#filter-period", "7")
    page.keyboard.press("Escape")
    expect(page.locator(".chip.holds")).to_have_text(["Unread", "Last 7 days"])
    expect(page).to_have_url(re.compile(r"view=all.*channel=sms.*unread=1.*period=7"))
    page.click("[data-key=save-view]")
    page.fill("#view-name", "Fresh texts")
    page.click("#view-shared")
    page.click("[data-key=save-view-now]")
    line = page.locator("[data-saved]", has_text="Fresh texts")
    expect(line).to_have_attribute("aria-current", "true")
    expect(line.locator(".count")).to_have_text(re.compile(r"^\d+$"))
    expect(page).to_have_url(re.compile(r"saved="))

    theirs = visitor.signs_in(SETTER, page.url.replace(page.url.split("/?")[0], ""))
    expect(theirs.locator(".list h1")).to_have_text("Fresh texts")
    expect(theirs.locator(".row-name", has_text="Yuri")).to_be_visible()
    expect(theirs.locator(".saved-line .icon-button")).to_have_count(0)
    theirs.click(".chip[data-chip=unread]")
    expect(theirs.locator(".changed-note")).to_contain_text("Changed from “Fresh texts”")

    page.locator(".saved-line", has_text="Fresh texts").hover()
    page.click(".saved-line .icon-button")
    page.click("#edit-view button:has-text('Delete')")
    expect(page.locator("[data-saved]")).to_have_count(0)
    page.click(".toast button:has-text('Undo')")
    expect(page.locator("[data-saved]", has_text="Fresh texts")).to_be_visible()


def test_views_and_filters_are_reached_from_any_page_by_the_palette(page: Page, stage: Stage) -> None:
    def choose(words: str, heading: str) -> None:
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        expect(page.locator(".palette-option[aria-selected=true]")).to_contain_text(heading)
        page.keyboard.press("Enter")

    choose("with a draft", "With a draft")
    expect(page.locator(".chip.holds")).to_have_text(["With a draft"])
    page.goto(f"{stage.url}/settings?settingsTab=team")
    expect(page.locator("[data-key=palette]")).to_be_visible()
    choose("fresh te", "Fresh texts")
    expect(page.locator(".list h1")).to_have_text("Fresh texts")
    page.goto(f"{stage.url}/ai/personas")
    expect(page.locator("[data-key=palette]")).to_be_visible()
    choose("all conver", "All conversations")
    expect(page.locator(".list h1")).to_have_text("All conversations")


def test_a_search_marks_what_it_found_and_news_leave_the_marks(page: Page, stage: Stage) -> None:
    page.fill("#search", "linz")
    expect(page.locator(".row-text mark")).to_have_text("Linz")
    expect(page.locator(".rows li")).to_have_count(1)
    stage.writes_email("Vera", "And ten in Graz.", subject="Vans", quoted=False)
    expect(page.locator(".rows li")).to_have_count(1)
    expect(page.locator(".row-text mark")).to_have_text("Linz")
    page.click(".row-link:has-text('Vera')")
    page.wait_for_function("CSS.highlights.get('found')?.size === 1")  # painted in the thread, which itself stays as it is
    page.fill("#search", "about van")
    expect(page.locator(".row-sub mark")).to_have_text(["About", "van"])
    page.fill("#search", "xen kess")
    expect(page.locator(".row-name mark")).to_have_text(["Xen", "Kess"])
    page.click(".view:has-text('All conversations')")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator(".row mark")).to_have_count(0)
    page.wait_for_function("!CSS.highlights.has('found')")

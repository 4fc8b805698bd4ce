"""Many conversations at once under the hands of a person: chosen, labelled, given away, finished, and all of it taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage

NAMES = ("Bulka", "Bulkb", "Bulkc", "Bulkd")


@pytest.fixture
def four(page: Page, stage: Stage) -> Page:
    """Four conversations that nobody has answered."""
    for name in NAMES:
        stage.writes_email(name, "We use another vendor at the moment.", subject=f"Plan of {name}", quoted=False)
    page.click(".view:has-text('All conversations')")
    for name in NAMES:
        expect(page.locator(f".row:has-text('{name}')")).to_be_visible()
    return page


def row(page: Page, name: str):
    return page.locator(f".row:has-text('{name}')")


def test_three_are_chosen_labelled_given_away_finished_and_come_back(four: Page) -> None:
    page = four
    order = [name.split()[0] for name in page.locator(".row-name").all_inner_texts() if name.startswith("Bulk")]
    row(page, order[0]).hover()
    row(page, order[0]).locator(".check").check()
    row(page, order[2]).locator(".check").click(modifiers=["Shift"])
    expect(page.locator("[data-picked-count]")).to_have_text("3 chosen")
    page.keyboard.press("Escape")
    expect(page.locator("[data-picked-count]")).to_be_hidden()

    # By keys alone: x takes the row under the cursor, Shift J the next along, Shift K gives the last one back.
    row(page, order[0]).locator(".row-link").click()
    for keys in ("x", "Shift+J", "Shift+J", "Shift+J", "Shift+K"):
        page.keyboard.press(keys)
    expect(page.locator("[data-picked-count]")).to_have_text("3 chosen")

    page.keyboard.press("l")
    expect(page.locator(".menu:popover-open [data-filter]")).to_be_focused()
    page.keyboard.type("Hot lead")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").last).to_contain_text("“Hot lead” is on 3 conversations.")
    for name in order[:3]:
        expect(row(page, name).locator(".label-chip")).to_have_text("Hot lead")
    expect(row(page, order[3]).locator(".label-chip")).to_have_count(0)

    for name in order[:3]:
        row(page, name).hover()
        row(page, name).locator(".check").check()
    page.keyboard.press("a")
    expect(page.locator(".menu:popover-open [data-filter]")).to_be_focused()
    page.keyboard.type("me")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").last).to_contain_text("3 conversations are yours now.")
    expect(row(page, order[1]).locator(".owner")).to_have_text("MR")

    page.click(".view:has-text('Assigned to me')")
    expect(page.locator(".list h1")).to_have_text("Assigned to me")
    for name in order[:3]:
        row(page, name).hover()
        row(page, name).locator(".check").check()
    page.keyboard.press("e")
    expect(page.locator(".toast").last).to_contain_text("3 conversations are done.")
    for name in order[:3]:
        expect(row(page, name)).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator(".toast").last).to_contain_text("3 conversations are as before.")
    for name in order[:3]:
        expect(row(page, name)).to_be_visible()

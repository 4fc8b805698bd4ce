"""Two leads become one and two again under the hands of a person, by keyboard, in both themes and on a phone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import OWNER, Stage


def _opened(page: Page, name: str) -> None:
    page.click(".view:has-text('All conversations')")
    page.locator(f".rows li:has-text('{name}')").first.click()
    expect(page.locator(".conversation-head h2")).to_contain_text(name)


def test_two_leads_are_merged_by_keyboard_and_taken_apart_again(stage: Stage, page: Page) -> None:
    stage.writes_email("Quinn", "Please call me instead.", quoted=False)
    stage.writes_sms("Quincy", "+14155550161", "This is Quinn, by SMS")
    _opened(page, "Quinn Kessler")
    page.locator("[data-merge]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#merge-dialog")).to_be_visible()
    page.locator("#merge-query").fill("Quincy")
    page.keyboard.press("Enter")
    choice = page.locator(".kin-choice")
    expect(choice).to_have_count(1)
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kin-table tr[data-differs=true]").first).to_be_visible()
    page.locator("#merge-reason").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#merge-dialog .problem")).to_contain_text("why")
    page.locator("#merge-reason").fill("Wrote by e-mail and by SMS")
    page.keyboard.press("Enter")
    expect(page.locator("#merge-dialog")).not_to_be_visible()
    expect(page.locator(".lead .kin")).to_contain_text("Merged with Quincy Oliveira")
    expect(page.locator(".thread")).to_contain_text("This is Quinn, by SMS")
    expect(page.locator(".rows li:has-text('Quincy')")).to_have_count(0)
    page.locator(".lead .kin button:has-text('Undo')").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lead .kin")).to_have_count(0)
    expect(page.locator(".thread")).not_to_contain_text("This is Quinn, by SMS")
    expect(page.locator(".rows li:has-text('Quincy')")).to_have_count(1)


def test_the_merge_dialog_works_on_a_phone_and_in_the_dark(stage: Stage, visitor: Visitors) -> None:
    stage.writes_email("Sasha", "Hello from Sasha", quoted=False)
    stage.writes_email("Sacha", "Hello from Sacha", quoted=False)
    page = visitor.signs_in(OWNER, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.locator(".rows li:has-text('Sasha')").first.click()
    page.click("[aria-label='About this lead']")
    page.click("[data-merge]")
    page.fill("#merge-query", "Sacha")
    page.keyboard.press("Enter")
    page.click(".kin-choice")
    table = page.locator(".kin-table")
    expect(table).to_be_visible()
    box, dialog = page.locator(".kin-frame").bounding_box(), page.locator("#merge-dialog").bounding_box()
    assert box and dialog and dialog["width"] <= 390 and box["x"] >= 0
    page.keyboard.press("Escape")
    expect(page.locator("#merge-dialog")).not_to_be_visible()

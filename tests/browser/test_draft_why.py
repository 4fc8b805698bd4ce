"""A setter asks why a draft says what it says, and is told."""

from playwright.sync_api import Page, expect

from tests.browser.stage import SETTER, Stage


def test_a_draft_tells_how_it_was_made(stage: Stage, visitor) -> None:
    stage.writes_email("Nora", "Could you send me your pricing for three sites? I prefer mornings.", subject="Prices for Nora",
                       quoted=False)
    page: Page = visitor.signs_in(SETTER)
    page.click(".view:has-text('All conversations')")
    page.click(".rows li:has-text('Nora Kessler')")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready", timeout=30_000)
    page.click("[data-draft-why]")
    told = page.get_by_role("dialog", name="Why this draft")
    expect(told).to_be_visible()
    # More where another test let auto-send judge drafts in shadow.
    expect(told.locator(".why-steps li").nth(2)).to_be_visible()
    for words in ("They want", "Checks", "All ", "checks passed", "Plan", "Text", "Second look"):
        expect(told).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()

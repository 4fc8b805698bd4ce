"""An answer is put together by keys alone and arrives as it was meant; words half written are found again in another browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import OWNER, Stage
from tests.browser.test_main_loop import open_lead


def kept(page: Page) -> None:
    """Wait until the server has the words."""
    expect(page.locator("[data-words-state]")).to_have_text("Kept")


def stands_in_one_line(page: Page) -> None:
    """The last line of the composer breaks and overflows at no width, whatever it says of the words."""
    for width in (1440, 1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        measured = page.evaluate("""() => {
          document.querySelector('[data-words-state]').textContent = 'Kept in this browser only; trying again';
          const bar = document.querySelector('.station-bar'), send = bar.querySelector('[data-key=send]').getBoundingClientRect();
          return [bar.scrollWidth - bar.clientWidth, bar.clientHeight < 60, send.right <= bar.getBoundingClientRect().right];
        }""")
        assert measured == [0, True, True], width
    page.set_viewport_size({"width": 1440, "height": 900})


def copies_by_keys(page: Page) -> None:
    """A comma and Enter make chips, what is no address stays to be mended, Backspace takes the last one."""
    keys, chips = page.keyboard, page.locator(".cc-pill")
    page.focus("#cc")
    keys.type("luis@northwind.example,")
    expect(chips).to_have_text(["luis@northwind.example"])
    keys.type("Ana <ana@northwind.example>")
    keys.press("Enter")
    expect(chips).to_have_count(2)
    expect(page.locator("#cc")).to_be_focused()
    keys.type("nobody,")
    expect(page.locator("[data-cc-problem]")).to_contain_text("“nobody” is not an e-mail address.")
    for _ in "nobody":
        keys.press("Backspace")
    expect(chips).to_have_count(2)
    for left in (["luis@northwind.example"], []):
        keys.press("Backspace")
        expect(chips).to_have_text(left)


def test_a_snippet_put_in_by_keys_arrives_as_html_and_as_text(page: Page, stage: Stage) -> None:
    stage.writes_email("Dana", "Sounds good. What does it cost?", subject="Carrier rates")
    open_lead(page, "Dana Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    keys, answer = page.keyboard, page.locator("#answer")
    answer.fill("Hi {first name} of {company}, it is **900**:\n- set-up\n- support\n{booking link}")
    expect(page.locator("[data-blanks]")).to_contain_text("{booking link}")
    page.click("[data-key=snippets]")
    page.click("text=Keep these words as a snippet")
    page.fill("#snippet-name", "Price")
    page.focus("#snippet-body")
    page.focus("#snippet-name")
    expect(page.locator(".snippet-tried")).to_contain_text("Hi Dana of Northwind Freight")
    keys.press("Enter")
    expect(page.locator(".snippet-entry")).to_contain_text("Price")
    keys.press("Escape")

    copies_by_keys(page)
    answer.focus()
    keys.press("Control+a")
    keys.press("Delete")
    keys.type("Right, ")
    for sign in ";/":  # either opens them
        keys.type(f"{sign}pri")
        expect(page.locator("#snippet-search")).to_have_value("pri")
        expect(page.locator(".snippet-option[aria-selected=true]")).to_contain_text("Price")
        keys.press("Escape")
        expect(answer).to_have_value(f"Right, {sign}pri")
        expect(answer).to_be_focused()
        for _ in ";pri":
            keys.press("Backspace")
    keys.type(";pri")
    expect(page.locator(".snippet-option[aria-selected=true]")).to_contain_text("Price")
    keys.press("Enter")
    expect(answer).to_have_value("Right, Hi Dana of Northwind Freight, it is **900**:\n- set-up\n- support\n{booking link}")
    keys.press("Control+Enter")
    expect(page.locator(".toast[data-tone=bad]")).to_contain_text("{booking link}")
    answer.focus()
    keys.type("No link")
    expect(page.locator("[data-blanks]")).to_be_hidden()
    keys.press("Shift+Home")
    keys.press("Control+i")
    expect(answer).to_have_value(re.compile("_No link_$"))
    page.click("[data-key=preview]")
    expect(page.locator(".arrives-mail em")).to_have_text("No link")
    keys.press("Escape")
    page.click("[data-key=edits]")
    expect(page.locator("[data-edits-after] ins").first).to_be_visible()
    keys.press("Escape")
    answer.focus()
    keys.press("Control+Enter")
    sent = page.locator(".message[data-mine=true]", has_text="it is 900")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    expect(sent.locator(".bubble strong")).to_have_text("900")
    mail, = [mail for mail in stage.sandbox.sent("emailbison") if "it is 900" in mail["text"]]
    assert "it is <strong>900</strong>:\n<ul>\n<li>set-up</li>" in mail["html"] and "<em>No link</em>" in mail["html"]


def test_words_are_kept_for_another_browser_and_never_written_over(page: Page, stage: Stage, visitor) -> None:
    stage.writes_email("Priya", "Sounds good. What does it cost?", subject="Clinics")
    open_lead(page, "Priya Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    page.fill("#answer", "Begun at the office")
    kept(page)
    expect(page.locator(".row", has_text="Priya").locator(".row-begun")).to_be_visible()
    stands_in_one_line(page)
    other = visitor.signs_in(OWNER)
    open_lead(other, "Priya Kessler")
    expect(other.locator("#answer")).to_have_value("Begun at the office")
    other.fill("#answer", "Begun at the office, gone on at home")
    kept(other)

    page.fill("#answer", "Begun at the office, gone on there")
    offer = page.locator("[data-words-offer]")
    expect(offer).to_contain_text("kept elsewhere")
    offer.get_by_text("Use those").click()
    expect(page.locator("#answer")).to_have_value("Begun at the office, gone on at home")
    kept(page)
    page.click("[data-key=send]")
    expect(page.locator(".message[data-mine=true]", has_text="gone on at home").locator("[data-state=delivered]")).to_be_visible()
    expect(other.locator(".row", has_text="Priya").locator(".row-begun")).to_have_count(0)
    again = visitor.signs_in(OWNER)
    again.click(".view:has-text('All conversations')")
    with again.expect_response("**/api/words?**"):
        open_lead(again, "Priya Kessler")
    expect(again.locator("#answer")).to_have_value("")

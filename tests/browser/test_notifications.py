"""Two people at two browsers: one names the other in a note, whose bell rings at once and leads there."""

import re
from base64 import b64encode

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Visitors
from tests.browser.stage import BISON, OWNER, SETTER, Stage
from tests.browser.test_outbox import PICTURE

expect.set_options(timeout=PATIENCE)


def opens(page: Page, name: str) -> None:
    """Open a conversation of the list."""
    page.locator(".row-link", has_text=name).first.click()
    expect(page.locator(".conversation-head h2")).to_contain_text(name)


def test_a_mention_rings_live_and_leads_to_the_note(visitor: Visitors, stage: Stage) -> None:
    stage.writes_email("Nora", "Could you call me about the rates?")
    stage.writes_email("Olaf", "Please send me the brochure.")
    ben, mara = visitor.signs_in(SETTER), visitor.signs_in(OWNER)
    opens(ben, "Olaf")
    opens(mara, "Nora")
    mara.keyboard.press("n")
    note = mara.locator('.editor[data-channel="note"]')
    expect(note).to_be_focused()
    note.press_sequentially("Ask @be")
    choices = mara.get_by_role("listbox", name="Name somebody")
    expect(choices.get_by_role("option")).to_have_text(re.compile("Ben Ortiz"))
    mara.keyboard.press("Enter")
    note.press_sequentially("about <b>rates</b>")
    expect(note).to_have_value("Ask @Ben Ortiz about <b>rates</b>")
    mara.keyboard.press("Control+Enter")
    expect(mara.locator(".message.note .mention")).to_have_text("@Ben Ortiz")
    expect(mara.locator(".message.note .bubble")).to_have_text("Ask @Ben Ortiz about <b>rates</b>")

    bell = ben.get_by_role("button", name="Notifications, 1 unread")
    expect(bell).to_be_visible()
    expect(ben).to_have_title(re.compile(r"^\(1\) "))
    bell.click()
    item = ben.locator(".bell-item").first
    expect(item).to_contain_text("Mara Reyes named you in a note")
    item.click()
    expect(ben.locator(".conversation-head h2")).to_contain_text("Nora")
    expect(ben.locator(".message.note[data-found]")).to_contain_text("Ask @Ben Ortiz")
    expect(ben.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    expect(ben).not_to_have_title(re.compile(r"^\("))
    expect(ben.get_by_role("button", name="Delete", exact=True)).to_have_count(0)

    mara.get_by_role("button", name="Edit", exact=True).click()
    field = mara.locator("#note-edit-body")
    expect(field).to_have_value("Ask @Ben Ortiz about <b>rates</b>")
    field.fill("Ask @Ben Ortiz about the rates")
    mara.keyboard.press("Control+Enter")
    expect(ben.locator(".message.note .bubble")).to_have_text("Ask @Ben Ortiz about the rates")
    mara.get_by_role("button", name="Delete", exact=True).click()
    expect(ben.locator(".message.note")).to_have_count(0)
    mara.locator(".toast", has_text="Note deleted.").get_by_role("button", name="Undo").click()
    expect(ben.locator(".message.note")).to_have_count(1)


def test_a_picture_and_a_pdf_open_inside_the_page_and_other_files_are_cards(visitor: Visitors, stage: Stage) -> None:
    sent = (("plan.png", "image/png", PICTURE), ("offer.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n"),
            ("fake.pdf", "application/pdf", b"<script>alert(1)</script>"), ("list.csv", "text/csv", b"a,b\n"))
    files = [{"file_name": name, "content_type": kind, "content": b64encode(content).decode()} for name, kind, content in sent]
    stage._act("emailbison", BISON, {"first_name": "Zoe", "last_name": "Kessler", "email": "zoe@northwind.example", "files": files},
               "Here are the papers.")
    page = visitor.signs_in(OWNER)
    opens(page, "Zoe")
    cards = page.locator(".thread .file-card")
    expect(cards).to_have_count(4)
    assert {card.inner_text(): card.get_attribute("data-preview") for card in cards.all()} == {
        "plan.png": "picture", "offer.pdf": "pdf", "fake.pdf": "pdf", "list.csv": ""}
    cards.filter(has_text="plan.png").click()
    preview = page.locator("#file-preview")
    expect(preview.locator("img")).to_be_visible()
    expect(preview).to_contain_text("of 3")
    seen = {"plan.png"}
    for turn in ("ArrowRight", "ArrowRight"):
        page.keyboard.press(turn)
        expect(preview.locator("iframe, .preview-words:not(:has-text('Opening'))")).to_be_visible()
        name = preview.get_by_role("heading").inner_text()
        seen.add(name)
        expect(preview.locator("iframe" if name == "offer.pdf" else "text=This is not a PDF, whatever its name says.")).to_be_visible()
    assert seen == {"plan.png", "offer.pdf", "fake.pdf"}
    preview.get_by_role("button", name="Next file").click()
    expect(preview.get_by_role("heading")).to_have_text("plan.png")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()

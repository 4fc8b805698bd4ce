"""Answers that wait, carry files or go to others, under the hands of a person; what the provider got is counted there."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.stage import BISON, LOCATION, Stage
from tests.browser.test_main_loop import open_lead

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                        "1f15c4890000000d49444154789c6360f8cfc0f01f0005000201a2b5f7f20000000049454e44ae426082")


def mails(stage: Stage, words: str) -> list[dict]:
    """The mails with these words that left."""
    return [mail for mail in stage.sandbox.sent("emailbison") if words in mail["text"]]


def ready(page: Page, stage: Stage, name: str) -> None:
    """Let a lead write, and open the conversation once its draft is there."""
    page.click(".view:has-text('All conversations')")
    stage.writes_email(name, "Sounds good. Could we talk on Thursday afternoon?", subject="Carrier rates")
    open_lead(page, f"{name} Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")


def test_an_answer_waits_for_tomorrow_is_edited_and_then_hurried(page: Page, stage: Stage) -> None:
    ready(page, stage, "Ida")
    page.fill("#answer", "Planned for the morning.")
    page.click("[data-key=later]")
    page.click("[data-later=tomorrow]")
    waiting = page.locator(".message", has_text="Planned for the morning.")
    expect(waiting.locator(".planned")).to_contain_text("Leaves")
    assert mails(stage, "Planned for") == []

    waiting.locator("text=Edit").click()
    expect(waiting).to_have_count(0)
    expect(page.locator("#answer")).to_have_value("Planned for the morning.")
    page.fill("#answer", "Planned for the morning, said better.")
    page.click("[data-key=later]")
    soon = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT09:30")
    page.fill("#later-at", soon)
    page.click("[data-key=send-at]")
    better = page.locator(".message", has_text="said better")
    expect(better.locator(".planned")).to_be_visible()

    better.locator("text=Send now").click()
    expect(better.locator("[data-state=delivered]")).to_be_visible()
    assert len(mails(stage, "said better")) == 1
    assert mails(stage, "Planned for the morning.") == []


def test_a_planned_answer_is_cancelled_and_never_leaves(page: Page, stage: Stage) -> None:
    ready(page, stage, "Jan")
    page.fill("#answer", "This one is called off.")
    page.click("[data-key=later]")
    page.click("[data-later=hour]")
    waiting = page.locator(".message", has_text="called off")
    waiting.locator("text=Cancel").click()
    expect(waiting).to_have_count(0)
    expect(page.locator(".activity", has_text="took a message back")).to_be_visible()
    assert mails(stage, "called off") == []


def test_a_reply_holds_what_is_planned_and_a_person_may_send_it_anyway(page: Page, stage: Stage) -> None:
    ready(page, stage, "Kim")
    page.fill("#answer", "See you on Monday then.")
    page.click("[data-key=later]")
    page.click("[data-later=hour]")
    expect(page.locator(".message .planned")).to_be_visible()
    stage.writes_email("Kim", "Tuesday is better.", subject="Carrier rates")
    held = page.locator(".message", has_text="See you on Monday")
    expect(held.locator(".trouble")).to_contain_text("wrote again")
    expect(page.locator(".row", has_text="Kim Kessler").locator(".trouble-mark")).to_be_visible()
    held.locator("text=Send anyway").click()
    expect(page.locator(".message", has_text="See you on Monday").locator("[data-state=delivered]")).to_be_visible()
    assert len(mails(stage, "See you on Monday")) == 1


def test_files_copies_and_another_recipient_reach_the_provider(page: Page, stage: Stage, tmp_path: Path, faults: list[str]) -> None:
    offer = tmp_path / "Offer & plan.pdf"
    offer.write_bytes(b"%PDF-1.7 " + b"x" * 3000)
    ready(page, stage, "Lea")
    page.set_input_files("#pick-files", [offer])
    expect(page.locator(".pill.file")).to_contain_text("Offer & plan.pdf")
    page.set_input_files("#pick-files", [{"name": "run.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}])
    expect(page.locator(".toast", has_text="throw files like")).to_be_visible()
    assert ["422" in said for said in faults] == [True]
    faults.clear()

    page.fill("#cc", "not an address")
    page.press("#cc", "Enter")
    expect(page.locator("[data-cc-problem]")).to_contain_text("is not an e-mail address")
    page.fill("#cc", "ann@northwind.example")
    page.press("#cc", "Enter")
    expect(page.locator(".to-line .pill", has_text="ann@northwind.example")).to_be_visible()
    page.locator(".to-line [data-menu=to-menu]").click()
    page.fill("#other-to", "ops@northwind.example")
    page.press("#other-to", "Enter")
    expect(page.locator(".to-line [data-menu=to-menu]")).to_contain_text("ops@northwind.example")
    expect(page.locator(".to-line .pill", has_text="lea@northwind.example")).to_be_visible()

    page.fill("#answer", "The offer is attached.")
    page.click("[data-key=send]")
    page.click("[data-key=undo]")
    expect(page.locator(".pill.file")).to_contain_text("Offer & plan.pdf")
    page.click("[data-key=send]")
    sent = page.locator(".message", has_text="The offer is attached.")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    expect(sent.locator(".file-card")).to_contain_text("Offer & plan.pdf")
    expect(page.locator(".pill.file")).to_have_count(0)
    mail, = mails(stage, "The offer is attached.")
    assert [(file["file_name"], file["sha256"]) for file in mail["files"]] == [
        ("Offer & plan.pdf", hashlib.sha256(offer.read_bytes()).hexdigest())]
    with page.expect_download() as download:
        sent.locator(".file-card").click()
        page.get_by_role("dialog", name="Offer & plan.pdf").get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Offer & plan.pdf"
    assert Path(download.value.path()).read_bytes() == offer.read_bytes()


def test_files_of_the_lead_are_fetched_with_our_key_and_pictures_show(page: Page, stage: Stage) -> None:
    page.click(".view:has-text('All conversations')")
    files = [{"file_name": "site.png", "content_type": "image/png", "content": b64encode(PICTURE).decode()},
             {"file_name": "page.html", "content_type": "text/html", "content": b64encode(b"<script>alert(1)</script>").decode()}]
    stage._act("emailbison", BISON, {"first_name": "Mia", "last_name": "Kessler", "email": "mia@northwind.example", "files": files},
               "Here is the site.", subject="Carrier rates")
    open_lead(page, "Mia Kessler")
    card = page.locator(".file-card", has_text="site.png")
    expect(card.locator("img")).to_be_visible()
    page.wait_for_function("document.querySelector('.file-picture')?.naturalWidth === 1")
    with page.expect_download() as download:
        page.locator(".file-card", has_text="page.html").click()
    assert b"<script>" in Path(download.value.path()).read_bytes()
    href = page.locator(".file-card", has_text="page.html").get_attribute("href")
    answer = page.request.get(stage.url + href)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert page.context.browser.new_context().request.get(stage.url + href).status == 401


def test_a_text_that_never_arrived_says_so_and_is_seen_to(page: Page, stage: Stage) -> None:
    page.click(".view:has-text('All conversations')")
    stage.writes_sms("Noa", "+13125550177", "Yes, call me tomorrow at 3pm please")
    open_lead(page, "Noa Oliveira")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    expect(page.locator("#cc")).to_have_count(0)
    page.fill("#answer", "I will call you at four.")
    expect(page.locator("[data-sms-count]")).to_contain_text("1 SMS")
    page.click("[data-key=send]")
    sent = page.locator(".message", has_text="call you at four")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    told = next(sms for sms in stage.sandbox.sent("ghl") if "call you at four" in sms["text"])
    stage._act("ghl", LOCATION, {"first_name": "Noa", "phone": "+13125550177", "status": "undelivered"}, "",
               event="OutboundMessage", of=told["id"])
    expect(sent.locator("[data-state=failed]")).to_be_visible()
    expect(sent.locator(".trouble")).to_contain_text("Check the number")
    expect(page.locator(".row", has_text="Noa Oliveira").locator(".trouble-mark")).to_be_visible()
    sent.locator("text=I have seen to it").click()
    expect(page.locator(".row", has_text="Noa Oliveira").locator(".trouble-mark")).to_have_count(0)

"""The main job of the product, seen from outside: a reply comes in, a draft waits, a person lets it go, it leaves once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage


def open_lead(page: Page, name: str) -> None:
    """Wait for the row of `name` to appear by itself, and open it."""
    page.locator(".row-link", has_text=name).first.click()
    expect(page.locator(".conversation-head h2")).to_have_text(name)


def test_an_email_reply_is_answered_exactly_once_with_the_edited_draft(page: Page, stage: Stage) -> None:
    told = stage.writes_email("Dana", "Sounds good. Could we talk on Thursday afternoon?", subject="Carrier rates")
    open_lead(page, "Dana Kessler")
    answer = page.locator("#answer")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    expect(answer).to_have_value(re.compile("Dana"))
    answer.press("End")
    answer.fill(answer.input_value() + "\nThursday at three suits me.")

    page.click("[data-key=send]")
    page.click("[data-key=undo]")
    expect(page.locator(".activity", has_text="took a message back")).to_be_visible()
    expect(answer).to_have_value(re.compile(r"Thursday at three suits me\.$"))

    page.dblclick("[data-key=send]")
    expect(page.locator(".undo")).to_be_visible()
    sent = page.locator(".message[data-mine=true]", has_text="Thursday at three suits me.")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    expect(page.locator(".row", has_text="Dana Kessler").locator(".draft-mark")).to_have_count(0)

    arrived = [mail for mail in stage.sandbox.sent("emailbison") if "Thursday at three" in mail["text"]]
    assert len(arrived) == 1
    assert arrived[0]["to"] == ["dana@northwind.example"]
    assert arrived[0]["parent_id"] == told["ids"]["reply_id"]


def test_an_sms_is_answered_and_a_refusal_of_the_carrier_is_shown(page: Page, stage: Stage) -> None:
    told = stage.writes_sms("Tomas", "+13125550188", "Yes, call me tomorrow at 3pm please")
    open_lead(page, "Tomas Oliveira")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    page.fill("#answer", "I will call you at three.")
    page.click("[data-key=send]")
    sent = page.locator(".message[data-mine=true]", has_text="call you at three")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    texts = [sms["text"] for sms in stage.sandbox.sent("ghl")]
    assert texts.count("I will call you at three.") == 1

    stage.sandbox.set_dnd(told["ids"]["contact_id"])
    page.fill("#answer", "One more thing.")
    page.click("[data-key=send]")
    expect(page.locator(".cannot", has_text="This cannot be sent")).to_be_visible()
    expect(page.locator(".lead-warning", has_text="No SMS")).to_be_visible()
    expect(page.locator(".message .trouble")).to_be_visible()
    assert not [sms for sms in stage.sandbox.sent("ghl") if "One more thing" in sms["text"]]


def test_a_lead_who_asks_not_to_be_written_to_gets_no_composer(page: Page, stage: Stage) -> None:
    page.click(".view:has-text('All conversations')")
    stage.writes_email("Omar", "Please remove me from your list and never write again.")
    open_lead(page, "Omar Kessler")
    expect(page.locator(".cannot", has_text="This cannot be sent")).to_be_visible()
    expect(page.locator("#answer")).to_have_count(0)

"""A LinkedIn conversation seen from outside: a message comes in, is answered, and leaves once; a lost login says so."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_main_loop import open_lead
from zrg_app.runtime.environment import CHECKOUT

ACCOUNT, SECRET = "acc_browser", "secret-of-linkedin"
NOOR = {"public_identifier": "noor-haddad", "first_name": "Noor", "last_name": "Haddad", "headline": "Founder"}


@pytest.fixture(scope="module")
def linkedin(stage: Stage) -> Stage:
    """The stage with Acme Growth's LinkedIn account, connected the way an operator does it."""
    done = subprocess.run([sys.executable, "-m", "zrg_app.cli", "connect", stage.workspace_id, "unipile", f"account_id={ACCOUNT}",
                           "api_key=stand-in", "--webhook-secret", SECRET], cwd=CHECKOUT, env=stage.product.environment(),
                          text=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return stage


def tell(stage: Stage, event: str, body: str = "", **more: object) -> dict:
    done = stage.sandbox.act("unipile", ACCOUNT, NOOR, body, event=event, secret=SECRET, secret_in="header",
                             secret_name="Unipile-Auth", **more)
    assert [delivery["status"] for delivery in done["deliveries"]] == [200], done["deliveries"]
    return done


def test_a_linkedin_message_is_answered_exactly_once(page: Page, linkedin: Stage) -> None:
    told = tell(linkedin, "message_received", "Sounds interesting. Could we talk next week?")
    open_lead(page, "Noor Haddad")
    tab = page.locator(".station-tabs [role=tab]", has_text="LinkedIn")
    expect(tab).to_have_attribute("aria-selected", "true")
    answer = page.locator("#answer")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    answer.fill("Tuesday at ten?")
    page.click("[data-key=send]")
    mine = page.locator(".message[data-mine=true]", has_text="Tuesday at ten?")
    expect(mine.locator("[data-state=delivered]")).to_be_visible()

    sent = [each for each in linkedin.sandbox.sent("unipile") if each["text"] == "Tuesday at ten?"]
    assert [each["thread"] for each in sent] == [told["ids"]["chat_id"]]
    tell(linkedin, "message_received", of=sent[0]["id"])
    tell(linkedin, "message_received", "Tuesday works.")
    expect(page.locator(".message", has_text="Tuesday works.")).to_be_visible()
    expect(mine).to_have_count(1)


def test_a_lost_login_closes_the_channel_with_its_reason(page: Page, linkedin: Stage) -> None:
    tell(linkedin, "message_received", "One more question.")
    tell(linkedin, "account_status", "CREDENTIALS")
    page.click(".view:has-text('All conversations')")
    open_lead(page, "Noor Haddad")
    expect(page.locator(".cannot", has_text="This cannot be sent")).to_be_visible()
    tell(linkedin, "account_status", "RECONNECTED")
    page.reload()
    open_lead(page, "Noor Haddad")
    expect(page.locator("#answer")).to_be_visible()

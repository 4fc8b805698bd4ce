"""Integrations as people use them: Slack and Resend connected, mail switched from one provider to another, troubles told."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.stage import BISON, CLIENT, OWNER, PASSWORD, SETTER, Stage
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.services.connections.routing import REMEMBERED

expect.set_options(timeout=PATIENCE)

TOKEN = "xoxb-stand-in-team-T0ACME"
SIGNING = "signing-secret-of-acme"


@pytest.fixture(scope="module")
def admin(chromium: Browser, stage: Stage) -> Iterator[Page]:
    """Mara at the Integrations tab."""
    page, troubles = _signed_in(chromium, stage, OWNER), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    yield page
    page.context.close()
    # The stage is shared: the other tests' leads write without a secret. Doors remember one for three seconds.
    _sql(stage, "update connection set webhook_secret = null")
    time.sleep(REMEMBERED + 0.5)
    assert troubles == []


def test_slack_is_proven_before_it_is_kept_and_a_channel_is_chosen(admin: Page, stage: Stage) -> None:
    slack = _opened(admin, stage).get_by_label("Slack", exact=True)
    slack.get_by_text("Set up").click()
    slack.get_by_label("Bot token").fill("bad-token")
    slack.get_by_role("button", name="Connect").click()
    expect(slack.get_by_role("alert")).to_contain_text("Slack does not know this token.")
    assert _sql(stage, "select count(*) from connection where provider = 'slack'") == [(0,)]
    slack.get_by_label("Bot token").fill(TOKEN)
    slack.get_by_label("Signing secret").fill(SIGNING)
    slack.get_by_role("button", name="Connect").click()
    expect(slack.locator(".said[data-tone=good]")).to_contain_text("Connected to Sandbox Agency")
    expect(slack).to_contain_text("Sandbox Agency (T0ACME)")
    slack.get_by_role("button", name="Send a test message").click()
    expect(slack.locator(".said[data-tone=bad]")).to_contain_text("Choose a channel first.")
    slack.get_by_role("button", name="Choose a channel").click()
    slack.get_by_role("combobox", name="Channel").select_option(label="# replies")
    expect(slack).to_contain_text("Alerts go to #replies")
    slack.get_by_role("button", name="Send a test message").click()
    expect(slack.locator(".said[data-tone=good]")).to_contain_text("A test message is in the channel.")
    assert [sent["to"] for sent in stage.sandbox.sent("slack")] == ["replies"]
    assert TOKEN not in admin.content() and SIGNING not in admin.content()


def test_a_press_in_slack_shows_as_the_last_event(admin: Page, stage: Stage) -> None:
    done = stage.sandbox.act("slack", "T0ACME", {"email": OWNER, "action_id": "view_dashboard"}, event="block_actions", secret=SIGNING)
    assert [(each["status"], each["body"]) for each in done["deliveries"]] == [(200, "")]
    assert [each["status"] for each in stage.sandbox.act(
        "slack", "T0ACME", {"email": OWNER}, event="block_actions", secret="another")["deliveries"]] == [401]
    slack = admin.get_by_label("Slack", exact=True)
    for _ in range(20):
        _opened(admin, stage)
        if slack.locator(".facts div").nth(1).locator("time").count():
            break
        admin.wait_for_timeout(250)
    expect(slack.locator(".facts div").nth(1).locator("time")).to_be_visible()


def test_resend_takes_a_sender_that_is_one_and_tests_by_mail_to_who_asks(admin: Page, stage: Stage) -> None:
    resend = _opened(admin, stage).get_by_label("Resend", exact=True)
    expect(resend).to_contain_text("Until then mails go to the sandbox")
    resend.get_by_text("Set up").click()
    resend.get_by_label("API key").fill("re_stand_in_key")
    resend.get_by_label("Sender").fill("not an address")
    resend.get_by_role("button", name="Connect").click()
    expect(resend.get_by_role("alert")).to_contain_text("Give a sender such as")
    resend.get_by_label("Sender").fill("Acme <door@pending.example>")
    resend.get_by_role("button", name="Connect").click()
    expect(resend.locator(".said[data-tone=bad]")).to_contain_text("Resend has not verified pending.example")
    resend.get_by_text("Credentials", exact=True).click()
    resend.get_by_label("Sender").fill("Acme <door@agency.example>")
    resend.get_by_role("button", name="Save").click()
    expect(resend.locator(".said[data-tone=good]")).to_contain_text("agency.example is verified")
    resend.get_by_role("button", name="Test").click()
    expect(resend.locator(".said[data-tone=good]")).to_contain_text(f"A test mail is on its way to {OWNER}.")
    assert stage.sandbox.sent("resend")[-1]["from"] == "Acme <door@agency.example>"


def test_a_switch_of_the_mail_provider_is_explained_and_done(admin: Page, stage: Stage) -> None:
    _opened(admin, stage)
    bison, smart = admin.get_by_label("EmailBison", exact=True), admin.get_by_label("SmartLead", exact=True)
    expect(bison).to_contain_text("In use")
    smart.locator("summary").click()
    smart.get_by_label("API key").fill("smart-stand-in")
    smart.get_by_role("button", name="Connect").click()
    asked = smart.get_by_role("alertdialog")
    expect(asked).to_contain_text("Switch to SmartLead? EmailBison is disconnected and its secrets are forgotten")
    assert _sql(stage, "select provider from connection where provider in ('emailbison', 'smartlead')") == [("emailbison",)]
    asked.get_by_role("button", name="Keep EmailBison").click()
    expect(asked).to_have_count(0)
    smart.locator("summary").click()
    expect(smart.get_by_label("API key")).to_have_value("smart-stand-in")
    smart.get_by_role("button", name="Connect").click()
    smart.get_by_role("button", name="Switch to SmartLead").click()
    expect(smart).to_contain_text("In use")
    expect(bison).to_contain_text("Not connected")
    expect(smart.get_by_label("Webhook address")).to_have_value(re.compile(r"/api/webhooks/smartlead/[\w-]{20,}[?]clientId="))
    chosen = "select email_provider, (select count(*) from connection where provider = 'emailbison') from workspace_settings"
    assert _sql(stage, chosen) == [("smartlead", 0)]


def test_webhooks_of_the_provider_that_was_left_are_told_on_its_card(admin: Page, stage: Stage) -> None:
    lead = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
    stage.sandbox.act("emailbison", BISON, lead, "Hello?", query={"clientId": stage.workspace_id})
    bison = _opened(admin, stage).get_by_label("EmailBison", exact=True)
    expect(bison).to_contain_text("We got 1 webhook of EmailBison in the last day although mail runs through SmartLead.")
    bison.locator("summary").click()
    bison.get_by_label("Workspace ID").fill(BISON)
    bison.get_by_label("API key").fill("stand-in")
    bison.get_by_role("button", name="Connect").click()
    bison.get_by_role("button", name="Switch to EmailBison").click()
    expect(bison.locator(".said[data-tone=good]")).to_contain_text("Connected to")
    expect(bison).not_to_contain_text("We got 1 webhook")
    assert _sql(stage, "select email_provider from workspace_settings") == [("emailbison",)]


def test_two_mail_providers_at_once_are_told_and_one_is_chosen(admin: Page, stage: Stage) -> None:
    _sql(stage, "insert into connection (id, workspace_id, provider, external_id) "
                f"values (gen_random_uuid(), '{stage.workspace_id}', 'instantly', 'left over')")
    _sql(stage, "update workspace_settings set email_provider = null")
    bison = _opened(admin, stage).get_by_label("EmailBison", exact=True)
    expect(bison).to_contain_text("No e-mail is sent until you choose one of them.")
    bison.get_by_role("button", name="Use only this one").click()
    expect(bison.get_by_role("dialog")).to_contain_text("Instantly is disconnected and its secrets are forgotten")
    bison.get_by_role("dialog").get_by_role("button", name="Switch").click()
    expect(bison).to_contain_text("In use")
    assert _sql(stage, "select provider from connection where provider = 'instantly'") == []


def test_a_locked_connection_is_told_above_the_inbox_and_leads_to_its_card(admin: Page, stage: Stage, chromium: Browser) -> None:
    ben = _signed_in(chromium, stage, SETTER)
    banner = ben.locator(".banner[data-tone=bad]", has_text="GoHighLevel does not accept our credentials.")
    expect(banner).to_have_count(0)
    stage.sandbox.add_fault("ghl", "status", status=401, times=1)
    ghl = _opened(admin, stage).get_by_label("GoHighLevel", exact=True)
    ghl.get_by_role("button", name="Test").click()
    expect(ghl.locator(".said[data-tone=bad]")).to_be_visible()
    expect(banner).to_contain_text("Tell an admin of this workspace.")
    admin.goto(stage.url)
    admin.get_by_role("link", name="Mend it").click()
    expect(admin.get_by_label("GoHighLevel", exact=True)).to_be_in_viewport()
    admin.get_by_label("GoHighLevel", exact=True).get_by_role("button", name="Test").click()
    expect(banner).to_have_count(0)
    ben.context.close()


def test_who_may_not_connect_looks_on_or_is_told_whom_to_ask(stage: Stage, chromium: Browser) -> None:
    ben, cleo = _signed_in(chromium, stage, SETTER), _signed_in(chromium, stage, CLIENT)
    ben.goto(f"{stage.url}/?view=settings&settingsTab=integrations")
    expect(ben.get_by_text("Settings are not part of your role")).to_be_visible()
    _opened(cleo, stage)
    expect(cleo.get_by_text("You can look at these settings. To change one, ask Mara Reyes.")).to_be_visible()
    slack = cleo.get_by_label("Slack", exact=True)
    expect(slack).to_contain_text("#replies")
    for word in ("Test", "Change", "Save", "Disconnect", "Send a test message", "Connect"):
        expect(cleo.locator(".providers").get_by_role("button", name=word)).to_have_count(0)
    expect(cleo.locator(".providers input:not([readonly])")).to_have_count(0)
    ben.context.close()
    cleo.context.close()


def test_the_hosts_of_emailbison_are_offered_not_typed(admin: Page, stage: Stage) -> None:
    bison = _opened(admin, stage).get_by_label("EmailBison", exact=True)
    bison.get_by_text("Credentials", exact=True).click()
    hosts: Locator = bison.get_by_label("Address of the instance")
    assert hosts.locator("option").all_inner_texts() == ["Default of this installation", "https://dedi.emailbison.com"]


def test_the_command_line_switches_only_when_told_to(stage: Stage) -> None:
    _sql(stage, "update workspace_settings set email_provider = 'instantly'")
    words = ("connect", stage.workspace_id, "emailbison", f"workspace_id={BISON}", "api_key=stand-in")
    refused = _command(stage, *words)
    assert refused.returncode != 0 and "has one e-mail provider" in refused.stderr
    assert _command(stage, *words, "--replace").returncode == 0
    assert _sql(stage, "select email_provider from workspace_settings") == [("emailbison",)]


def _signed_in(chromium: Browser, stage: Stage, email: str) -> Page:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(stage.url)
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".list h1")
    return page


def _opened(page: Page, stage: Stage) -> Page:
    page.goto(f"{stage.url}/settings?settingsTab=integrations")
    expect(page.locator(".provider").first).to_be_visible()
    return page


def _sql(stage: Stage, statement: str) -> list[tuple]:
    with psycopg.connect(stage.product.environment()["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _command(stage: Stage, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "zrg_app.cli", *words], cwd=CHECKOUT, env=stage.product.environment(), text=True,
                          capture_output=True, timeout=60, check=False)

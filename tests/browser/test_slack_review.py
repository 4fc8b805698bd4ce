"""A held draft is decided in Slack: asked there, approved there, sent once in the reviewer's name; and Slack hears of the app."""

import json
import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE, Visitors
from tests.browser.stage import OWNER, Stage
from tests.browser.terminal import run_commands
from tests.browser.test_main_loop import open_lead

expect.set_options(timeout=PATIENCE)

SIGNING, COLLEAGUE = "signing-secret-of-reviews", "lena.vogt@partner.example"
_DECIDE = """
with judged as (
  insert into auto_send_decision (id, workspace_id, lead_id, draft_id, generation, sentiment, channel, mode, action, confidence, threshold,
                                  reason)
  select gen_random_uuid(), workspace_id, lead_id, id, generation, 'Information Requested', channel, 'AI_AUTO_SEND', 'needs_review', 0.62,
         0.9, 'The price is not in what we know.' from draft where id = %(draft)s
  on conflict (draft_id, generation) do update set action = excluded.action, mode = excluded.mode, confidence = excluded.confidence,
    threshold = excluded.threshold, reason = excluded.reason, is_shadow = false, due_at = null, outcome = null
  returning workspace_id)
insert into background_job (id, workspace_id, kind, queue, status, priority, run_at, max_attempts, payload, draft_id, created_at)
select gen_random_uuid(), workspace_id, 'autosend.ask_in_slack', 'default', 'PENDING', 10, now(), 5, %(payload)s::jsonb, %(draft)s, now()
from judged returning id, wake_workers()
"""


@pytest.fixture(scope="module", autouse=True)
def slack(stage: Stage) -> None:
    """Acme's Slack is connected."""
    run_commands(stage.product, ("connect", stage.workspace_id, "slack", "bot_token=xoxb-stand-in-team-T0REVIEW",
                                 f"signing_secret={SIGNING}"))


@pytest.fixture
def there(chromium: Browser, stage: Stage) -> Iterator[Page]:
    """The sandbox's page, where Slack is read and its buttons are pressed."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(PATIENCE)
    page.goto(str(stage.product.sandbox_url))
    page.get_by_label("Signing secret of the app").fill(SIGNING)
    yield page
    context.close()
    assert complaints == []


def test_reviewers_are_chosen_on_the_slack_card(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    page.goto(f"{stage.url}/settings?settingsTab=integrations")
    card = page.get_by_label("Slack", exact=True)
    chooser = card.get_by_role("group", name="Drafts to review")
    expect(chooser).to_contain_text("Nobody is asked in Slack yet")
    for address, answer in (("nobody@agency.example", "Nobody in this Slack team has the address nobody@agency.example"),
                            ("lena", "That is not a complete e-mail address.")):
        chooser.get_by_label("E-mail address in Slack").fill(address)
        chooser.get_by_role("button", name="Add reviewer").click()
        expect(chooser.get_by_role("alert")).to_contain_text(answer)
    for address, name in ((OWNER, "Mara"), (COLLEAGUE, "Lena Vogt")):
        chooser.get_by_label("E-mail address in Slack").fill(address)
        chooser.get_by_role("button", name="Add reviewer").click()
        expect(chooser.locator(".entry", has_text=address)).to_contain_text(name)
        expect(chooser.get_by_label("E-mail address in Slack")).to_have_value("")
    lena = chooser.locator(".entry", has_text="Lena Vogt")
    lena.get_by_role("button", name="Remove from the reviewers").click()
    lena.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(chooser.locator(".entry")).to_have_count(1)


def test_a_draft_approved_in_slack_leaves_once_in_the_reviewers_name(page: Page, there: Page, stage: Stage) -> None:
    message = asked(page, there, stage, "Paloma")
    expect(message).to_contain_text("62%, 90% needed")
    expect(message).to_contain_text("Is this any good for three depots?")
    expect(message.get_by_role("link", name="Edit in dashboard")).to_have_attribute(
        "href", re.compile(rf"/\?view=inbox&clientId={stage.workspace_id}&leadId=.*&draftId="))
    button = next(each for each in shown(stage, "Paloma")["buttons"] if each["action_id"] == "approve_send")
    message.get_by_role("button", name="Approve & Send").click()
    expect(there.locator("#slack-result")).to_have_text("Taken by the product.")
    sent = page.locator(".message[data-mine=true]", has_text="Mara Reyes")
    expect(sent.locator("[data-state=delivered]")).to_be_visible()
    expect(page.locator(".activity", has_text="Mara Reyes approved the draft in Slack")).to_be_visible()
    expect(message).to_contain_text("Sent by Mara Reyes")
    expect(message.get_by_role("button")).to_have_count(0)

    again = stage.sandbox.press(shown(stage, "Paloma")["ts"], "approve_send", value=button["value"], secret=SIGNING, repeat=3)
    assert [each["status"] for each in again["deliveries"]] == [200, 200, 200]
    forged = stage.sandbox.press(shown(stage, "Paloma")["ts"], "approve_send", value=button["value"], secret="another")
    assert [each["status"] for each in forged["deliveries"]] == [401]
    there.wait_for_timeout(1500)
    expect(sent).to_have_count(1)
    assert len([mail for mail in stage.sandbox.sent("emailbison") if mail["to"] == ["paloma@northwind.example"]]) == 1
    expect(message).to_contain_text("Sent by Mara Reyes")


def test_what_is_done_in_the_app_shows_in_slack(page: Page, there: Page, stage: Stage) -> None:
    message = asked(page, there, stage, "Quentin")
    page.click("[data-key=send]")
    expect(message).to_contain_text("Approved by Mara Reyes; it leaves")
    page.click("[data-key=undo]")
    expect(message).to_contain_text("Mara Reyes took it back before it left.")
    message.get_by_role("button", name="Snooze 3 hours").click()
    expect(message).to_contain_text("Snoozed by Mara Reyes until")
    stage.writes_email("Quentin", "Never mind, call me instead.")
    expect(message).to_contain_text("The lead wrote again")
    expect(message.get_by_role("button")).to_have_count(0)


def asked(page: Page, there: Page, stage: Stage, name: str) -> Locator:
    """A lead wrote, the draft was held, and Mara was asked: her message on the sandbox's page."""
    stage.writes_email(name, "Is this any good for three depots?")
    open_lead(page, f"{name} Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    with psycopg.connect(stage.product.environment()["DATABASE_URL"], autocommit=True) as connection:
        draft_id = connection.execute("select d.id from draft d join lead l on l.id = d.lead_id where l.first_name = %s "
                                      "and d.status = 'pending'", (name,)).fetchone()[0]
        payload = json.dumps({"draft_id": str(draft_id), "generation": 1})
        connection.execute(_DECIDE, {"draft": draft_id, "payload": payload})
    message = there.locator("#slack .said", has_text=f"{name} Kessler")
    expect(message).to_contain_text("To Mara")
    expect(message).to_contain_text("It waits for a decision.")
    return message


def shown(stage: Stage, name: str) -> dict:
    """The message about a lead as the sandbox tells it."""
    return next(each for each in stage.sandbox.slack() if f"{name} Kessler" in each["parts"][0])

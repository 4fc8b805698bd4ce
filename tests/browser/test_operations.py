"""What an owner repairs, seen from outside: a failed webhook is replayed, a conversation is read back, work is looked after."""

import psycopg
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import OWNER, SETTER, Stage
from tests.browser.test_main_loop import open_lead

GIVE_UP = """
with lost as (delete from message where body like %(said)s returning webhook_event_id)
update webhook_event set status = 'FAILED', last_error = 'The worker was killed.' where id in (select webhook_event_id from lost)
"""


def change(stage: Stage, statement: str, **values: str) -> None:
    with psycopg.connect(stage.product.environment()["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement, values)


def test_a_failed_webhook_is_looked_at_and_replayed(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    stage.writes_email("Gudrun", "Is this still open? My api_key=abcdef123456")
    expect(page.locator(".row-link", has_text="Gudrun Kessler")).to_be_visible()
    change(stage, GIVE_UP, said="Is this still open%")

    page.click(".rail-link[href='/operations']")
    page.click("[data-heap=FAILED]")
    row = page.locator("#panel-webhooks .entry")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("The worker was killed.")
    row.get_by_role("button", name="Raw").click()
    raw = page.locator("#raw-webhook .raw")
    expect(raw).to_contain_text("Is this still open?")
    expect(raw).not_to_contain_text("abcdef123456")
    page.keyboard.press("Escape")

    row.get_by_role("button", name="Replay").click()
    page.click("[data-heap=all]")
    expect(page.locator("#panel-webhooks .entry[data-status=SUCCEEDED]", has_text="LEAD_REPLIED").first).to_be_visible()
    page.click(".rail-link[href='/']")
    open_lead(page, "Gudrun Kessler")
    expect(page.locator(".message", has_text="Is this still open?")).to_have_count(1)


def test_a_conversation_is_read_back_and_shows_what_had_no_webhook(page: Page, stage: Stage) -> None:
    stage.writes_email("Hana", "First question: what is it?", subject="Two questions")
    open_lead(page, "Hana Kessler")
    expect(page.locator(".message", has_text="First question")).to_be_visible()
    stage.writes_email("Hana", "Second question, which nobody told us of.", subject="Two questions", deliver=False)
    page.click("[data-key=sync]")
    expect(page.locator(".message", has_text="which nobody told us of")).to_be_visible()
    expect(page.locator(".sync-state")).to_contain_text("Synced")
    expect(page.locator(".message", has_text="First question")).to_have_count(1)


def test_all_conversations_are_read_back_with_progress(visitor: Visitors, stage: Stage) -> None:
    stage.writes_sms("Iris", "+13125550123", "Hello from Iris")
    page = visitor.signs_in(OWNER)
    expect(page.locator(".row-link", has_text="Iris Oliveira")).to_be_visible()
    stage.writes_sms("Iris", "+13125550123", "And a second text", deliver=False)
    page.goto(stage.url + "/operations?part=sync")
    page.click("#panel-sync >> text=Sync all")
    page.click("#sync-all >> text=Sync all")
    expect(page.locator("#panel-sync .badge", has_text="Done")).to_be_visible(timeout=30_000)
    page.goto(stage.url + "/")
    open_lead(page, "Iris Oliveira")
    expect(page.locator(".message", has_text="And a second text")).to_have_count(1)
    expect(page.locator(".message", has_text="Hello from Iris")).to_have_count(1)


def test_work_that_was_given_up_is_tried_again(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    change(stage, """
        insert into background_job (id, workspace_id, kind, status, payload, finished_at, attempts, last_error)
        values (gen_random_uuid(), %(workspace)s::uuid, 'sync.recover', 'FAILED', '{"provider": "ghl"}', now(), 3, 'It was down.')""",
           workspace=stage.workspace_id)
    page.goto(stage.url + "/operations?part=jobs")
    row = page.locator("#panel-jobs .entry[data-kind='sync.recover']", has_text="It was down.")
    row.get_by_role("button", name="Retry").click()
    expect(page.get_by_text("Nothing was given up")).to_be_visible()


def test_a_setter_is_told_that_operations_are_not_theirs(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(SETTER)
    expect(page.locator(".rail-link[href='/operations']")).to_have_count(0)
    page.goto(stage.url + "/operations")
    expect(page.get_by_text("Operations are not part of your role")).to_be_visible()


def test_a_send_nobody_is_sure_of_is_settled_by_who_saw_it(visitor: Visitors, stage: Stage) -> None:
    stage.writes_sms("Lena", "+13125550191", "Yes, call me tomorrow at 3pm please")
    page = visitor.signs_in(OWNER)
    open_lead(page, "Lena Oliveira")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready")
    page.fill("#answer", "Did this one arrive?")
    page.click("[data-key=send]")
    expect(page.locator(".message", has_text="Did this one arrive?").locator("[data-state=delivered]")).to_be_visible()
    change(stage, "update outbound_message set status = 'failed', error_code = 'unknown_outcome', error = 'We could not find out.' "
                  "where body = %(said)s", said="Did this one arrive?")
    change(stage, "delete from message where body = %(said)s", said="Did this one arrive?")
    change(stage, "update draft set status = 'failed' where id in (select draft_id from outbound_message where body = %(said)s)",
           said="Did this one arrive?")

    page.goto(stage.url + "/operations?part=sends")
    doubt = page.locator(".doubtful li")
    expect(doubt).to_have_count(1)
    expect(doubt).to_contain_text("Lena Oliveira")
    doubt.get_by_role("button", name="It arrived").click()
    expect(page.locator("#panel-sends")).to_contain_text("No send is in doubt.")
    expect(page.locator("#panel-sends")).to_contain_text("Every message left once.")
    assert [sms["text"] for sms in stage.sandbox.sent("ghl")].count("Did this one arrive?") == 1

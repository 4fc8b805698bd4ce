"""What do people see of auto-send: campaigns, the threshold with its bill, hours, and a draft that leaves by itself?"""

import re

import psycopg
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import CLIENT, OWNER, Stage
from tests.browser.test_main_loop import open_lead

SEED = """
insert into auto_send_decision (id, workspace_id, lead_id, draft_id, generation, sentiment, channel, mode, action, is_shadow, confidence,
                                threshold, reason, reasons, outcome, settled_at, created_at)
select gen_random_uuid(), d.workspace_id, d.lead_id, d.id, 1000 + n, 'Interested', 'email', 'AI_AUTO_SEND',
       case when n % 2 = 0 then 'send_delayed' else 'needs_review' end, true, 0.6 + n * 0.02, 0.9, 'It answers what was asked.',
       case when n % 2 = 0 then '{}'::text[] else '{below_threshold}'::text[] end,
       case when n % 5 = 0 then 'edited' else 'approved' end, now() - n * interval '1 hour', now() - n * interval '8 hours'
from draft d, generate_series(1, 19) n where d.id = (select id from draft order by created_at limit 1)
"""


def sql(stage: Stage, statement: str, **values: str) -> list[tuple]:
    with psycopg.connect(stage.product.environment()["DATABASE_URL"], autocommit=True) as connection:
        done = connection.execute(statement, values or None)
        return done.fetchall() if done.description else []


def at_campaigns(visitor: Visitors, stage: Stage, person: str = OWNER, **options: object) -> Page:
    """The table of campaigns, with a campaign that a lead has answered."""
    page = visitor.signs_in(person, **options)
    stage.writes_email("Orla", "Sounds great, I am interested.", subject="Autumn")
    expect(page.locator(".row-link", has_text="Orla Kessler")).to_be_visible()
    page.goto(stage.url + "/ai/campaigns")
    expect(page.locator(".campaign-table tbody tr").first).to_be_visible()
    return page


def test_a_campaign_is_given_to_the_ai_and_its_draft_can_be_held(visitor: Visitors, stage: Stage) -> None:
    page = at_campaigns(visitor, stage)
    row = page.locator(".campaign-table tbody tr").first
    row.locator("[data-field=response_mode]").select_option("AI_AUTO_SEND")
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    row.locator("[data-field=threshold]").fill("2")
    row.locator("[data-field=threshold]").blur()
    expect(page.locator("#toasts")).to_contain_text("between 0.5 and 1")
    expect(row.locator("[data-field=threshold]")).to_have_value("0.9")
    row.locator("[data-field=threshold]").fill("0.85")
    row.locator("[data-field=threshold]").blur()
    expect(row.locator("[data-field=threshold]")).to_have_value("0.85")
    page.reload()
    expect(row.locator("[data-field=response_mode]")).to_have_value("AI_AUTO_SEND")
    expect(row.locator("[data-field=threshold]")).to_have_value("0.85")

    page.goto(stage.url + "/")
    stage.writes_email("Petra", "Sounds great, I am interested.", subject="Autumn")
    open_lead(page, "Petra Kessler")
    line = page.locator("[data-auto-send=waits]")
    expect(line).to_contain_text("AI sends this in", timeout=30_000)
    line.get_by_role("button", name="Hold").click()
    expect(line).to_have_count(0)
    expect(page.locator(".draft-line", has_text="Draft ready")).to_be_visible()
    # How sure it was beside what the campaign asks for, in the record's own numbers.
    expect(page.locator(".verdict .clip")).to_have_text(re.compile(r"^Suggested by AI · (0|1)\.\d+ of 0\.85 needed$"))
    page.click(".verdict >> text=why?")
    expect(page.locator("#why-menu")).to_contain_text(re.compile(r"Sure that it may leave: \d\.\d+ of 0\.85 needed"))
    page.keyboard.press("Escape")
    assert sql(stage, "select outcome, outcome_reason from auto_send_decision where due_at is null and not is_shadow "
                      "order by created_at desc limit 1") == [("held", "held_by_person")]


def test_many_campaigns_are_changed_at_once_and_hours_have_a_form(visitor: Visitors, stage: Stage) -> None:
    page = at_campaigns(visitor, stage)
    page.get_by_label("Mark all campaigns").click()
    page.locator(".many [data-field=threshold]").select_option("0.95")
    expect(page.locator(".campaign-table [data-field=threshold]").first).to_have_value("0.95")
    page.locator(".campaign-table tbody tr").first.locator("[data-field=schedule]").select_option("CUSTOM")
    dialog = page.locator("#campaign-hours")
    dialog.get_by_label("From").fill("08:00")
    dialog.get_by_label("To", exact=True).fill("08:00")
    dialog.get_by_role("button", name="Save hours").click()
    expect(dialog).to_contain_text("an end that differs from the start")
    dialog.get_by_label("To", exact=True).fill("12:00")
    dialog.get_by_role("button", name="Save hours").click()
    expect(dialog).not_to_be_visible()
    expect(page.locator(".campaign-table tbody tr").first).to_contain_text("08:00–12:00")


def test_the_slider_tells_its_bill_without_asking_and_sets_the_campaigns(visitor: Visitors, stage: Stage) -> None:
    page = at_campaigns(visitor, stage)
    sql(stage, "update campaign set response_mode = 'AI_AUTO_SEND'")
    expect(page.locator(".campaign-table")).to_be_visible()
    for _ in range(200):
        if sql(stage, "select count(*) from draft")[0][0]:
            break
        page.wait_for_timeout(100)
    sql(stage, SEED)
    page.goto(stage.url + "/ai/auto-send")
    slider = page.locator("#threshold")
    share = page.locator("[data-figure=share]")
    expect(share).to_contain_text("%")
    slider.fill("0.5")
    most = int(share.inner_text().split()[0])
    slider.fill("0.95")
    assert int(share.inner_text().split()[0]) < most
    expect(page.locator("[data-threshold]")).to_have_text("0.95")
    assert float(page.locator("[data-figure=wrong_at_most]").inner_text()) >= 0
    page.get_by_role("button", name="Use for all campaigns").click()
    expect(page.locator("#toasts")).to_contain_text("changed")
    assert {row[0] for row in sql(stage, "select auto_send_threshold from campaign")} == {0.95}

    page.get_by_label("Decide in secret").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.locator("#hours-mode").select_option("CUSTOM")
    page.locator("#hours-dates").fill("2026-12-24..2027-01-02")
    page.locator("#hours-group").get_by_role("button", name="Save hours").click()
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("#switch-auto_send_shadow")).to_be_checked()
    expect(page.locator("#hours-dates")).to_have_value("2026-12-24..2027-01-02")
    expect(page.locator("#earning")).to_contain_text("Interested")
    expect(page.locator(".decision", has_text="In secret").first).to_be_visible()


def test_a_client_sees_the_campaigns_and_changes_nothing(visitor: Visitors, stage: Stage) -> None:
    page = at_campaigns(visitor, stage, CLIENT, viewport={"width": 390, "height": 844})
    expect(page.locator("[data-field=response_mode]").first).to_be_disabled()
    page.goto(stage.url + "/ai/auto-send")
    expect(page.get_by_role("button", name="Use for all campaigns")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

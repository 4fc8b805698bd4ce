"""Trying things out, seen from outside: paste a message, replay a draft, run the drill; nothing reaches a lead."""

import re

import psycopg
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import OWNER, Stage
from tests.browser.test_main_loop import open_lead

# Seven calls of a model, on a machine that may be busy.
MODELS = 60_000
HOSTILE = "Our lawyers will hear of this. Stop writing to us."


def asked(stage: Stage, statement: str) -> list[tuple]:
    """What a query says of the product's database."""
    with psycopg.connect(stage.product.environment()["DATABASE_URL"]) as connection:
        return connection.execute(statement).fetchall()


def try_out(page: Page, text: str) -> None:
    """Paste a message and press the button."""
    page.get_by_label("What the lead wrote").fill(text)
    page.get_by_role("button", name="Try it").click()


def test_a_pasted_message_shows_label_draft_checks_steps_and_decision(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    before = asked(stage, "select (select count(*) from message), (select count(*) from lead)")
    page.goto(f"{stage.url}/ai/playground")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste a message first.")
    try_out(page, "Sounds good, I'd like to talk. What times do you have next week?")
    result = page.get_by_label("Result")
    expect(result).to_contain_text("Meeting requested", timeout=MODELS)
    expect(result).to_contain_text("by the model")
    expect(result.locator(".tried-draft")).to_contain_text("Alex,")
    expect(result.get_by_text(re.compile(r"\d+ checks passed"))).to_be_visible()
    expect(result.get_by_text("Send", exact=True)).to_be_visible()
    steps = result.locator(".steps")
    for step in ("label", "strategy", "generation", "All of it"):
        expect(steps).to_contain_text(step)
    expect(steps.locator(".whole")).to_contain_text(re.compile(r"[\d,.]+ ms.*¢"))
    try_out(page, HOSTILE)
    expect(result).to_contain_text("Do not contact", timeout=MODELS)
    expect(result).to_contain_text("by a rule")
    expect(result).to_contain_text("Leave alone")
    tried = page.get_by_label("Tried before")
    tried.locator(".entry", has_text="Sounds good").get_by_role("button", name="Try again").click()
    expect(page.get_by_label("What the lead wrote")).to_have_value(re.compile("Sounds good"))
    assert asked(stage, "select (select count(*) from message), (select count(*) from lead)") == before
    assert [mail for mail in stage.sandbox.sent("emailbison") if "lawyers" in str(mail)] == []


def test_a_draft_is_replayed_beside_what_it_was(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    stage.writes_email("Hedda", "Sounds great, I am interested.")
    open_lead(page, "Hedda Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready", timeout=MODELS)
    draft_id = asked(stage, "select d.id from draft d join lead l on l.id = d.lead_id where l.first_name = 'Hedda'")[0][0]
    page.goto(f"{stage.url}/ai/trials?draft={draft_id}")
    replay = page.get_by_label("Replay")
    expect(replay.get_by_label("Before")).to_contain_text("Interested")
    replay.get_by_role("button", name="Run again today").click()
    now = replay.get_by_label("Now")
    expect(now).to_contain_text("Interested", timeout=MODELS)
    expect(now.locator("[data-diff]")).to_contain_text("Hedda")
    expect(page.get_by_label("Tried lately")).to_contain_text("Replay: Hedda Kessler")
    replay.get_by_role("link", name="Open the conversation").click()
    expect(page.locator(".conversation-head h2")).to_have_text("Hedda Kessler")


def test_a_changed_prompt_is_held_against_the_last_replies_before_it_is_saved(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    saved = asked(stage, "select count(*) from prompt_revision")
    stage.writes_email("Ivo", "Sounds great, I am interested.")
    open_lead(page, "Ivo Kessler")
    expect(page.locator(".draft-line")).to_contain_text("Draft ready", timeout=MODELS)
    page.goto(f"{stage.url}/ai/prompts?key=sentiment.email_analysis")
    page.locator("[data-prompt=\"sentiment.email_analysis\"]").click()
    page.locator("#prompt-text").fill("Label this e-mail and report what it contains.")
    panel = page.get_by_label("Before you save")
    panel.get_by_role("button", name="What does it cost?").click()
    expect(panel).to_contain_text(re.compile("About .* for 20 replies"))
    panel.get_by_role("button", name="Report").click()
    expect(panel.locator(".impact-numbers")).to_contain_text("Labels flip")
    expect(panel.locator(".impact-numbers dd").first).to_have_text(re.compile("[1-9]"), timeout=MODELS)
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_label("Now")).to_contain_text("Interested", timeout=MODELS)
    assert asked(stage, "select count(*) from prompt_revision") == saved


def test_the_drill_shows_how_far_it_is_and_can_be_stopped(visitor: Visitors, stage: Stage) -> None:
    page = visitor.signs_in(OWNER)
    page.goto(f"{stage.url}/ai/trials")
    drill = page.get_by_label("Wrong-send drill")
    expect(drill).to_contain_text("No drill yet")
    drill.get_by_role("button", name="Run the drill").click()
    expect(drill.get_by_text(re.compile(r"[1-9]\d* of \d\d"))).to_be_visible(timeout=MODELS)
    drill.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Tried lately")).to_contain_text("Stopped by Mara Reyes.")

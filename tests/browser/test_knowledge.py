"""AI Personality in a browser: a persona that is looked at first, knowledge that is read while one watches, a memory decided."""

import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Visitors
from tests.browser.stage import OWNER, SETTER, Stage

expect.set_options(timeout=PATIENCE)
_PROPOSE = """
insert into lead_memory (id, workspace_id, lead_id, category, content, source, status, confidence, message_id, expires_at, created_at)
select %(id)s, m.workspace_id, m.lead_id, 'scheduling_preference', 'Prefers Tuesday mornings.', 'INFERENCE', 'PENDING', 0.8, m.id,
       now() + interval '30 days', now() from message m where m.body like '%%Tuesday mornings%%' order by m.sent_at desc limit 1
"""


@pytest.fixture
def page(visitor: Visitors) -> Iterator[Page]:
    """Mara's inbox."""
    return visitor.signs_in(OWNER)


def test_a_persona_is_looked_at_before_it_speaks(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/?view=settings&settingsTab=general")
    page.get_by_role("link", name="AI Personality").click()
    page.get_by_role("button", name="New persona").first.click()
    page.get_by_label("Name", exact=True).fill("Chris")
    page.get_by_label("Signs as").fill("Chris Vale")
    page.get_by_label("E-mail greeting").fill("Good day {firstName},")
    page.get_by_label("Signature").fill("{senderName}\nAcme Growth")
    page.get_by_label("Goals").focus()
    expect(page.get_by_label("Preview")).to_contain_text("Good day Dana,")
    expect(page.get_by_label("Preview")).to_contain_text("Chris Vale")
    page.get_by_role("button", name="Save persona").click()
    row = page.get_by_label("Personas", exact=True).get_by_role("listitem")
    expect(row).to_contain_text("Chris")
    expect(row).to_contain_text("Default")


def test_the_companys_texts_and_questions_have_their_own_page(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/ai/company")
    page.get_by_label("Target result").fill("a 15 minute call")
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    for question in ("How many trucks?", "Which region?"):
        page.get_by_label("New question").fill(question)
        page.get_by_role("button", name="Add question").click()
        expect(page.locator(f".questions input[value='{question}']")).to_be_visible()
    page.get_by_role("button", name="Ask it earlier").last.click()
    expect(page.locator(".questions .field").first).to_have_value("Which region?")
    page.reload()
    expect(page.get_by_label("Target result")).to_have_value("a 15 minute call")
    expect(page.locator(".questions .field").first).to_have_value("Which region?")


def test_texts_pages_and_files_are_read_while_one_watches(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/ai/knowledge")
    page.get_by_role("button", name="Text", exact=True).click()
    page.fill("#asset-name", "Terms")
    page.fill("#asset-text", "Either side may leave with 30 days of notice.")
    page.get_by_role("button", name="Add text").click()
    page.get_by_role("button", name="Page", exact=True).click()
    page.fill("#page-url", "closed.example")
    page.get_by_role("button", name="Add page").click()
    page.set_input_files("#knowledge-files", [
        {"name": "prices.md", "mimeType": "text/markdown", "buffer": b"# Prices\n\nStarter costs $900 a month."}])
    rows = page.get_by_label("Knowledge assets").get_by_role("listitem")
    for name in ("Terms", "prices.md"):
        expect(rows.filter(has_text=name)).to_contain_text("Ready")
    closed = rows.filter(has_text="closed.example")
    expect(closed).to_contain_text("This page does not open for us (403).")
    expect(closed.get_by_role("button", name="Retry")).to_be_visible()
    closed.get_by_role("button", name="closed.example").click()
    page.fill("#edit-url", "acmegrowth.example/pricing")
    page.get_by_role("button", name="Save changes").click()
    expect(rows.filter(has_text="acmegrowth.example/pricing")).to_contain_text("Ready")
    page.fill("#website", "Acme.com/")
    page.get_by_role("button", name="Save address").click()
    expect(page.locator("#website")).to_have_value("https://acme.com")


def test_a_setter_decides_what_is_remembered(visitor: Visitors, stage: Stage, own_database: str) -> None:
    stage.writes_email("Greta", "Call me on Tuesday mornings if you must.")
    page = visitor.signs_in(SETTER)
    page.locator(".row-link", has_text="Greta Kessler").click()
    panel = page.get_by_label("About the lead")
    expect(panel).to_contain_text("Nothing yet. Preferences")
    with psycopg.connect(own_database, autocommit=True) as connection:
        connection.execute(_PROPOSE, {"id": uuid4()})
    page.reload()
    page.locator(".row-link", has_text="Greta Kessler").click()
    waiting = panel.get_by_label("What is remembered").get_by_role("listitem")
    expect(waiting).to_contain_text("To check")
    expect(waiting).to_contain_text("80% sure")
    waiting.get_by_role("link", name=re.compile("the reply of")).click()
    waiting.get_by_role("button", name="Approve").click()
    expect(waiting).to_contain_text("approved by Ben Ortiz")
    panel.get_by_role("button", name="Remember something").click()
    page.get_by_label("What should drafts know?").fill("Decides together with the finance team.")
    page.get_by_label("Kind").select_option("objection")
    page.get_by_role("button", name="Remember", exact=True).click()
    expect(panel.get_by_label("What is remembered")).to_contain_text("Decides together with the finance team.")

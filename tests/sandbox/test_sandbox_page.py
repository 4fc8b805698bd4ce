"""Does the control page show what was received, play a lead, and stay calm when a lead writes markup?"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright

from sandbox.actors import ACTORS
from sandbox.app import PROVIDERS
from sandbox.receiver import Receiver
from sandbox.server import Running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture
def page(sandbox: Running) -> Iterator[Page]:
    """The control page in a real browser; anything the page complains about fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=FLAGS)
        opened = browser.new_page()
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("dialog", lambda dialog: complaints.append(dialog.message))
        opened.goto(sandbox.base_url)
        yield opened
        browser.close()
    assert complaints == []


def test_a_person_plays_a_lead_and_sees_what_the_product_sends(
    page: Page, sandbox: Running, receiver: Receiver, http: httpx.Client
) -> None:
    hostile = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    page.get_by_label("By").select_option("ghl")
    page.get_by_label("Location id").fill("loc_page")
    page.get_by_label("What they write").fill(hostile)
    page.get_by_role("button", name="Send to the product").click()
    page.get_by_text("Taken by the product").wait_for()
    assert receiver.bodies[0]["message"]["body"] == hostile
    http.post(
        "/ghl/conversations/messages",
        json={"type": "SMS", "contactId": receiver.bodies[0]["contact_id"], "message": hostile},
    ).raise_for_status()
    page.get_by_text("Text to +15550102030").click()
    page.locator("#received pre").first.wait_for()
    assert page.locator("#received pre").first.text_content() == hostile
    assert page.locator("img, #received script").count() == 0
    page.get_by_role("button", name="Do not disturb").click()
    page.get_by_role("button", name="Lift do not disturb").wait_for()
    assert sandbox.control.people()[0]["dnd"] is True


def test_a_fault_armed_on_the_page_goes_off(page: Page, http: httpx.Client) -> None:
    page.locator("#fault select[name=kind]").select_option("status:429")
    page.get_by_role("button", name="Arm").click()
    page.get_by_text("GoHighLevel: 429").wait_for()
    assert http.get("/ghl/contacts/x").status_code == 429
    page.get_by_text("fault, 429").wait_for()


def test_the_page_offers_whoever_can_play_a_lead_with_their_own_events(page: Page, sandbox: Running) -> None:
    page.locator("#act select[name=provider] option").first.wait_for(state="attached")
    actors = {actor["slug"]: actor for actor in sandbox.control.actors()}
    assert actors.keys() == ACTORS.keys()
    offered = page.locator("#act select[name=provider] option").evaluate_all("each => each.map(option => option.value)")
    assert offered == list(ACTORS)
    for slug, actor in actors.items():
        page.locator("#act select[name=provider]").select_option(slug)
        events = page.locator("#act select[name=event] option").evaluate_all("each => each.map(option => option.value)")
        assert tuple(events) == ACTORS[slug].events
        assert page.locator("#workspace-label").text_content() == actor["workspace_label"]
    faults = page.locator("#fault select[name=provider] option").evaluate_all("each => each.map(option => option.value)")
    assert faults == [*(provider.slug for provider in PROVIDERS), "*"]

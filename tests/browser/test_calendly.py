"""From Settings to the thread: Calendly is connected, a lead books, moves and cancels, and the inbox says so by itself."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.stage import OWNER, Stage

DANA = {"first_name": "Nora", "last_name": "Kessler", "email": "nora@northwind.example", "timezone": "America/Chicago"}


def test_calendly_is_connected_and_the_lead_s_meeting_is_seen(visitor, stage: Stage) -> None:
    page: Page = visitor.signs_in(OWNER)
    page.goto(f"{stage.url}/?view=settings&settingsTab=integrations")
    card = page.get_by_label("Calendly", exact=True)
    card.get_by_text("Set up").click()
    card.get_by_label("Access token").fill("a-good-personal-token")
    card.get_by_role("button", name="Connect").click()
    expect(card.locator(".said[data-tone=good]")).to_contain_text("the webhook is active")
    expect(card.get_by_label("Webhook address")).to_have_value(re.compile(rf"/api/webhooks/calendly/{stage.workspace_id}$"))

    times = card.get_by_role("group", name="Free times of Calendly")
    expect(times).to_contain_text("no calendar is chosen")
    times.get_by_role("button", name="Choose a calendar of Calendly").click()
    expect(times.get_by_label("Calendar", exact=True).locator("option")).to_have_text([
        "Offer no times", "Intro call (30 min)", "Product demo (45 min)"])
    times.get_by_label("Calendar", exact=True).select_option(label="Product demo (45 min)")
    expect(times).to_contain_text(re.compile(r"free times of Product demo"))
    expect(times).to_contain_text(re.compile(r"\d+ free times in the next four weeks, read"))
    stage.sandbox.add_fault("calendly", "status", status=500, times=1, path_contains="event_type_available_times")
    times.get_by_role("button", name="Read the calendar of Calendly").click()
    expect(times.locator(".said[data-tone=bad]")).to_contain_text("Calendly failed on its side")
    expect(times).to_contain_text(re.compile(r"\d+ free times"))
    times.get_by_role("button", name="Choose a calendar of Calendly").click()
    times.get_by_label("Calendar", exact=True).select_option(label="Intro call (30 min)")
    expect(times.locator(".said[data-tone=bad]")).to_have_count(0)

    stage.writes_email("Nora", "I will pick a time in your calendar.", subject="Times")
    page.goto(stage.url)
    page.locator(".row-link", has_text="Nora Kessler").first.click()
    starts_at = (datetime.now(UTC) + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    booked = _act(stage, DANA, event="invitee.created", subject="Freight intro", at=starts_at.isoformat())
    about = page.get_by_label("About the lead")
    expect(about.locator("[data-meeting=confirmed]")).to_be_visible()
    expect(about).to_contain_text("Freight intro")
    expect(about.get_by_role("link", name="Join")).to_have_attribute("href", re.compile("^https://zoom.example/"))
    expect(page.locator(".activity", has_text="Meeting booked for")).to_be_visible()
    expect(page.locator(".row", has_text="Nora Kessler")).to_contain_text("Meeting booked")

    moved = _act(stage, DANA | {"moves": booked["ids"]["invitee"]}, event="invitee.created", subject="Freight intro",
                 at=(starts_at + timedelta(days=1)).isoformat())
    _act(stage, DANA, event="invitee.canceled", of=booked["ids"]["invitee"])
    expect(page.locator(".activity", has_text="Meeting moved to")).to_be_visible()
    expect(about.locator("[data-meeting=confirmed]")).to_be_visible()

    _act(stage, DANA, "We changed plans", event="invitee.canceled", of=moved["ids"]["invitee"])
    expect(about.locator("[data-meeting=canceled]")).to_be_visible()
    expect(page.locator(".activity", has_text="cancelled by Nora Kessler: We changed plans")).to_be_visible()
    expect(page.locator(".activity", has_text="cancelled by")).to_have_count(1)

    page.goto(f"{stage.url}/?view=settings&settingsTab=integrations")
    card.get_by_text("Credentials", exact=True).click()
    card.get_by_label("Accept unsigned webhooks").check()
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".warned", has_text="without a signature")).to_be_visible()
    expect(card.locator(".said[data-tone=good]")).to_contain_text("the webhook is active")
    card.get_by_text("Credentials", exact=True).click()
    card.get_by_role("button", name="Disconnect").first.click()
    card.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(page.locator("#toasts")).to_contain_text("Calendly is disconnected")
    deleted = stage.sandbox.received(provider="calendly", method="DELETE")
    # Once for the subscription that saving renewed, once for the last.
    assert [one["outcome"]["status"] for one in deleted] == [204, 204]


def _act(stage: Stage, lead: dict, body: str = "", **more: str) -> dict:
    done = stage.sandbox.act("calendly", stage.workspace_id, lead, body, **more)
    assert [delivery["status"] for delivery in done["deliveries"]] == [200], done["deliveries"]
    return done

"""LinkedIn and Clay as people connect them: the card, the Test, the address with its secret, a webhook that arrives, and the end."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import OWNER, Stage

ACCOUNT = "acc_card"
NOOR = {"public_identifier": "noor-haddad", "first_name": "Noor", "last_name": "Haddad"}


def test_linkedin_is_connected_through_its_card(visitor, stage: Stage) -> None:
    page: Page = visitor.signs_in(OWNER)
    card = _card(page, stage, "Unipile")
    expect(card).to_contain_text("Not connected")
    card.locator("summary").click()
    card.get_by_label("API key").fill("bad-key-of-somebody")
    card.get_by_role("button", name="Connect").click()
    expect(card.get_by_role("alert")).to_be_visible()
    card.get_by_label("Account ID").fill(ACCOUNT)
    card.get_by_role("button", name="Connect").click()
    # What LinkedIn's broker refuses is said, and the form stays open for a better key.
    expect(card.locator(".said[data-tone=bad]")).to_be_visible()
    secret = _secret(card)
    card.get_by_label("API key").fill("stand-in-key-of-acme")
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".said[data-tone=good]")).to_contain_text("Connected to LinkedIn as Sandbox Owner.")
    assert "stand-in-key-of-acme" not in page.content()

    card.get_by_role("button", name="Test").click()
    expect(card.locator(".said[data-tone=good]")).to_contain_text("Connected to LinkedIn as Sandbox Owner.")
    _card(page, stage, "Unipile")
    expect(card.get_by_label("Webhook address")).to_have_value(re.compile("/api/webhooks/linkedin"))
    assert secret not in page.content(), "the secret is shown once"
    card.get_by_text("Credentials", exact=True).click()
    expect(card.get_by_label("API key")).to_have_value("")
    expect(card.get_by_label("API key")).to_have_attribute("placeholder", re.compile("kept unless you type a new one"))

    told = {"event": "message_received", "secret_in": "header", "secret_name": "Unipile-Auth"}
    assert _status(stage, "unipile", ACCOUNT, NOOR, "Hello", secret="not-the-secret", **told) == [401]
    assert _status(stage, "unipile", ACCOUNT, NOOR, "Hello", secret=secret, **told) == [200]
    _comes_in(page, stage, "Unipile")
    _disconnect(page, stage, "Unipile")


def test_clay_is_connected_through_its_card(visitor, stage: Stage) -> None:
    page: Page = visitor.signs_in(OWNER)
    card = _card(page, stage, "Clay")
    card.locator("summary").click()
    card.get_by_label("Phone table").fill("https://elsewhere.example/v3/sources/webhook/phones")
    card.get_by_role("button", name="Connect").click()
    expect(card.get_by_role("alert")).to_be_visible()
    card.get_by_label("Phone table").fill("/v3/sources/webhook/phones")
    card.get_by_label("Authentication token").fill("token-of-the-tables")
    card.get_by_role("button", name="Connect").click()
    expect(card.locator(".said[data-tone=good]")).to_be_visible()
    secret = _secret(card)
    card.get_by_role("button", name="Test").click()
    expect(card.locator(".said[data-tone=good]")).to_be_visible()
    _card(page, stage, "Clay")
    expect(card.get_by_label("Webhook address")).to_have_value(re.compile("/api/webhooks/clay"))
    card.get_by_text("Credentials", exact=True).click()
    expect(card.get_by_label("Authentication token")).to_have_attribute("placeholder", re.compile("kept unless"))
    assert secret not in page.content() and "token-of-the-tables" not in page.content()

    stage.writes_email("Nadia", "Please send me information about the price.")
    page.goto(stage.url)
    expect(page.locator(".row", has_text="Nadia Kessler")).to_be_visible()
    asked = _row(page, stage)
    assert asked["enrichmentType"] == "phone" and asked["callbackUrl"].endswith("/api/webhooks/clay")
    found = {"lead_id": asked["leadId"], "kind": "phone", "phone": "+12125550143"}
    assert _status(stage, "clay", "phones", found, event="FOUND", secret=secret, secret_in="header", secret_name="x-clay-secret") == [200]
    page.locator(".row-link", has_text="Nadia Kessler").first.click()
    expect(page.get_by_label("About the lead")).to_contain_text("from Clay")
    _comes_in(page, stage, "Clay")
    _disconnect(page, stage, "Clay")


def _card(page: Page, stage: Stage, title: str) -> Locator:
    page.goto(f"{stage.url}/settings?settingsTab=integrations")
    card = page.get_by_label(title, exact=True)
    expect(card).to_be_visible()
    return card


def _secret(card: Locator) -> str:
    """The webhook's secret, which the answer that made it puts on the screen once."""
    field = card.get_by_label("Webhook secret")
    expect(field).to_have_value(re.compile(r"[\w-]{20,}"))
    return field.input_value()


def _status(stage: Stage, provider: str, reference: str, lead: dict, body: str = "", **more: str) -> list[int]:
    done = stage.sandbox.act(provider, reference, lead, body, **more)
    return [delivery["status"] for delivery in done["deliveries"]]


def _row(page: Page, stage: Stage) -> dict:
    """The row that Clay's table got."""
    for _ in range(60):
        sent = stage.sandbox.sent("clay")
        if sent:
            return sent[-1]["columns"]
        page.wait_for_timeout(250)
    raise AssertionError("Clay was not asked.")


def _comes_in(page: Page, stage: Stage, title: str) -> None:
    """The card tells when something came in last."""
    last = _card(page, stage, title).locator(".facts div", has_text="Last event in").locator("time")
    for _ in range(20):
        if last.count():
            break
        page.wait_for_timeout(250)
        page.reload()
        page.wait_for_selector(".provider")
    expect(last).to_be_visible()


def _disconnect(page: Page, stage: Stage, title: str) -> None:
    """What other tests find is what this one found."""
    card = _card(page, stage, title)
    card.get_by_text("Credentials", exact=True).click()
    card.get_by_role("button", name="Disconnect").first.click()
    card.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(card).to_contain_text("Not connected")

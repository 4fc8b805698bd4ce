"""From an empty product to a connected workspace: set-up, General, a second workspace, an invitation, both providers tested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sandbox.client import SandboxControl
from tests.browser.conftest import PATIENCE
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port
from zrg_app.runtime.product import Plan, Product, start_product

expect.set_options(timeout=PATIENCE)

OWNER, PASSWORD = "mara@agency.com", "four words in a row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A person at a browser window, signed in; `troubles` are errors its console showed."""

    page: Page
    url: str
    troubles: list[str]

    def open(self, tab: str) -> Page:
        """Open a tab of Settings by the link that old messages carry."""
        self.page.goto(f"{self.url}/?view=settings&settingsTab={tab}")
        expect(self.page.get_by_role("tab", name=tab.capitalize())).to_have_attribute("aria-selected", "true")
        return self.page

    def toast(self, words: str) -> None:
        """Wait until the product says so."""
        expect(self.page.locator("#toasts")).to_contain_text(words)


@pytest.fixture(scope="module")
def empty_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product nobody has set up yet, with the sandbox for providers."""
    home = Home(tmp_path_factory.mktemp("settings")).ready()
    product = start_product(Plan(home=home, port=free_port(), durable=False, seed=False))
    yield product
    product.stop()


@pytest.fixture(scope="module")
def desk(empty_product: Product, chromium: Browser) -> Iterator[Desk]:
    """The owner after the first-run set-up."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    page, troubles = context.new_page(), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(empty_product.url)
    page.get_by_label("Your name").fill("Mara Reyes")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Workspace").fill("Acme Growth")
    page.get_by_role("button", name="Create my inbox").click()
    expect(page.get_by_role("tab", name="Integrations")).to_have_attribute("aria-selected", "true")
    yield Desk(page=page, url=empty_product.url, troubles=troubles)
    assert troubles == []
    context.close()


def test_the_set_up_leads_to_connecting_providers(desk: Desk) -> None:
    expect(desk.page.get_by_label("Workspace: Acme Growth")).to_be_visible()
    for provider in ("GoHighLevel", "EmailBison"):
        expect(desk.page.get_by_label(provider, exact=True)).to_contain_text("Not connected")
    expect(desk.page.get_by_label("Resend", exact=True)).to_contain_text("Sandbox")


def test_general_is_saved_explicitly_and_survives_a_reload(desk: Desk) -> None:
    page = desk.open("general")
    save = page.get_by_role("button", name="Save", exact=False).first
    expect(save).to_be_hidden()
    page.get_by_label("Work ends").fill("18:30")
    expect(save).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Work ends")).to_have_value("17:00")
    page.get_by_label("Time zone").fill("Mars/Olympus")
    page.get_by_label("Daily limit in dollars").fill("two")
    save.click()
    expect(page.get_by_text("Timezone must be a name such as America/New_York.")).to_be_visible()
    expect(page.get_by_text("Give an amount of dollars such as 5 or 2.50")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_be_focused()
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_label("Daily limit in dollars").fill("2,50")
    page.get_by_label("Write a draft for every reply").uncheck()
    page.keyboard.press("Control+s")
    desk.toast("Saved.")
    expect(save).to_be_hidden()
    desk.open("general")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    expect(page.get_by_label("Daily limit in dollars")).to_have_value("2.50")
    expect(page.get_by_label("Write a draft for every reply")).not_to_be_checked()


def test_the_time_zone_field_proposes_the_names_of_the_browser(desk: Desk) -> None:
    page = desk.open("general")
    page.get_by_label("Time zone").focus()
    assert page.locator("#zones option").count() > 300
    page.get_by_label("Default region").focus()
    expect(page.locator("#regions option[value=DE]")).to_have_attribute("label", "Germany")


def test_somebody_else_s_change_of_the_same_field_is_shown_not_overwritten(desk: Desk) -> None:
    page, other = desk.open("general"), desk.page.context.new_page()
    Desk(page=other, url=desk.url, troubles=desk.troubles).open("general")
    other.get_by_label("Default region").fill("GB")
    other.get_by_role("button", name="Save", exact=False).first.click()
    expect(other.locator("#toasts")).to_contain_text("Saved.")
    other.close()
    page.get_by_label("Default region").fill("DE")
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody changed default region while you were editing")
    expect(page.get_by_label("Default region")).to_have_value("DE")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Default region")).to_have_value("GB")


def test_a_person_is_invited_and_comes_in_as_what_they_were_asked_to_be(desk: Desk, chromium: Browser) -> None:
    page = desk.open("team")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("alert")).to_be_visible()
    link = _invite(page, "cleo@client.com", "CLIENT_PORTAL")
    expect(page.get_by_label("Open invitations")).to_contain_text("cleo@client.com")
    guest = chromium.new_context()
    looks_on = _accept(guest, link, "Cleo Park")
    looks_on.goto(f"{desk.url}/?view=settings&settingsTab=general")
    expect(looks_on.get_by_text("You can look at these settings. To change one, ask Mara Reyes.")).to_be_visible()
    expect(looks_on.get_by_label("Time zone")).to_be_disabled()
    looks_on.get_by_role("tab", name="Team").click()
    expect(looks_on.get_by_label("Members", exact=True)).to_contain_text("Cleo Park")
    expect(looks_on.get_by_role("button", name="Invite")).to_have_count(0)
    looks_on.get_by_role("tab", name="Integrations").click()
    expect(looks_on.get_by_role("button", name="Connect")).to_have_count(0)
    desk.open("team")
    page.get_by_label("Role of Cleo Park").select_option("SETTER")
    desk.toast("Cleo Park is now setter.")
    looks_on.goto(f"{desk.url}/?view=settings&settingsTab=team")
    expect(looks_on.get_by_text("Settings are not part of your role")).to_be_visible()
    guest.close()


def test_a_member_is_removed_after_one_question_and_an_invitation_is_taken_back(desk: Desk) -> None:
    page = desk.open("team")
    member = page.get_by_label("Members", exact=True).get_by_role("listitem").filter(has_text="Cleo Park")
    member.get_by_role("button", name="Remove from the workspace").click()
    expect(member.get_by_role("dialog")).to_contain_text("Remove Cleo Park?")
    member.get_by_role("button", name="Remove", exact=True).click()
    expect(member).to_have_count(0)
    _invite(page, "luis@agency.com", "SETTER")
    waiting = page.get_by_label("Open invitations").get_by_role("listitem")
    waiting.get_by_role("button", name="Revoke").click()
    waiting.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Nobody is waiting to come in.")).to_be_visible()


def test_an_api_token_is_shown_once_works_and_is_revoked(desk: Desk) -> None:
    page = desk.open("team")
    page.get_by_label("Name", exact=True).locator("visible=true").fill("Reporting")
    page.get_by_role("button", name="Create token").click()
    expect(page.get_by_label("New API token")).to_have_value(re.compile("zrg_.+"))
    token = page.get_by_label("New API token").input_value()
    page.get_by_role("button", name="Copy").click()
    desk.toast("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == token
    ask = {"Authorization": f"Bearer {token}"}
    assert page.request.get(f"{desk.url}/api/v1/conversations", headers=ask).status == 200
    desk.open("team")
    expect(page.get_by_label("New API token")).to_have_count(0)
    row = page.get_by_label("API tokens").get_by_role("listitem").filter(has_text="Reporting")
    row.get_by_role("button", name="Revoke").first.click()
    row.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("No program can come in yet.")).to_be_visible()
    assert page.request.get(f"{desk.url}/api/v1/conversations", headers=ask).status == 401


def test_a_new_workspace_is_made_connected_and_tested(desk: Desk, empty_product: Product) -> None:
    page = desk.open("general")
    page.get_by_label("Workspace: Acme Growth").click()
    page.get_by_role("menuitem", name="New workspace").click()
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_text("Give the workspace a name of 1 to 100 characters.")).to_be_visible()
    page.get_by_label("Name", exact=True).locator("visible=true").last.fill("Birch Labs")
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_label("Workspace: Birch Labs")).to_be_visible()
    ghl, bison = page.get_by_label("GoHighLevel", exact=True), page.get_by_label("EmailBison", exact=True)
    ghl.get_by_text("Set up").click()
    ghl.get_by_role("button", name="Connect").click()
    expect(ghl.get_by_role("alert")).to_have_text("GoHighLevel needs Location ID, Private integration token.")
    ghl.get_by_label("Location ID").fill("loc_birch")
    ghl.get_by_label("Private integration token").fill("pit-a-long-enough-token")
    ghl.get_by_role("button", name="Connect").click()
    expect(ghl.locator(".said[data-tone=good]")).to_contain_text("Connected")
    expect(ghl.get_by_label("Webhook address")).to_have_value(re.compile(rf"^{desk.url}/api/webhooks/ghl/sms/[\w-]{{20,}}$"))
    bison.get_by_text("Set up").click()
    bison.get_by_label("Workspace ID").fill("4711")
    bison.get_by_label("API key").fill("bison-a-long-enough-key")
    bison.get_by_role("button", name="Connect").click()
    expect(bison.locator(".said[data-tone=good]")).to_contain_text("Connected to")
    with SandboxControl(empty_product.sandbox_url or "") as sandbox:
        sandbox.add_fault("emailbison", "status", status=401, times=1)
        bison.get_by_role("button", name="Test").click()
        expect(bison.locator(".said[data-tone=bad]")).to_be_visible()
        expect(bison).to_contain_text("Credentials refused")
        sandbox.add_fault("emailbison", "slow", seconds=3, times=1)
        bison.get_by_role("button", name="Test").click()
        expect(bison).to_contain_text("Asking EmailBison")
        page.get_by_role("tab", name="Team").click()
        expect(page).to_have_url(re.compile("/settings[?]settingsTab=team&clientId="))
        expect(page.get_by_label("Members", exact=True)).to_be_visible()
        page.get_by_role("tab", name="Integrations").click()
        expect(bison.locator(".said[data-tone=good]")).to_be_visible()
    bison.get_by_role("button", name="Test").click()
    expect(bison.locator(".said[data-tone=good]")).to_contain_text("Connected to")


def test_a_secret_is_never_shown_again_and_is_kept_when_the_field_stays_empty(desk: Desk) -> None:
    page = desk.open("integrations")
    ghl = page.get_by_label("GoHighLevel", exact=True)
    assert "pit-a-long-enough-token" not in page.content()
    assert "••••" in ghl.get_by_label("Webhook address").input_value()
    ghl.get_by_text("Credentials", exact=True).click()
    expect(ghl.get_by_label("Private integration token")).to_have_value("")
    ghl.get_by_label("Location ID").fill("loc_birch_two")
    ghl.get_by_role("button", name="Save").click()
    expect(ghl.locator(".said[data-tone=good]")).to_contain_text("Connected")
    expect(ghl).to_contain_text("loc_birch_two")


def test_a_provider_is_disconnected_after_one_question(desk: Desk) -> None:
    page = desk.open("integrations")
    bison = page.get_by_label("EmailBison", exact=True)
    bison.get_by_text("Credentials", exact=True).click()
    bison.get_by_role("button", name="Disconnect").first.click()
    bison.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    desk.toast("EmailBison is disconnected")
    expect(bison).to_contain_text("Not connected")
    bison.get_by_text("Set up").click()
    expect(bison.get_by_label("Workspace ID")).to_have_value("")


def test_a_deep_link_survives_the_login(desk: Desk, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{desk.url}/?view=settings&settingsTab=team")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("tab", name="Team")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog", name="Sign out everywhere").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()
    desk.page.goto(f"{desk.url}/?view=settings&settingsTab=general")
    expect(desk.page.get_by_label("Password")).to_be_visible()


def _invite(page: Page, email: str, role: str) -> str:
    page.get_by_label("E-mail").fill(email)
    page.locator("#invite-role").select_option(role)
    page.get_by_role("button", name="Invite").click()
    shown = page.get_by_role("status").filter(has_text=email).get_by_label("Invitation link")
    expect(shown).to_have_value(re.compile("invitation="))
    return shown.input_value()


def _accept(context: BrowserContext, link: str, name: str) -> Page:
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(lambda address: "/invitation" not in address)
    return page

"""A setter's morning without a mouse: ten conversations opened, read, answered, put off, handed on and finished by keys alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.stage import SETTER, Stage

NAMES = ("Ada", "Bea", "Cleo", "Dora", "Edda", "Fay", "Gil", "Hana", "Ivo", "Jule")
ASKS = "Sounds interesting. What does it cost for three places, and could we talk on Thursday?"


@pytest.fixture(scope="module", autouse=True)
def _ten_wait(stage: Stage) -> None:
    for name in reversed(NAMES):
        stage.writes_email(f"{name}key", ASKS, subject=f"Question of {name}", quoted=False)


@pytest.fixture
def morning(visitor: Visitors) -> "Morning":
    """Ben at his desk, hands on the keys."""
    return Morning(visitor.signs_in(SETTER))


class Morning:
    """What hands on a keyboard do, and what eyes see."""

    def __init__(self, page: Page) -> None:
        """Everybody who wrote is in the list."""
        self.page = page
        expect(page.locator(".row-name", has_text="key Kessler").first).to_be_visible()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        """Type into whatever has the focus."""
        self.page.keyboard.type(words)

    def opens(self, name: str) -> None:
        """Find somebody with the palette."""
        self.press("Control+k")
        self.types(f"{name}key")
        expect(self.page.locator('.palette-option[aria-selected="true"]')).to_contain_text(f"{name}key Kessler")
        self.press("Enter")
        self.sees(name)
        expect(self.page.locator("#palette")).to_be_hidden()

    def sees(self, name: str) -> None:
        """Whose conversation is open."""
        expect(self.page.locator(".conversation-head h2")).to_contain_text(f"{name}key")

    def told(self, words: str) -> Locator:
        """What was said in a toast."""
        toast = self.page.locator(".toast", has_text=re.compile(words, re.IGNORECASE)).last
        expect(toast).to_be_visible()
        return toast

    def editor(self) -> Locator:
        """The answer being written."""
        return self.page.locator("#answer")


def test_ten_conversations_by_keys_alone(morning: Morning) -> None:
    page, press = morning.page, morning.press
    _answers_and_takes_back(morning)
    morning.opens("Bea")
    press("h")
    expect(page.locator("#snooze-menu")).to_be_visible()
    press("ArrowDown", "Enter")
    morning.told("snoozed")
    _hands_on(morning)
    _notes_and_finishes(morning)
    _searches_and_chooses(morning)


def _answers_and_takes_back(morning: Morning) -> None:
    page, press = morning.page, morning.press
    morning.opens("Ada")
    expect(morning.editor()).to_have_value(re.compile("Adakey"))
    press("r")
    expect(morning.editor()).to_be_focused()
    press("Control+End")
    morning.types(" Until Thursday!")
    press("Control+Enter")
    expect(page.locator(".undo")).to_be_visible()
    press("Escape", "z")
    expect(morning.editor()).to_have_value(re.compile("Until Thursday!$"))
    expect(page.locator(".thread", has_text="took a message back")).to_be_visible()
    press("r")
    expect(morning.editor()).to_be_focused()
    press("Control+Enter")
    expect(page.locator(".undo")).to_be_visible()
    expect(page.locator(".message[data-mine=true]", has_text="Until Thursday!")).to_be_visible()


def _hands_on(morning: Morning) -> None:
    morning.opens("Cleo")
    morning.press("Control+k")
    morning.types("Mara Reyes")
    expect(morning.page.locator('.palette-option[aria-selected="true"]')).to_contain_text("Mara Reyes")
    morning.press("Enter")
    expect(morning.page.locator(".thread", has_text="Mara Reyes")).to_be_visible()


def _notes_and_finishes(morning: Morning) -> None:
    page, press = morning.page, morning.press
    morning.opens("Edda")
    press("n")
    expect(page.locator(".composer[data-note=true] .editor")).to_be_focused()
    morning.types("Wants the Austin prices")
    press("Control+Enter")
    expect(page.locator(".message.note", has_text="Austin prices")).to_be_visible()
    press("Escape", "e")
    morning.told("done")
    press("z")
    morning.sees("Edda")
    expect(page.locator("[data-key=done]")).to_contain_text("Done")
    morning.opens("Fay")
    press("u")
    expect(page.locator(".row", has_text="Faykey")).to_have_attribute("data-unread", "true")
    morning.opens("Gil")
    press("Shift+R")
    expect(page.locator("#regenerate-instruction")).to_be_focused()
    press("Escape")
    expect(morning.editor()).to_be_focused()
    press("Escape")


def _searches_and_chooses(morning: Morning) -> None:
    page, press = morning.page, morning.press
    press("/")
    expect(page.locator("#search")).to_be_focused()
    morning.types("Hanakey")
    expect(page.locator(".rows .row")).to_have_count(1)
    press("Enter")
    morning.sees("Hana")
    press("/", "Escape")
    expect(page.locator(".row", has_text="Julekey")).to_be_visible()
    press("Escape")
    morning.opens("Ivo")
    press("x", "j", "x")
    expect(page.locator("[data-picked-count]")).to_have_text("2 chosen")
    press("Escape")
    expect(page.locator(".bulk")).to_be_hidden()


def test_keys_are_shown_and_lead_to_other_places_and_back(morning: Morning) -> None:
    page, press = morning.page, morning.press
    press("j")
    expect(page.locator(".row-link:focus")).to_have_count(1)
    press("?")
    expect(page.locator("#keys .key-line").filter(has_text="Snooze")).to_contain_text("H")
    press("e", "Escape")  # nothing fires under a dialog
    expect(page.locator(".row-link:focus")).to_have_count(1)
    expect(page.locator("[data-key=done]")).to_contain_text("Done")
    press("g", "s")
    page.wait_for_url("**/settings**")
    page.wait_for_selector(".rail")
    press("g", "i")
    page.wait_for_selector(".rows .row")


def test_a_phone_has_a_list_a_conversation_and_the_way_back(visitor: Visitors) -> None:
    page = visitor.signs_in(SETTER, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    row = page.locator(".row-link", has_text="Julekey").first
    row.tap()
    expect(page.locator(".conversation-head h2")).to_contain_text("Julekey")
    expect(page.locator(".list")).to_be_hidden()
    page.fill("#answer", "From the train: yes, Thursday works.")
    page.tap("[data-key=send]")
    expect(page.locator(".undo, .message[data-mine=true]:has-text('From the train')").first).to_be_visible()
    page.tap(".conversation-head .only-phone")
    expect(page.locator(".list")).to_be_visible()
    expect(page.locator(".conversation")).to_be_hidden()

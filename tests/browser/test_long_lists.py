"""A list and a thread of any length under the hands of a person: what is looked at stays, what is far away is let go."""

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage

ROWS, MESSAGES, MOST = 470, 420, 350

# Older than all that other tests look at, so that nothing of theirs moves.
_FILL = """
with made as (
  insert into lead (id, workspace_id, first_name, last_name, email)
  select gen_random_uuid(), %(workspace)s, 'Row' || n, 'Kessler', 'row' || n || '@long.example' from generate_series(1, %(rows)s) n
  returning id, first_name),
listed as (
  insert into conversation (lead_id, workspace_id, channel, subject, snippet, last_message_at, last_direction, message_count)
  select id, %(workspace)s, 'email', 'Plans', 'We looked at it.',
         now() - interval '900 days' - substr(first_name, 4)::int * interval '1 hour', 'inbound', 1 from made)
insert into message (id, workspace_id, lead_id, channel, direction, provider, dedupe_key, body, sent_at)
select gen_random_uuid(), %(workspace)s, made.id, 'email', 'inbound', 'emailbison', 'long:' || made.id || ':' || m,
       'Word ' || m || ' of a long talk about numbers, and then some more of it.', now() - interval '990 days' + m * interval '1 hour'
from made cross join lateral generate_series(1, case when first_name = 'Row1' then %(messages)s else 1 end) m
"""


@pytest.fixture(scope="module", autouse=True)
def _a_long_list(stage: Stage) -> Iterator[None]:
    """More conversations than are ever held at once, one of them with more messages than that."""
    with psycopg.connect(stage.product.database_url, autocommit=True) as connection:
        connection.execute(_FILL, {"workspace": stage.workspace_id, "rows": ROWS, "messages": MESSAGES})
    yield
    with psycopg.connect(stage.product.database_url, autocommit=True) as connection:
        connection.execute("delete from conversation where lead_id in (select id from lead where email like '%@long.example')")
        connection.execute("delete from message where lead_id in (select id from lead where email like '%@long.example')")
        connection.execute("delete from lead where email like '%@long.example'")


def leads(page: Page) -> list[str]:
    """The names of the rows that are there, in their order."""
    return page.locator(".row-name").all_text_contents()  # the inner text of a row far from the screen is empty


def seen(page: Page, what: str) -> list[list]:
    """What of the list (`.rows`) or thread (`.thread`) is on the screen: words and where."""
    return page.evaluate("""(what) => {
      const box = document.querySelector(what), edge = box.getBoundingClientRect();
      return [...box.querySelectorAll(".row[data-lead], [data-message]")].map((one) => [one, one.getBoundingClientRect()])
        .filter(([, at]) => at.bottom > edge.top + 1 && at.top < edge.bottom - 1)
        .map(([one, at]) => [one.dataset.lead ?? one.dataset.message, Math.round(at.top)]);
    }""", what)


def test_a_long_list_is_scrolled_down_and_up_while_the_page_holds_a_few_hundred_rows(page: Page, stage: Stage) -> None:
    page.click(".view:has-text('All conversations')")
    expect(page.locator(".list h1")).to_have_text("All conversations")
    top = leads(page)[0]
    names: dict[str, None] = {}
    most = 0
    while "Row470 Kessler" not in names:
        page.locator(".rows").evaluate("list => list.scrollBy(0, 2500)")
        page.wait_for_timeout(60)
        names |= dict.fromkeys(leads(page))
        most = max(most, page.locator(".rows .row").count())
    assert len([name for name in names if name.startswith("Row")]) == ROWS
    assert most <= MOST
    expect(page.locator(".rows-foot")).to_contain_text("That is all of them.")
    before = seen(page, ".rows")
    stage.writes_email("Ariel", "We use another vendor at the moment.", quoted=False)
    page.wait_for_timeout(1500)
    assert seen(page, ".rows") == before
    page.locator(".rows .row").nth(-30).locator(".row-link").click()
    kept = page.locator(".row[data-cursor] .row-name").inner_text()
    page.keyboard.press("k")
    expect(page.locator(".row[data-cursor] .row-name")).not_to_have_text(kept)
    assert page.locator(".row[data-cursor] .row-name").inner_text().startswith("Row")
    for _ in range(40):
        page.locator(".rows").evaluate("list => list.scrollBy(0, -2500)")
        page.wait_for_timeout(60)
        most = max(most, page.locator(".rows .row").count())
    expect(page.locator(".row-name").first).to_have_text("Ariel Kessler")
    assert leads(page)[1] == top
    assert most <= MOST


def scrolled(page: Page, until: str, by: int) -> None:
    """Scroll the list until a row is there."""
    for _ in range(120):
        if page.locator(f".row-name:text-is('{until} Kessler')").count():
            return
        page.locator(".rows").evaluate("(list, by) => list.scrollBy(0, by)", by)
        page.wait_for_timeout(60)
    raise AssertionError(f"{until} did not come")


def finished(stage: Stage) -> int:
    """How many of the long list are done."""
    with psycopg.connect(stage.product.database_url) as connection:
        return connection.execute("select count(*) from conversation c join lead l on l.id = c.lead_id "
                                  "where l.email like '%@long.example' and c.done_at is not null").fetchone()[0]


def test_two_hundred_are_chosen_over_the_whole_list_finished_in_one_event_and_come_back(page: Page, stage: Stage) -> None:
    page.click(".view:has-text('All conversations')")
    expect(page.locator(".list h1")).to_have_text("All conversations")
    scrolled(page, "Row20", 2500)
    page.locator(".row", has_text="Row2 Kessler").locator(".check").evaluate("box => box.click()")
    page.locator(".row", has_text="Row20 Kessler").evaluate("row => row.setAttribute('data-cursor', '')")
    page.keyboard.press("Shift+J")
    expect(page.locator("[data-picked-count]")).to_have_text("3 chosen")
    scrolled(page, "Row460", 2500)
    expect(page.locator(".row-name:text-is('Row2 Kessler')")).to_have_count(0)
    expect(page.locator("[data-picked-count][data-off='3 further off']")).to_have_text("3 chosen")
    page.locator("[data-pick-all]").click()
    expect(page.locator("[data-picked-count][data-off='3 further off']")).to_have_text("200 chosen")
    assert page.locator(".bulk").evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    frames: list[str] = []
    listening = page.context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.on("Network.webSocketFrameSent", lambda told: frames.append(told["response"]["payloadData"]))
    page.keyboard.press("e")
    expect(page.locator(".toast").last).to_contain_text("200 conversations are done.", timeout=20_000)
    assert finished(stage) == 200
    assert len([frame for frame in frames if "bulk_state" in frame]) == 1, frames
    page.keyboard.press("z")
    expect(page.locator(".toast").last).to_contain_text("200 conversations are as before.", timeout=20_000)
    assert finished(stage) == 0
    scrolled(page, "Row1", -2500)


def test_a_long_thread_is_read_upwards_and_nothing_read_moves(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/?leadId={lead(stage)}")
    expect(page.locator(".message").last).to_contain_text(f"Word {MESSAGES} of")
    most = 0
    for _ in range(80):
        if page.locator(".thread [data-key=earlier]").count() == 0:
            break
        page.locator(".thread").evaluate("thread => thread.scrollBy(0, -700)")
        before = seen(page, ".thread")
        page.wait_for_timeout(80)
        after = dict(map(tuple, seen(page, ".thread")))
        assert before and all(abs(after.get(name, -100) - at) <= 1 for name, at in before)  # a browser stands on whole pixels
        most = max(most, page.locator(".thread [data-message]").count())
    expect(page.locator(".thread .message").first).to_contain_text("Word 1 of")
    assert most <= 300
    page.click(".to-newest")
    expect(page.locator(".thread .message").last).to_contain_text(f"Word {MESSAGES} of")
    expect(page.locator(".thread .message").last).to_be_in_viewport()


def lead(stage: Stage) -> str:
    """Who talked most."""
    with psycopg.connect(stage.product.database_url) as connection:
        return str(connection.execute("select id from lead where email = 'row1@long.example'").fetchone()[0])

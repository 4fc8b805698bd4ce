"""Lists by every filter and combination, in every order, page by page both ways, and the words people search for."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Invalid
from zrg_app.models import Lead, LeadIdentity, Message
from zrg_app.services import inbox
from zrg_app.services.inbox.marking import starts_marked
from zrg_app.services.inbox.saved_views import number_of
from zrg_app.services.inbox.views import ListFilter, ListPage
from zrg_app.services.inbox.wanted import Choice, filter_of, read, written

BERLIN = ZoneInfo("Europe/Berlin")


def names(page: ListPage) -> list[str]:
    return [row.name.partition(" ")[0] for row in page.rows]


def shown(world: World, wanted: ListFilter, **more: object) -> ListPage:
    with db.transaction(world.as_mara) as tx:
        return inbox.list_page(tx, world.as_mara, wanted, **more)


def walked(world: World, wanted: ListFilter, limit: int) -> list[str]:
    """Everything, page after page."""
    found, after = [], ""
    while True:
        page = shown(world, wanted, after=after, limit=limit)
        found += names(page)
        after = page.next_cursor
        if not after:
            return found


def crowd(world: World) -> None:
    """Twelve conversations, some of the same instant, some waiting."""
    for number in range(12):
        waited = {"last_inbound_at": clock.now() - timedelta(days=number * 5 % 7)} if number % 3 else {"needs_reply": False}
        wrote(world, f"Lead{number:02}", minutes_ago=number // 2, channel=("email", "sms")[number % 2],
              sentiment=("Interested", "Neutral", "Follow Up")[number % 3], unread_count=number % 2,
              assignee_id=(world.mara, None)[number // 6], **waited)


@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting"])
@pytest.mark.parametrize("view", ["all", "reply", "open", "unread"])
def test_pages_of_any_size_hold_everything_once_and_in_order(world: World, sort: str, view: str) -> None:
    crowd(world)
    wanted = ListFilter(view=view, sort=sort)
    whole = names(shown(world, wanted))
    assert len(set(whole)) == len(whole) > 5
    for limit in (1, 3, 5, 11):
        assert walked(world, wanted, limit) == whole


def test_oldest_is_newest_the_other_way_round(world: World) -> None:
    crowd(world)
    newest = names(shown(world, ListFilter(view="all")))
    assert names(shown(world, ListFilter(view="all", sort="oldest"))) == newest[::-1]


def test_who_waits_longest_stands_first_and_who_does_not_wait_follows_newest_first(world: World) -> None:
    for name, days, more in (("Three", 3, {}), ("Nine", 9, {}), ("Answered", 20, {"needs_reply": False}), ("Five", 5, {}),
                             ("Asleep", 30, {"snoozed_until": clock.now() + timedelta(hours=1)})):
        wrote(world, name, minutes_ago=days, last_inbound_at=clock.now() - timedelta(days=days), **more)
    assert names(shown(world, ListFilter(view="all", sort="waiting"))) == ["Nine", "Five", "Three", "Answered", "Asleep"]
    assert names(shown(world, ListFilter(view="reply", sort="waiting"))) == ["Nine", "Five", "Three"]


def test_a_cursor_of_another_order_is_refused(world: World) -> None:
    crowd(world)
    after = shown(world, ListFilter(view="all"), limit=2).next_cursor
    for sort in ("oldest", "waiting"):
        with pytest.raises(Invalid, match="another order"):
            shown(world, ListFilter(view="all", sort=sort), after=after)
    with pytest.raises(Invalid, match="no order"):
        shown(world, ListFilter(sort="random"))


def test_filters_combine_and_are_counted_as_they_are_listed(world: World) -> None:
    crowd(world)
    parts = [{"channels": ("sms",)}, {"channels": ("sms", "email")}, {"sentiments": ("Interested", "Neutral")}, {"unread": True},
             {"assignee_id": "nobody"}, {"assignee_id": str(world.mara)}, {"since": clock.now() - timedelta(minutes=3, seconds=30)},
             {"until": clock.now() - timedelta(minutes=1, seconds=30)}]
    everything = {row.lead_id for row in shown(world, ListFilter(view="all")).rows}
    alone = {str(part): {row.lead_id for row in shown(world, ListFilter(view="all", **part)).rows} for part in parts}
    for one, other in itertools.combinations(parts, 2):
        if set(one) & set(other):
            continue
        wanted = ListFilter(view="all", **one, **other)
        found = {row.lead_id for row in shown(world, wanted).rows}
        assert found == alone[str(one)] & alone[str(other)] <= everything
        with db.transaction(world.as_mara) as tx:
            assert number_of(tx, world.as_mara, wanted) == len(found)


def test_days_are_those_of_the_workspace_even_where_clocks_change() -> None:
    now = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)  # half past eleven at night in Berlin, on the day with 25 hours
    today = filter_of(Choice(period="today"), now=now, zone=BERLIN)
    assert today.since == datetime(2026, 10, 25, 0, 0, tzinfo=BERLIN) and today.until is None
    assert filter_of(Choice(period="7"), now=now, zone=BERLIN).since.date() == date(2026, 10, 19)
    own = filter_of(Choice(period="own", since="2026-10-25", until="2026-10-24"), now=now, zone=BERLIN)
    assert (own.since, own.until) == (datetime(2026, 10, 24, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN))
    assert own.until.astimezone(UTC) - own.since.astimezone(UTC) == timedelta(hours=49)


def test_a_link_says_what_was_chosen_and_nothing_else_gets_in() -> None:
    choice = Choice(view="open", channels=("email", "sms"), sentiments=("Interested",), assignee="nobody", unread=True, draft=True,
                    period="own", since="2026-11-01", query="fleet & co", sort="waiting")
    assert read(written(choice)) == choice
    assert read({}) == Choice() == read(written(Choice()))
    hostile = {"view": "inbox", "channel": "fax,email,email", "sentiment": "<b>", "assignee": "1; drop", "campaign": "x", "period": "own",
               "from": "yesterday", "to": "0001-01-01", "q": "a\x00b" + "c" * 900, "sort": 7, "unread": ["1"]}
    assert read(hostile) == Choice(channels=("email",), query=("ab" + "c" * 900)[:200])


# What is found, and where it hit.

def said(world: World, lead_id, body: str, minutes_ago: int = 0) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Message(workspace_id=world.acme, lead_id=lead_id, channel="email", direction="inbound", provider="emailbison",
                       dedupe_key=f"test:{lead_id}:{body[:20]}", body=body, sent_at=clock.now() - timedelta(minutes=minutes_ago)))


def marks(page: ListPage) -> list[str]:
    """The texts of the hits, marked by brackets."""
    parts = [hit.name + hit.company + hit.subject + hit.text for hit in page.hits]
    return ["".join(f"[{one.text}]" if one.hit else one.text for one in pieces) for pieces in parts]


def test_words_of_messages_are_found_as_they_are_typed_and_marked_where_they_stand(world: World) -> None:
    dana, tomas = wrote(world, "Dana"), wrote(world, "Tomas")
    said(world, dana, "Thank you for the call. " * 30 + "Our Fleet\nhas 84 trucks, mostly vans. " + "Best regards and all that. " * 30)
    said(world, tomas, "We talked about fleets and about pricing.")
    assert set(names(shown(world, ListFilter(view="all", search="flee")))) == {"Dana", "Tomas"}
    assert marks(shown(world, ListFilter(view="all", search="pric"))) == ["… about fleets and about [pricing]"]
    page = shown(world, ListFilter(view="all", search="fleet trucks"))
    assert names(page) == ["Dana"], "only the last word is still being typed"
    (text,) = marks(page)
    assert "Our [Fleet] has 84 [trucks]" in text and len(text) < 340 and text.index("[") <= 28


def test_two_signs_are_a_word_and_parts_of_a_word_begin_it(world: World) -> None:
    said(world, wrote(world, "Dana"), "We go on with the co-founders.")
    found = {"go": 1, "fo": 0, "co-fou": 1, "go co-f": 1, "go c": 1, "go x": 0, "founders co-": 1, "!!": 0, "on with the": 1}
    for search, number in found.items():
        assert names(shown(world, ListFilter(view="all", search=search))) == ["Dana"] * number, search


@pytest.mark.parametrize("search", [
    "http://x.example/a\\b", "o'neil's", "a:b*&|!()<->", "<b>bold</b> &", "'", "\\", "\\\\ab\\", "50%", "dana@north", "файл", "日本語",
    "🙂🙂🙂", "x" * 900, "a" * 3 + " " + "-" * 50, "abc", ":* abc:*", "/etc/pass\\wd", "1e10 3.14159", "-- drop"])
def test_whatever_is_typed_is_searched_for_and_breaks_nothing(world: World, search: str) -> None:
    said(world, wrote(world, "Dana", subject=search[:80]), f"We said {search} and more.")
    page = shown(world, ListFilter(view="all", search=search))
    assert len(page.rows) <= 1 and len(page.hits) == len(page.rows)


def test_old_messages_are_found_by_whole_words(world: World) -> None:
    said(world, wrote(world, "Dana"), "About pricing.", minutes_ago=60 * 24 * 300)
    assert names(shown(world, ListFilter(view="all", search="pricing"))) == ["Dana"]
    assert names(shown(world, ListFilter(view="all", search="prici"))) == []


def test_conversations_are_found_by_their_subject_and_marked_there(world: World) -> None:
    wrote(world, "Dana", subject="Re: Fleet fuel audit", minutes_ago=1)
    wrote(world, "Tomas", subject="Roofing costs")
    said(world, wrote(world, "Priya", minutes_ago=2), "A word about the fleet fuel card.")
    page = shown(world, ListFilter(view="all", search="fleet fu"))
    assert names(page) == ["Dana", "Priya"]
    assert marks(page) == ["Re: [Fleet] [fu]el audit", "word about the [fleet] [fuel] card"]
    assert names(shown(world, ListFilter(view="all", search="roofing cost", channels=("sms",)))) == []


def test_a_subject_of_thousands_finds_the_newest(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("""
            with made as (insert into lead (id, workspace_id, first_name) select gen_random_uuid(), :acme, 'Lead' || n
                          from generate_series(1, 2100) n returning id, first_name)
            insert into conversation (lead_id, workspace_id, channel, subject, snippet, last_message_at, last_direction)
            select id, :acme, 'email', 'Re: one for all', '', now() - substr(first_name, 5)::int * interval '1 minute', 'inbound'
            from made"""), {"acme": world.acme})
    assert names(shown(world, ListFilter(view="all", search="one for all"), limit=3)) == ["Lead1", "Lead2", "Lead3"]


def test_what_leads_write_never_becomes_a_mark_or_html(world: World) -> None:
    dana = wrote(world, "Dana")
    said(world, dana, "<mark>\ue000rubbish\ue001</mark> <script>alert(1)</script> about invoices & co")
    (hit,) = shown(world, ListFilter(view="all", search="invoices")).hits
    assert [piece.text for piece in hit.text if piece.hit] == ["invoices"]
    assert "\ue000" not in "".join(piece.text for piece in hit.text)
    assert all(set(vars_of) == {"text", "hit"} for vars_of in ({"text": piece.text, "hit": piece.hit} for piece in hit.text))


def test_people_are_found_by_the_beginnings_of_words_and_marked_there(world: World) -> None:
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        tx.get(Lead, lead_id).company = "Northwind Freight"
    assert marks(shown(world, ListFilter(view="all", search="dan kess"))) == ["[Dan]a [Kess]ler"]
    assert marks(shown(world, ListFilter(view="all", search="freig"))) == ["Northwind [Freig]ht"]
    assert marks(shown(world, ListFilter(view="all", search="orthwin"))) == ["N[orthwin]d Freight"]


def test_a_whole_address_finds_its_owner_only(world: World) -> None:
    dana, tomas = wrote(world, "Dana"), wrote(world, "Tomas")
    with db.transaction(world.as_mara) as tx:
        tx.add(LeadIdentity(workspace_id=world.acme, lead_id=dana, kind="email", value="dana@northwind.example", is_primary=True))
    said(world, tomas, "Please write to dana@northwind.example instead.")
    page = shown(world, ListFilter(view="all", search=" Dana@Northwind.example "))
    assert names(page) == ["Dana"] and marks(page) == ["[dana@northwind.example]"]
    assert names(shown(world, ListFilter(view="all", search="dana@northwind.example instead"))) == ["Tomas"]


def test_a_search_can_be_narrowed_and_ordered(world: World) -> None:
    for number, name in enumerate(("Ann", "Bob", "Cid")):
        said(world, wrote(world, name, minutes_ago=number, channel=("email", "sms", "email")[number]), "Is there a discount?")
    assert names(shown(world, ListFilter(view="all", search="discount"))) == ["Ann", "Bob", "Cid"]
    assert names(shown(world, ListFilter(view="all", search="discount", channels=("email",), sort="oldest"))) == ["Cid", "Ann"]
    with db.transaction(world.as_mara) as tx:
        assert number_of(tx, world.as_mara, ListFilter(view="all", search="discount", channels=("email",))) == 2


def test_marking_takes_the_longest_beginning_and_any_characters() -> None:
    def told(text: str, search: str) -> str:
        return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in starts_marked(text, search))

    assert told("Ann Anders", "an anders") == "[An]n [Anders]"
    assert told("50% (off)", "% (o") == "50% ([o]ff)"
    assert starts_marked("Ann", "(((") == () == starts_marked("", "ann")

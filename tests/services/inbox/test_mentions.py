"""Whom a note names: whole names with spaces and umlauts, two people of one name, and nobody by accident."""

from html.parser import HTMLParser
from uuid import UUID, uuid5

import pytest

from zrg_app.models.vocabulary import Role
from zrg_app.services.inbox.colleagues import Colleague, plain_name
from zrg_app.services.inbox.mentions import find, note_html

SPACE = UUID(int=7)


def person(name: str, handle: str = "") -> Colleague:
    return Colleague(user_id=uuid5(SPACE, handle or name), name=name, handle=handle or name, role=Role.SETTER)


MARA, BEN, BENNO, JURGEN = person("Mara Reyes"), person("Ben"), person("Ben Ortiz"), person("Jürgen Müller-Özil")
CHRIS_A, CHRIS_B = person("Chris Vale", "Chris Vale (chris@a.example)"), person("Chris Vale", "Chris Vale (chris@b.example)")
TEAM = (MARA, BEN, BENNO, JURGEN, CHRIS_A, CHRIS_B)


def tags(html: str) -> list[tuple[str, list[str]]]:
    """Every tag a browser would see, with the names of its attributes."""
    seen: list[tuple[str, list[str]]] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: seen.append((tag, [name for name, _ in attributes]))
    reader.feed(html)
    return seen


def named(text: str) -> list[tuple[str, int]]:
    """The marked words of a text and how many people each of them means."""
    return [(text[one.start:one.end], len(one.people)) for one in find(text, TEAM)]


@pytest.mark.parametrize(("text", "found"), [
    ("@Mara Reyes please look", [("@Mara Reyes", 1)]),
    ("please look, @mara reyes!", [("@mara reyes", 1)]),
    ("(@Mara Reyes) and @Ben", [("@Mara Reyes", 1), ("@Ben", 1)]),
    ("@Ben Ortiz, not the other", [("@Ben Ortiz", 1)]),
    ("@Ben's idea", [("@Ben", 1)]),
    ("@Benjamin is nobody here", []),
    ("frage @Jürgen Müller-Özil.", [("@Jürgen Müller-Özil", 1)]),
    ("frage @JÜRGEN MÜLLER-ÖZIL", [("@JÜRGEN MÜLLER-ÖZIL", 1)]),
    ("@Mara\u00a0Reyes with a hard space", [("@Mara\u00a0Reyes", 1)]),
    ("@Mara is half a name", []),
    ("ben@Ben is an address, x.@Ben too, and @@Ben", []),
    ("@Chris Vale (chris@b.example) has it", [("@Chris Vale (chris@b.example)", 1)]),
    ("@Chris Vale may be either", [("@Chris Vale", 2)]),
    ("@Zoe Removed left us", []),
    ("@", []),
])
def test_a_name_after_an_at_is_found_whole_and_only_there(text: str, found: list[tuple[str, int]]) -> None:
    assert named(text) == found


def test_the_address_behind_a_name_tells_two_people_of_one_name_apart() -> None:
    only = find("@Chris Vale (chris@b.example)", TEAM)[0]
    assert only.people == (CHRIS_B.user_id,)


def test_letters_composed_differently_are_one_name() -> None:
    assert plain_name("Ju\u0308rgen  Mu\u0308ller-O\u0308zil") == JURGEN.name


def test_a_name_with_signs_of_a_pattern_is_taken_as_it_is() -> None:
    odd = person("A.* (B|C) [x]")
    assert [one.people for one in find("@A.* (B|C) [x] and @Axx", (odd,))] == [(odd.user_id,)]


def test_without_people_nobody_is_named() -> None:
    assert find("@Mara Reyes", ()) == ()


def test_a_hostile_note_stays_text_and_its_names_are_marked() -> None:
    body = '<script>alert(1)</script> @Mara Reyes <img src=x onerror=alert(1)> https://a.example/"onmouseover="x'
    html = note_html(body, [one.kept() for one in find(body, TEAM)])
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html
    assert f'<span class="mention" data-people="{MARA.user_id}">@Mara Reyes</span>' in html
    assert tags(html) == [("span", ["class", "data-people"]), ("a", ["href", "target", "rel"])]


def test_a_hostile_name_is_escaped_where_it_is_marked() -> None:
    odd = person('<b onclick="x">Eve</b>')
    body = f"@{odd.name} hello"
    html = note_html(body, [one.kept() for one in find(body, (odd,))])
    assert "<b" not in html and "&lt;b onclick=&quot;x&quot;&gt;Eve" in html


def test_places_that_do_not_fit_the_text_mark_nothing() -> None:
    kept = [{"start": 5, "end": 2, "people": []}, {"start": 0, "end": 99, "people": []}, {"start": 0, "end": 2, "people": ["x"]}]
    assert note_html("@A says", kept) == '<span class="mention" data-people="x">@A</span> says'

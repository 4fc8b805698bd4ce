"""Does the timeline tell all that happened to a lead, newest first, in pages that lose and repeat nothing?"""

from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tests.services.leads.persons import furnish, mail, merge, text_message
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Invalid
from zrg_app.services import inbox, leads
from zrg_app.services.events import Fact
from zrg_app.services.inbox.timeline import PAGE, SORTS, Entry
from zrg_app.services.inbox.timeline_words import TOLD, sort_of, words_of
from zrg_app.ui.icon import ICON_NAMES

UTC = ZoneInfo("UTC")


def _all(world: World, lead_id: UUID, sort: str = "", scope=None) -> list[Entry]:
    scope, found, cursor = scope or world.as_mara, [], ""
    with db.transaction(scope) as tx:
        while True:
            page, cursor = inbox.timeline(tx, scope, lead_id, sort=sort, after=cursor, zone=UTC)
            assert len(page) <= PAGE
            found += page
            if not cursor:
                return found


@pytest.fixture
def lived(world: World) -> UUID:
    """Dana, to whom about everything has happened."""
    dana, tomas = mail(world), text_message(world)
    furnish(world, dana, channel="email", label="Fair")
    merge(world, dana, tomas)
    with db.transaction(world.as_mara) as tx:
        leads.update(tx, world.as_mara, dana, expected_updated_at=None, company="Halden", first_name="Dana", last_name="K")
    for number in range(2 * PAGE):
        with db.transaction(world.as_mara) as tx:
            inbox.add_note(tx, world.as_mara, dana, body=f"Note {number}")
    return dana


def test_everything_is_told_once_newest_first(world: World, lived: UUID) -> None:
    found = _all(world, lived)
    assert len({entry.id for entry in found}) == len(found) > 2 * PAGE
    assert [entry.at for entry in found] == sorted((entry.at for entry in found), reverse=True)
    assert {entry.sort for entry in found} == set(SORTS)
    assert all(entry.words and entry.mark in ICON_NAMES for entry in found)
    words = " | ".join(entry.words for entry in found)
    assert "Mara Reyes changed the name and the company" in words or "Mara Reyes changed the company and the name" in words
    assert "merged another lead" in words and "put a e-mail" not in words


def test_a_filter_shows_its_sort_and_the_filters_together_show_everything(world: World, lived: UUID) -> None:
    parts = {sort: _all(world, lived, sort) for sort in SORTS}
    assert all({entry.sort for entry in found} == {sort} for sort, found in parts.items())
    assert sorted(entry.id for found in parts.values() for entry in found) == sorted(entry.id for entry in _all(world, lived))
    with db.transaction(world.as_mara) as tx:
        for sort, after in (("weather", ""), ("", "nonsense")):
            with pytest.raises(Invalid):
                inbox.timeline(tx, world.as_mara, lived, sort=sort, after=after, zone=UTC)


def test_a_message_leads_to_its_place_and_a_note_that_was_taken_back_is_gone(world: World, lived: UUID) -> None:
    with db.transaction(world.as_mara) as tx:
        told = set(tx.scalars(text("select id::text from message where lead_id = :lead"), {"lead": lived}))
        tx.execute(text("update note set deleted_at = now() where lead_id = :lead"), {"lead": lived})
    assert {entry.message_id for entry in _all(world, lived, "message")} == told
    assert _all(world, lived, "note") == []


def test_another_workspace_is_told_nothing(world: World, lived: UUID) -> None:
    assert _all(world, lived, scope=world.as_nils) == []


def test_every_fact_that_is_told_has_a_sort_and_words() -> None:
    known = {fact.kind for fact in Fact.__subclasses__()}
    assert set(TOLD) <= known
    for kind in TOLD:
        mark, words = words_of(kind, {}, "user", "Mara")
        assert mark and isinstance(words, str) and sort_of(kind) in SORTS

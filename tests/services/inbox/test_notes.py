"""Notes are their author's to change, and are shown with the names in them."""

from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.services.inbox.test_actions import conversation
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Scope, workspace_system
from zrg_app.services import inbox
from zrg_app.services.inbox.views import ThreadItem


def wrote(scope: Scope, lead_id: UUID, body: str) -> UUID:
    with db.transaction(scope) as tx:
        return inbox.add_note(tx, scope, lead_id, body=body)


def notes(scope: Scope, lead_id: UUID) -> list[ThreadItem]:
    """What the thread shows besides messages."""
    with db.transaction(scope) as tx:
        return list(inbox.thread(tx, scope, lead_id, zone=ZoneInfo("UTC"))[0])


def test_a_note_shows_its_author_and_whom_it_names(world: World) -> None:
    lead_id = conversation(world)
    wrote(world.as_mara, lead_id, "Ask @Ben Ortiz <b>today</b>")
    shown, = notes(world.as_mara, lead_id)
    assert (shown.kind, shown.author, shown.author_id, shown.is_edited) == ("note", "Mara Reyes", str(world.mara), False)
    assert f'<span class="mention" data-people="{world.ben}">@Ben Ortiz</span>' in shown.body_html
    assert "&lt;b&gt;today" in shown.body_html


def test_a_note_is_edited_deleted_and_put_back_by_its_author(world: World) -> None:
    lead_id = conversation(world)
    note_id = wrote(world.as_ben, lead_id, "Call tomorrow")
    with db.transaction(world.as_ben) as tx:
        inbox.edit_note(tx, world.as_ben, note_id, body="Call on Friday, @Mara Reyes")
    shown, = notes(world.as_mara, lead_id)
    assert shown.body == "Call on Friday, @Mara Reyes" and shown.is_edited and 'class="mention"' in shown.body_html
    with db.transaction(world.as_ben) as tx:
        inbox.delete_note(tx, world.as_ben, note_id)
    assert notes(world.as_mara, lead_id) == []
    with pytest.raises(NotFound), db.transaction(world.as_ben) as tx:
        inbox.edit_note(tx, world.as_ben, note_id, body="Too late")
    with db.transaction(world.as_ben) as tx:
        inbox.restore_note(tx, world.as_ben, note_id)
    assert [item.id for item in notes(world.as_mara, lead_id)] == [str(note_id)]


def test_nobody_changes_the_note_of_another_not_even_the_owner_nor_another_workspace(world: World) -> None:
    lead_id = conversation(world)
    note_id = wrote(world.as_ben, lead_id, "Mine")
    program = workspace_system(world.acme, "a test")
    for scope, refusal in ((world.as_mara, Forbidden), (program, Forbidden), (world.as_nils, NotFound)):
        for change in (lambda tx, scope: inbox.edit_note(tx, scope, note_id, body="Yours"),
                       lambda tx, scope: inbox.delete_note(tx, scope, note_id)):
            with pytest.raises(refusal), db.transaction(scope) as tx:
                change(tx, scope)
    assert notes(world.as_mara, lead_id)[0].body == "Mine"


@pytest.mark.parametrize("body", ["", "  \n ", "\x00", "x" * 10_001])
def test_an_empty_or_endless_note_is_not_kept(world: World, body: str) -> None:
    lead_id = conversation(world)
    with pytest.raises(Invalid):
        wrote(world.as_mara, lead_id, body)


def test_a_note_to_another_workspaces_conversation_is_refused(world: World) -> None:
    lead_id = conversation(world)
    with pytest.raises(NotFound):
        wrote(world.as_nils, lead_id, "Hello")

"""Do the pages of a thread meet each thing said once, downwards and upwards, even where several were said in one instant?"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.state.inbox.people import wrote
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import Message, Note
from zrg_app.services import inbox, workbench
from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.thread import thread_from

ZONE = ZoneInfo("America/Los_Angeles")
"""That of the example workspace, in which `workbench` shows days."""


def talk(world: World, lead_id, messages: int) -> None:
    """`messages` in threes of one instant, and a note at every seventh of them."""
    began = clock.now() - timedelta(days=30)
    with db.transaction(world.as_mara) as tx:
        for number in range(messages):
            message_id, at = ids.new_id(), began + timedelta(minutes=number // 3)
            tx.add(Message(id=message_id, workspace_id=world.acme, lead_id=lead_id, channel="email", direction="inbound",
                           provider="emailbison", dedupe_key=f"test:{message_id}", body=f"Word {number}", sent_at=at))
            if number % 7 == 0:
                tx.add(Note(workspace_id=world.acme, lead_id=lead_id, author_id=world.mara, body=f"Note {number}", created_at=at))


def test_pages_upwards_and_downwards_meet_everything_once(world: World) -> None:
    lead_id = wrote(world, "Dana")
    talk(world, lead_id, 170)
    upwards, downwards = [], []
    with db.transaction(world.as_mara) as tx:
        page, before = inbox.thread(tx, world.as_mara, lead_id, zone=ZONE)
        upwards = [page]
        while before:
            page, before = inbox.thread(tx, world.as_mara, lead_id, zone=ZONE, before=before)
            upwards.insert(0, page)
        first = upwards[0][0]
        start = cursor.at_row(first.at, first.id)
        while start:
            page, start = thread_from(tx, world.as_mara, lead_id, zone=ZONE, start=start)
            downwards.append(page)
    together = [item.id for page in upwards for item in page]
    assert len(together) == len(set(together)) == 171 + 25
    assert together == [item.id for page in downwards for item in page]


def test_any_item_is_an_edge_to_read_on_from(world: World) -> None:
    lead_id = wrote(world, "Dana")
    talk(world, lead_id, 40)
    with db.transaction(world.as_mara) as tx:
        whole, _ = inbox.thread(tx, world.as_mara, lead_id, zone=ZONE)
        for place, item in enumerate(whole[1:], start=1):
            edge = cursor.at_row(item.at, item.id)
            assert workbench.later_page(tx, world.as_mara, lead_id, edge)[0] == whole[place:]
            assert workbench.earlier_page(tx, world.as_mara, lead_id, edge)[0] == whole[:place]

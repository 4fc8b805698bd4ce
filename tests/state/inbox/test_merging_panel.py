"""Does the panel merge, undo, promote and look up for those who may, and for nobody else?"""

from uuid import UUID

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.models import Lead
from zrg_app.services import access, leads
from zrg_app.state import visits
from zrg_app.state.inbox.merging import MergingState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def _merged_into(world: World, lead_id: UUID) -> UUID | None:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Lead, lead_id).merged_into


async def test_two_leads_are_found_compared_merged_and_parted_again(world: World) -> None:
    dana, priya = wrote(world, "Dana"), wrote(world, "Priya")
    with db.transaction(world.as_mara) as tx:
        leads.remember_address(tx, world.as_mara, priya, "priya@northwind.example")
    of = await arrive(world, url=f"/?leadId={dana}")
    merging, thread = of(MergingState), of(ThreadState)
    await merging.begin()
    await merging.search({"query": "priya"})
    assert [one.name for one in merging.found] == ["Priya Kessler"]
    await merging.choose(str(priya))
    assert merging.compared.other.name == "Priya Kessler"
    assert await merging.merge({"reason": "  "}) is None and "why" in merging.problem
    await merging.merge({"reason": "One person, two addresses"})
    assert _merged_into(world, priya) == dana and merging.compared is None
    assert (thread.lead.lead_id, [one.name for one in thread.lead.merges]) == (str(dana), ["Priya Kessler"])
    assert thread.lead.alternate_emails == ("priya@northwind.example",)
    await merging.undo(thread.lead.merges[0].id)
    assert _merged_into(world, priya) is None and thread.lead.merges == () and thread.lead.alternate_emails == ()


async def test_the_other_one_may_stay_and_is_opened_then(world: World) -> None:
    dana, priya = wrote(world, "Dana"), wrote(world, "Priya")
    of = await arrive(world, url=f"/?leadId={dana}")
    merging = of(MergingState)
    await merging.consider(str(priya), "Both have the phone number +12125550170. People share such a thing; please look.")
    assert merging.reason == "Both have the phone number +12125550170"
    await merging.swap()
    await merging.merge({"reason": merging.reason})
    assert _merged_into(world, dana) == priya
    assert (of(ThreadState).lead.lead_id, of(TurnState).open_lead_id) == (str(priya), str(priya))
    assert of(RowsState).status == "ready"


async def test_an_alternate_address_becomes_the_primary_one(world: World) -> None:
    dana = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        leads.remember_address(tx, world.as_mara, dana, "dana.k@northwind.example")
    of = await arrive(world, url=f"/?leadId={dana}")
    await of(MergingState).promote("dana.k@northwind.example")
    assert of(ThreadState).lead.email == "dana.k@northwind.example"
    with pytest.raises(NotFound):
        await of(MergingState).promote("nobody@northwind.example")
    with pytest.raises(Invalid, match="Clay"):
        await of(MergingState).look_up()


async def test_nobody_reaches_into_another_workspace_or_merges_without_the_right(world: World) -> None:
    dana, priya = wrote(world, "Dana"), wrote(world, "Priya")
    stranger = await arrive(world, who=world.nils)
    with db.transaction(world.as_mara) as tx:
        access.add_member(tx, world.as_mara, world.nils, "CLIENT_PORTAL")
    visits.forget()
    client = await arrive(world, who=world.nils, url=f"/?clientId={world.acme}&leadId={dana}")
    for step in (lambda m: m.choose(str(priya)), lambda m: m.consider(str(dana), "x"), lambda m: m.undo("nonsense"),
                 lambda m: m.search({"query": "dana"}), lambda m: m.promote("dana@northwind.example")):
        with pytest.raises((NotFound, Forbidden)):
            await step(stranger(MergingState))
        with pytest.raises((NotFound, Forbidden)):
            await step(client(MergingState))
    assert _merged_into(world, dana) is None and _merged_into(world, priya) is None

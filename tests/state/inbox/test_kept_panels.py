"""Words that a person lets go are not half written any more, and come back when they are taken back."""

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import NONCE, arrive
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Refused
from zrg_app.services.inbox import kept
from zrg_app.state import visits
from zrg_app.state.inbox.station import StationState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def begin(world: World, lead_id, body: str, channel: str = "email") -> None:
    """Words kept by Mara's browser."""
    with db.transaction(world.as_mara) as tx:
        assert kept.keep(tx, world.as_mara, lead_id, channel=channel, base="", body=body, seen="") is None


def bodies(world: World, lead_id) -> dict[str, str]:
    """What stands kept, by channel."""
    with db.transaction(world.as_mara) as tx:
        return {words.channel: words.body for words in kept.kept(tx, world.as_mara, lead_id)}


async def test_sending_forgets_the_words_of_that_channel_alone_and_undo_brings_them_back(world: World) -> None:
    lead_id = wrote(world, "Dana")
    begin(world, lead_id, "By ha")
    begin(world, lead_id, "Call them", "note")
    station = (await arrive(world, url=f"/?leadId={lead_id}"))(StationState)
    await station.send("By hand", NONCE, f"{lead_id}.email.own")
    assert (bodies(world, lead_id), station.letters) == ({"email": "", "note": "Call them"}, 1)
    await station.undo_send()
    assert bodies(world, lead_id) == {"email": "By hand", "note": "Call them"}


async def test_a_send_that_is_refused_forgets_nothing(world: World) -> None:
    lead_id = wrote(world, "Dana")
    begin(world, lead_id, "Hi {first name}")
    station = (await arrive(world, url=f"/?leadId={lead_id}"))(StationState)
    with pytest.raises(Refused, match=r"\{first name\}"):
        await station.send("Hi {first name}", NONCE, f"{lead_id}.email.own")
    assert (bodies(world, lead_id), station.letters) == ({"email": "Hi {first name}"}, 0)


async def test_a_draft_that_was_taken_back_needs_no_words_of_its_own(world: World) -> None:
    lead_id = wrote(world, "Dana", draft="Hi Dana")
    station = (await arrive(world, url=f"/?leadId={lead_id}"))(StationState)
    await station.send("Hi Dana, gladly.", NONCE, f"{lead_id}.email.{station.draft.id}.{station.draft.generation}")
    await station.undo_send()
    assert (station.draft.body, bodies(world, lead_id)) == ("Hi Dana, gladly.", {"email": ""})


async def test_a_note_and_a_discarded_draft_are_forgotten_too(world: World) -> None:
    lead_id = wrote(world, "Dana", draft="Hi Dana")
    begin(world, lead_id, "Hi Dana, no")
    begin(world, lead_id, "Call them", "note")
    station = (await arrive(world, url=f"/?leadId={lead_id}"))(StationState)
    await station.save_note("Call them")
    await station.discard()
    assert bodies(world, lead_id) == {"email": "", "note": ""}

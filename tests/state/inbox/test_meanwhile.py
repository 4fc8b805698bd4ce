"""Two people answer one lead: whoever writes is told before theirs leaves, keeps the field, and sends by saying so once."""

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import NONCE, arrive, run
from tests.world import World
from zrg_app.kit import db
from zrg_app.models import OutboundMessage
from zrg_app.services.inbox.meanwhile import CameBetween
from zrg_app.state import visits
from zrg_app.state.inbox.composing import Composed
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.turn import TurnState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def test_the_words_of_a_click_say_over_what_they_were_written() -> None:
    lead = "01970000-0000-7000-8000-000000000001"
    assert Composed.read("Hi", NONCE, f"{lead}.email.own|a.b").seen == "a.b"
    assert Composed.read("Hi", NONCE, f"{lead}.email.own|").seen == "", "a conversation in which nothing was said"
    assert Composed.read("Hi", NONCE, f"{lead}.email.own").seen is None
    assert Composed.read("Hi", NONCE, f"{lead}.email.own|" + "x" * 5000).seen == "x" * 200


async def test_a_colleague_who_was_faster_is_told_and_takes_no_field_away(world: World) -> None:
    lead = wrote(world, "Dana", minutes_ago=5)
    mara = (await arrive(world, url=f"/?leadId={lead}"))
    ben = (await arrive(world, who=world.ben, url=f"/?clientId={world.acme}&leadId={lead}"))
    words = f"{lead}.email.own|{mara(StationState).seen}"
    assert mara(StationState).came.did == "wrote"
    await ben(StationState).send("Ben was here", NONCE, f"{lead}.email.own|{ben(StationState).seen}")
    assert (ben(StationState).pending_by, ben(StationState).came.who) == ("", "Dana Kessler"), "one's own answer is no news"
    with pytest.raises(CameBetween, match="Ben Ortiz answered meanwhile: “Ben was here”"):
        await mara(StationState).send("Mara too", "f" * 16, words)
    await run(mara(TurnState).open(str(lead)))
    station = mara(StationState)
    assert (station.pending_by, station.came.who, station.came.body) == ("Ben Ortiz", "Ben Ortiz", "Ben was here")
    await station.send("Mara too", "f" * 16, f"{lead}.email.own|{station.seen}")
    with db.transaction(world.as_mara) as tx:
        assert sorted(row.body for row in tx.query(OutboundMessage)) == ["Ben was here", "Mara too"]

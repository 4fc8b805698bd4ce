"""When a campaign tells of hundreds of mails at once, who is heard first? Replies; everything else in the order it came."""

import asyncio
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from benchmarks.soak_letters import kinds
from sandbox.actors import ACTORS
from sandbox.crowd import Letter, crowd_world, letter, tell
from tests.properties import doors
from tests.properties.example import example
from tests.properties.tellings import START
from zrg_app.integrations import registry
from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.services import jobs

SENT, REPLIES, EVERY = 120, 12, 10
KINDS = {provider: kinds(provider) for provider in ACTORS}
LOUD = [provider for provider, found in KINDS.items() if found.get("outbound") and found.get("reply")]
LOOKING = {provider.slug for provider in registry.PROVIDERS if provider.look_up is not None}


@pytest.mark.parametrize("provider", LOUD)
def test_a_burst_is_drained_in_order_of_arrival_with_replies_first(database_url: str, provider: str) -> None:
    with example() as world:
        letters, are_replies = _burst(provider, doors.connected(world.mara)[provider])
        order = asyncio.run(_post(letters))
        assert len(set(order)) == SENT + REPLIES
        replies = [event_id for event_id, is_reply in zip(order, are_replies, strict=True) if is_reply]
        others = [event_id for event_id, is_reply in zip(order, are_replies, strict=True) if not is_reply]
        with db.transaction(system("one lane and one worker make the order plain")) as tx:
            tx.execute(text("delete from background_job where kind <> 'inbound.understand_event'"))
        done = [ended.job.payload["webhook_event_id"] for ended in jobs.run_ready(limit=2000)
                if ended.job.kind == "inbound.understand_event"]
        # Somebody whom only LinkedIn's member id names is looked up in between, so their webhook is taken up twice: both the
        # first time, when it waits for the look-up, and the last, when it is understood, must be in order.
        assert list(dict.fromkeys(done)) == [*replies, *others]
        assert list(dict.fromkeys(reversed(done))) == [*replies, *others][::-1]
        assert provider in LOOKING or len(done) == len(order)


def _burst(provider: str, workspace_id: UUID) -> tuple[list[Letter], list[bool]]:
    """Mails that left for many people and, in between, replies of others; and which of the letters are replies."""
    world, letters, are_replies = crowd_world(), [], []
    for number in range(SENT + REPLIES):
        is_reply = number % (SENT // REPLIES + 1) == EVERY
        event = KINDS[provider]["reply" if is_reply else "outbound"][0]
        told = tell(world, provider, str(workspace_id), number, event=event, body="What does it cost?", at=START)
        letters.append(letter(world, doors.opened(told, workspace_id)))
        are_replies.append(is_reply)
    return letters, are_replies


async def _post(letters: list[Letter]) -> list[str]:
    async with doors.client() as http:
        answers: list[httpx.Response] = [await doors.post(http, told) for told in letters]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json()["eventId"] for answer in answers]

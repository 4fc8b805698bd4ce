"""A reply that is told first without its words and then with them: does the thread end the same, and is it read for an opt-out?"""

import dataclasses
from collections.abc import Sequence
from uuid import UUID

import pytest

from tests.properties.canonical import canonical, differences, wrong_totals
from tests.properties.example import workspace
from tests.properties.tellings import REGION, START, played, readable
from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.integrations.base import Event
from zrg_app.kit import db
from zrg_app.kit.scope import workspace_system
from zrg_app.services import jobs
from zrg_app.services.inbound.meaning import apply

REPLIES = {provider: [event for telling in played([provider], [1]) for event in telling.events() if event.kind == "reply"]
           for provider in readable()}
WRITING = [provider for provider, replies in REPLIES.items() if replies]


def _apply(workspace_id: UUID, provider: str, events: Sequence[Event]) -> None:
    scope = workspace_system(workspace_id, "test")
    for event in events:
        with db.transaction(scope) as tx:
            apply(tx, scope, event, provider=provider, webhook_event_id=None, region=REGION, at=event.sent_at or START)


@pytest.mark.parametrize("provider", WRITING)
def test_the_thread_ends_the_same(world: World, provider: str) -> None:
    whole = REPLIES[provider][0]
    bare = dataclasses.replace(whole, text=None, html=None)
    one, other = workspace(world.mara), workspace(world.mara)
    _apply(one, provider, [whole, bare])
    _apply(other, provider, [bare, whole])
    assert differences(canonical(one), canonical(other)) == []
    assert wrong_totals(other) == []


@pytest.mark.parametrize("provider", WRITING)
def test_an_opt_out_in_the_later_words_counts(world: World, provider: str) -> None:
    whole = dataclasses.replace(REPLIES[provider][0], text="Please unsubscribe me.", html=None)
    workspace_id = workspace(world.mara)
    _apply(workspace_id, provider, [dataclasses.replace(whole, text=None)])
    jobs.run_ready()
    assert [row.status for row in rows(workspace_id, "select status from lead")] != ["blacklisted"]
    _apply(workspace_id, provider, [whole])
    jobs.run_ready()
    assert [row.status for row in rows(workspace_id, "select status from lead")] == ["blacklisted"]

"""Are repeats without an id recognised across the turn of a minute?"""

import json
from datetime import UTC, datetime, timedelta

from tests.services.inbound.deliveries import fixture, rows
from tests.world import World
from zrg_app.kit import clock
from zrg_app.services import inbound
from zrg_app.services.connections import routing

BODY = json.dumps(fixture("ghl/workflow_sms")).encode()
TURN = datetime(2026, 11, 20, 15, 1, tzinfo=UTC)


def _post(at: datetime) -> dict[str, object]:
    routing.forget()
    with clock.frozen(at):
        return inbound.ghl_sms(inbound.Request(body=BODY))


def test_a_repeat_just_after_the_turn_of_the_minute_is_a_repeat(world: World) -> None:
    first = _post(TURN - timedelta(milliseconds=5))
    second = _post(TURN + timedelta(milliseconds=5))
    assert "deduped" not in first and second["deduped"] is True and first["eventId"] == second["eventId"]
    assert [row.deliveries for row in rows(world.acme, "select deliveries from webhook_event")] == [2]


def test_the_same_words_a_minute_later_are_a_new_message(world: World) -> None:
    _post(TURN - timedelta(seconds=40))
    assert "deduped" not in _post(TURN + timedelta(seconds=20))
    assert len(rows(world.acme, "select id from webhook_event")) == 2

"""Do labels and consent depend on when replies are read? Readings may fall between any two deliveries; they end the same."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.properties.canonical import canonical, differences, wrong_totals
from tests.properties.example import bounded, example, workspace
from tests.properties.people import recognisable
from tests.properties.tellings import Telling, deliver, played, readable
from tests.properties.test_any_delivery import deliveries
from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.services import jobs

WORDS = ("What does it cost?", "Please unsubscribe me.", "Thanks!", "We are not interested.", "Who else uses it?")
TOLD = played(readable(), people=(1, 2), words=WORDS)


@bounded
@given(order=deliveries(TOLD), pauses=st.sets(st.integers(0, 20)))
def test_labels_and_consent_do_not_depend_on_when_replies_are_read(database_url: str, order: list[int], pauses: set[int]) -> None:
    mixed = [TOLD[place] for place in order]
    plain = sorted(set(mixed), key=lambda telling: telling.at)
    with example() as world:
        one, other = workspace(world.mara), workspace(world.mara)
        _deliver(one, plain, pauses=set())
        _deliver(other, mixed, pauses)
        assert differences(_labelled(one), _labelled(other)) == [], recognisable(mixed)
        assert wrong_totals(other) == []


def _labelled(workspace_id: UUID) -> dict:
    """The canonical form. Under a stop the label says what was read last, the stop or the reply; the stop itself is compared."""
    found = canonical(workspace_id)
    for lead in found.values():
        if lead["lead"]["status"] == "blacklisted":
            for name in ("sentiment", "sentiment_source"):
                lead.get("conversation", {}).pop(name, None)
    return found


def _deliver(workspace_id: UUID, order: list[Telling], pauses: set[int]) -> None:
    """Deliver in `order`; before the tellings at `pauses` and at the end, everything waiting is read."""
    for place, telling in enumerate(recognisable(order)):
        if place in pauses:
            _read_all()
        deliver(workspace_id, telling)
    _read_all()


def _read_all() -> None:
    while jobs.run_ready(limit=500):
        pass
    with db.transaction(system("look for jobs that failed")) as tx:
        left = tx.execute(text("select kind, status, last_error from background_job where status <> 'SUCCEEDED'")).all()
    assert left == []

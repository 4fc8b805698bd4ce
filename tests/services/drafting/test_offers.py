"""A time that was offered is written down when the message left, in the words it was offered in."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from tests.services.drafting.conversations import drafted
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.scope import Scope
from zrg_app.services import booking, drafting

WISH = "Yes, let us meet next week. When are you free?"


def two_times(desk: Stage) -> list[datetime]:
    """Two free times next week."""
    first = (clock.now() + timedelta(days=5)).replace(hour=17, minute=0, second=0, microsecond=0)
    times = [first, first + timedelta(days=1)]
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("insert into availability (workspace_id, provider, slots, fetched_at) "
                        "values (:workspace, 'calendly', to_jsonb(cast(:slots as text[])), now())"),
                   {"workspace": desk.world.acme, "slots": [at.isoformat() for at in times]})
    return times


def approved(desk: Stage, draft_id: UUID, body: str) -> None:
    with db.transaction(desk.world.as_mara) as tx:
        drafting.approve(tx, desk.world.as_mara, draft_id, body=body)
    desk.run_jobs()
    assert len(desk.sent("emailbison")) == 1


def offered(desk: Stage, scope: Scope) -> list[datetime]:
    lead_id = desk.sql("select lead_id from draft")[0][0]
    with db.transaction(scope) as tx:
        return [time.starts_at for time in booking.offered_to(tx, scope, lead_id)]


def labels(desk: Stage, draft_id: UUID) -> list[str]:
    """The times the writer had, as they are said."""
    output = desk.sql("select output from draft_step where draft_id = :draft and step = 'generation'", draft=draft_id)[0][0]
    return [label for _, label, _ in output["times"]]


def test_the_times_a_sent_draft_names_are_offered(desk: Stage) -> None:
    times = two_times(desk)
    draft_id = drafted(desk, WISH)
    first, second = labels(desk, draft_id)
    approved(desk, draft_id, f"Hi Dana,\n\nWould {first} or {second.upper()} work?\n\nBest,\nChris Vale")
    assert sorted(offered(desk, desk.world.as_mara)) == times


def test_a_time_a_person_took_out_was_not_offered(desk: Stage) -> None:
    times = two_times(desk)
    draft_id = drafted(desk, WISH)
    approved(desk, draft_id, f"Hi Dana,\n\nWould {labels(desk, draft_id)[1]} work?\n\nBest,\nChris Vale")
    assert offered(desk, desk.world.as_mara) == times[1:]


def test_a_time_a_person_said_otherwise_was_offered(desk: Stage) -> None:
    times = two_times(desk)
    draft_id = drafted(desk, WISH)
    label = labels(desk, draft_id)[0]
    day, month_day, clock_time = label.split(", ")
    approved(desk, draft_id, f"Hi Dana,\n\nHow about {month_day} at {clock_time}?\n\nBest,\nChris Vale")
    assert offered(desk, desk.world.as_mara) == times[:1]


def test_a_message_without_times_offers_none(desk: Stage) -> None:
    draft_id = drafted(desk)
    approved(desk, draft_id, "Hi Dana,\n\nThe price follows.\n\nBest,\nChris Vale")
    assert offered(desk, desk.world.as_mara) == []

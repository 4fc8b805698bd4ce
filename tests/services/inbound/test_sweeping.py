"""A webhook that could not be read is not left looking as if it waited."""

from datetime import timedelta

from sqlalchemy import text

from tests.services.inbound.deliveries import fixture, keep, rows
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.services import inbound, jobs


def test_a_row_whose_job_died_is_marked_with_its_error(world: World) -> None:
    at = clock.now() - timedelta(hours=1)
    event_id = keep(world.acme, "emailbison", fixture("emailbison/lead_replied"), received_at=at)
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "inbound.understand_event", webhook_event_id=event_id)

    def swept() -> tuple[str, str | None]:
        with db.transaction(system("sweep")) as tx:
            inbound.sweep(tx, system("sweep"))
        row = rows(world.acme, "select status, last_error from webhook_event where id = :id", id=event_id)[0]
        return row.status, row.last_error

    assert swept() == ("PENDING", None)
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update background_job set status = 'FAILED', last_error = 'It broke.', finished_at = now()"))
    assert swept() == ("FAILED", "It broke.")

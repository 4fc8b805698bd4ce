"""What do tests of reading back need? A lead who writes with and without webhooks, and what the thread then shows."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.services import jobs, sync

TOMAS = {"first_name": "Tomas", "last_name": "Oliveira", "phone": "+14155550142"}
DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}


def ago(minutes: float) -> datetime:
    """A moment in the past."""
    return clock.now() - timedelta(minutes=minutes)


def act(desk: Stage, who: dict, body: str, *, at: datetime, heard: float | None = None, **more: object) -> dict:
    """Something happens at a provider; with `heard` (minutes ago) its webhook arrives then, without it none ever does."""
    provider, place = ("ghl", "loc_acme") if who is TOMAS else ("emailbison", "4711")
    done = desk.sandbox.control.act(provider, place, who, body, deliver=False, at=at.isoformat(), **more)
    if heard is not None:
        assert deliver(desk.world.acme, provider, done["webhooks"][0], received_at=ago(heard))[0] == "SUCCEEDED"
    return done


def read_back(desk: Stage, lead_id: UUID) -> dict:
    """Read a lead's history back now; returns what the job reported."""
    return sync.conversation(desk.as_job, of_lead=lead_id)


def settle() -> None:
    """Let everything that follows happen."""
    jobs.run_ready()


def lead(desk: Stage) -> UUID:
    """The only lead."""
    return desk.sql("select id from lead")[0].id


def thread(desk: Stage) -> list[tuple]:
    """Direction, first line and external id of each message, oldest first."""
    return [(row.direction, row.body.splitlines()[0] if row.body else "", row.external_id) for row in desk.sql(
        "select direction, body, external_id from message order by sent_at, id")]


def state(desk: Stage):  # noqa: ANN201 because a row of named columns has no better type
    """What the list shows of the only conversation."""
    return desk.sql("select * from conversation")[0]


def change(desk: Stage, statement: str, **values: object) -> None:
    """Something changed inside Acme Growth meanwhile."""
    with db.transaction(desk.as_job) as tx:
        tx.execute(text(statement), values)


def request(desk: Stage, lead_id: UUID, **options: object) -> UUID | None:
    """Ask for reading back as Mara does."""
    with db.transaction(desk.world.as_mara) as tx:
        return sync.request(tx, desk.world.as_mara, lead_id, **options)

"""Where do tests of sending play? Acme's connections lead to a sandbox, leads write from there, and jobs run in their order."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sandbox.server import Running
from tests.services.inbound.deliveries import deliver, rows
from tests.world import World
from zrg_app.kit import clock, db, ids, vault
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.models import Draft
from zrg_app.services import sending
from zrg_app.services.jobs import registered

TOKENS = {"ghl": {"location_id": "loc_acme", "access_token": "pit-secret-location-loc_acme"},
          "emailbison": {"workspace_id": "4711", "api_key": "77|secret-workspace-4711"}}
_NEXT = text("""
update background_job set status = 'RUNNING' where id = (
  select id from background_job where kind like 'sending.%' and status = 'PENDING' and run_at <= :until
  order by run_at, id limit 1 for update skip locked)
returning id, kind, workspace_id, payload, run_at
""")


@dataclass
class Stage:
    """The example world with its providers played by a sandbox. `now` is what the clock of the jobs shows."""

    world: World
    sandbox: Running

    def __post_init__(self) -> None:
        with db.transaction(system("connect the stage")) as tx:
            for slug, credentials in TOKENS.items():
                tx.execute(text("update connection set base_url = :url, credentials = :sealed, status = 'working' "
                                "where workspace_id = :workspace and provider = :slug"),
                           {"url": f"{self.sandbox.base_url}/{slug}", "sealed": vault.seal(credentials), "slug": slug,
                            "workspace": self.world.acme})

    @property
    def as_job(self) -> Scope:
        """The worker inside Acme Growth."""
        return Scope(actor=Actor(kind="job", name="job sending.send"), workspace_id=self.world.acme)

    def lead_writes(self, provider: str, body: str = "What does it cost?", **person: str) -> UUID:
        """Let a lead write (Dana by e-mail, Tomas by SMS); returns the lead's id."""
        who = {"emailbison": {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"},
               "ghl": {"first_name": "Tomas", "last_name": "Oliveira", "phone": "+14155550142"}}[provider] | person
        told = self.sandbox.control.act(provider, TOKENS[provider].get("location_id", "4711"), who, body, deliver=False)
        status, reason = deliver(self.world.acme, provider, told["webhooks"][0])
        assert status == "SUCCEEDED", reason
        return self.sql("select lead_id from message where direction = 'inbound' order by id desc limit 1")[0][0]

    def hear_of(self, reply_id: int) -> None:
        """Let EmailBison tell us of a mail that was sent by its API, as it does of ours too."""
        dana = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
        told = self.sandbox.control.act("emailbison", "4711", dana, event="MANUAL_EMAIL_SENT", of=str(reply_id), deliver=False)
        deliver(self.world.acme, "emailbison", told["webhooks"][0])

    def draft(self, lead_id: UUID, body: str = "It is 900 a month.") -> UUID:
        """A draft that waits for the newest message of a lead."""
        trigger, channel = self.sql("select id, channel from message where lead_id = :lead and direction = 'inbound' "
                                    "order by sent_at desc, id desc limit 1", lead=lead_id)[0]
        draft_id = ids.new_id()
        with db.transaction(self.as_job) as tx:
            tx.add(Draft(id=draft_id, workspace_id=self.world.acme, lead_id=lead_id, trigger_message_id=trigger, channel=channel,
                         status="pending", body=body, original_body=body))
            tx.flush()
            tx.execute(text("update conversation set has_draft = true where lead_id = :lead"), {"lead": lead_id})
        return draft_id

    def queue(self, lead_id: UUID, channel: str, body: str = "It is 900 a month.", **more: object) -> UUID:
        """Let Mara send a message."""
        settings = {"sent_by": "setter", "idempotency_key": str(ids.new_id())} | more
        with db.transaction(self.world.as_mara) as tx:
            return sending.queue(tx, self.world.as_mara, lead_id, channel=channel, body=body, **settings)

    def run_jobs(self, until: datetime | None = None, most: int = 30) -> int:
        """Run the sending jobs due before `until` (default in ten minutes), each at the moment it is due."""
        until = until or clock.now() + timedelta(minutes=10)
        for done in range(most):
            with db.transaction(system("run the jobs of a test")) as tx:
                due = tx.execute(_NEXT, {"until": until}).one_or_none()
            if due is None:
                return done
            job, scope = registered(due.kind), Scope(actor=self.as_job.actor, workspace_id=due.workspace_id)
            with clock.frozen(max(due.run_at, clock.now())):
                job.function(scope, **job.arguments(due.payload))
            self.finish(due.id)
        raise AssertionError(f"The jobs do not come to an end within {most} runs.")

    def finish(self, job_id: UUID) -> None:
        """Mark a job as done."""
        with db.transaction(system("run the jobs of a test")) as tx:
            tx.execute(text("update background_job set status = 'SUCCEEDED' where id = :id"), {"id": job_id})

    def outbound(self, outbound_id: UUID):
        """The row of the outbox."""
        return self.sql("select * from outbound_message where id = :id", id=outbound_id)[0]

    def sql(self, statement: str, **values: object) -> list:
        """What a query sees inside Acme Growth."""
        return rows(self.world.acme, statement, **values)

    def sent(self, provider: str) -> list[dict]:
        """What the provider accepted."""
        return self.sandbox.control.sent(provider)

    def undo(self, outbound_id: UUID) -> None:
        """Let Mara take a message back."""
        with db.transaction(self.world.as_mara) as tx:
            sending.undo(tx, self.world.as_mara, outbound_id)

    def undone(self, outbound_id: UUID, refusal: type[Exception]) -> bool:
        """Whether Mara's undo came in time."""
        with suppress(refusal):
            self.undo(outbound_id)
            return True
        return False

"""How does a test connect Acme's LinkedIn account, and what does it do with it?"""

from uuid import UUID

from sqlalchemy import text

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from zrg_app.kit import db, ids, vault
from zrg_app.kit.scope import system
from zrg_app.models import Connection, Lead, LeadIdentity
from zrg_app.services import jobs, leads
from zrg_app.services.connections import routing

ACCOUNT = "acc_acme"
PROFILE = "https://www.linkedin.com/in/dana-kessler-ops"
DANA = {"public_identifier": "dana-kessler-ops", "first_name": "Dana", "last_name": "Kessler", "tells_slug": "yes"}


def connect(stage: Stage, status: str = "working") -> None:
    """Connect Acme Growth's LinkedIn account, played by the stage's sandbox."""
    with db.transaction(system("connect LinkedIn")) as tx:
        tx.add(Connection(workspace_id=stage.world.acme, provider="unipile", external_id=ACCOUNT, status=status,
                          base_url=f"{stage.sandbox.base_url}/unipile",
                          credentials=vault.seal({"account_id": ACCOUNT, "api_key": "good-key"})))
    routing.forget()


def act(stage: Stage, event: str = "message_received", body: str = "", **more: object) -> dict:
    """Let Dana do something on LinkedIn; returns the sandbox's answer with the webhook, which is not delivered."""
    lead = {**DANA, **more.pop("lead", {})}
    return stage.sandbox.control.act("unipile", ACCOUNT, lead, body, event=event, deliver=False, **more)


def hear(stage: Stage, told: dict) -> tuple[str, str | None]:
    """Deliver the webhook of an act."""
    return deliver(stage.world.acme, "unipile", told["webhooks"][0])


def known_lead(stage: Stage, *, url: str | None = PROFILE) -> UUID:
    """Dana as she came from a list, by her profile's address, or without one."""
    lead_id = ids.new_id()
    with db.transaction(stage.as_job) as tx:
        tx.add(Lead(id=lead_id, workspace_id=stage.world.acme, first_name="Dana", last_name="Kessler", linkedin_url=url))
        tx.flush()
        if url:
            tx.add(LeadIdentity(workspace_id=stage.world.acme, lead_id=lead_id, kind="linkedin_url", value=url, is_primary=True))
    return lead_id


def run_other_jobs(stage: Stage, *kinds: str) -> list[str]:
    """Run the waiting jobs of `kinds` once, oldest first; returns what was run."""
    done = []
    for row in stage.sql("select id, kind, payload from background_job where status = 'PENDING' and kind = any(:kinds) "
                         "order by created_at, id", kinds=list(kinds)):
        job = jobs.registered(row.kind)
        if job.transactional:
            with db.transaction(stage.as_job) as tx:
                job.function(tx, stage.as_job, **job.arguments(row.payload))
        else:
            job.function(stage.as_job, **job.arguments(row.payload))
        stage.finish(row.id)
        done.append(row.kind)
    return done


def facts(stage: Stage, lead_id: UUID) -> dict:
    """What is noted of a lead."""
    return stage.sql("select facts from lead where id = :id", id=lead_id)[0].facts


def panel(stage: Stage, lead_id: UUID):  # noqa: ANN201 because it is a view of the services
    """What the lead panel shows."""
    with db.transaction(stage.world.as_mara) as tx:
        return leads.panel(tx, stage.world.as_mara, lead_id)


def set_status(stage: Stage, status: str) -> None:
    """Set how the connection stands."""
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set status = :status where provider = 'unipile'"), {"status": status})

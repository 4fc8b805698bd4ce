"""Does a model that thinks about one lead's draft keep a due message to the same lead waiting?"""

from datetime import timedelta

from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.services import drafting


def test_a_regeneration_that_runs_holds_no_send_of_the_same_lead(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    draft_id = stage.draft(lead_id)
    outbound_id = stage.queue(lead_id, "email")
    with db.transaction(stage.world.as_mara) as tx:
        drafting.regenerate(tx, stage.world.as_mara, draft_id, instruction="Shorter")
    with db.transaction(stage.as_job) as tx:
        running = tx.execute(text("update background_job set status = 'RUNNING' where kind = 'drafting.write' returning lead_id, draft_id"))
        assert [tuple(row) for row in running] == [(None, draft_id)]
        # What the claim asks before it takes a job of a lead (background_job_lead_running keeps the promise).
        busy = tx.scalar(text("select exists (select from background_job where status = 'RUNNING' and lead_id = :lead)"), {"lead": lead_id})
    assert busy is False
    stage.run_jobs(until=clock.now() + timedelta(minutes=1))
    assert stage.outbound(outbound_id).status == "sent"

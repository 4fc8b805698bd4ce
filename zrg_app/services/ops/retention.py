"""How long is what kept? Finished work goes after a while, in small bites; what a customer wrote stays."""

from datetime import timedelta

from zrg_app.kit import clock, db
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services.jobs import job

BITE = 5_000
MOST_BITES = 400

# (what, how long, statement): the newest of a kind of row guards against repeats, so it must outlive any repeated delivery.
RULES: tuple[tuple[str, timedelta, str], ...] = (
    ("jobs_done", timedelta(days=7),
     "delete from background_job where id in (select id from background_job where status = 'SUCCEEDED' "
     "and finished_at < %s order by finished_at limit %s)"),
    ("jobs_failed", timedelta(days=60),
     "delete from background_job where id in (select id from background_job where status = 'FAILED' "
     "and finished_at < %s order by finished_at limit %s)"),
    ("runs", timedelta(days=30),
     "delete from function_run where id in (select id from function_run where created_at < %s limit %s)"),
    # A file somebody attached and never sent, and the bytes of one that left long ago (its name stays in the thread).
    ("files_unsent", timedelta(days=2),
     "delete from outgoing_file where id in (select id from outgoing_file "
     "where outbound_id is null and created_at < %s and content is not null limit %s)"),
    ("files_sent", timedelta(days=30),
     "update outgoing_file set content = null where id in (select f.id from outgoing_file f "
     "join outbound_message o on o.id = f.outbound_id where o.status in ('sent', 'cancelled') and o.updated_at < %s "
     "and f.content is not null limit %s)"),
    # What a model guessed of a lead and no longer holds; what a person wrote stays.
    ("memories", timedelta(0),
     "delete from lead_memory where id in (select id from lead_memory where source = 'INFERENCE' and expires_at < %s limit %s)"),
    ("notifications", timedelta(days=90),
     "delete from notification where id in (select id from notification where read_at < %s limit %s)"),
    ("labels_deleted", timedelta(days=30),
     "delete from label where id in (select id from label where deleted_at < %s limit %s)"),
    ("webhook_bodies", timedelta(days=90),
     "update webhook_event set body = ''::bytea where id in (select id from webhook_event "
     "where status in ('SUCCEEDED', 'IGNORED') and received_at < %s and octet_length(body) > 0 limit %s)"),
)
_MODEL_CALLS = "delete from ai_interaction where id in (select id from ai_interaction where created_at < %s order by created_at limit %s)"


@job("ops.prune", tries=2, priority=500)
def prune(scope: Scope) -> dict:
    """Apply every rule until nothing is left or the night is over; returns how many rows each took."""
    now = clock.now()
    rules = (*RULES, ("model_calls", timedelta(days=settings().ai_call_days), _MODEL_CALLS))
    return {name: _apply(scope, statement, now - age) for name, age, statement in rules}


def _apply(scope: Scope, statement: str, before: object) -> int:
    total = 0
    for _ in range(MOST_BITES):
        with db.fast_transaction(scope) as connection:
            taken = connection.execute(statement, (before, BITE)).rowcount
        total += taken
        if taken < BITE:
            break
    return total

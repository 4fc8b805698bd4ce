"""Are the sidebar's numbers small and right? Deltas are folded into sums, and the sums held against an exact count."""

from zrg_app.kit.db import Tx, driver
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs import job

log = get_logger()

# One statement, so a reader who adds sums and deltas in one statement sees either the deltas or their sum, never both.
_FOLD = """
with taken as (
    delete from inbox_count_delta where id in (
        select id from inbox_count_delta order by id limit 100000 for update skip locked) returning workspace_id, key, n
), folded as (
    insert into inbox_count (workspace_id, key, n)
    select workspace_id, key, sum(n) from taken group by workspace_id, key having sum(n) <> 0 order by workspace_id, key
    on conflict (workspace_id, key) do update set n = inbox_count.n + excluded.n returning 1
)
select (select count(*) from taken), (select count(*) from folded)
"""
# The trigger writes the delta in the transaction that changes the conversation, so within one snapshot the two agree or
# something is wrong; what is wrong is mended by a delta of its own.
_MEND = """
with exact as (
    select workspace_id, key, count(*) as n from conversation, unnest(conversation_keys(conversation)) key group by 1, 2
), kept as (
    select workspace_id, key, sum(n) as n from (
        select workspace_id, key, n from inbox_count union all select workspace_id, key, n from inbox_count_delta) both_parts
    group by 1, 2
)
insert into inbox_count_delta (workspace_id, key, n)
select coalesce(exact.workspace_id, kept.workspace_id), coalesce(exact.key, kept.key), coalesce(exact.n, 0) - coalesce(kept.n, 0)
from exact full join kept on exact.workspace_id = kept.workspace_id and exact.key = kept.key
where coalesce(exact.n, 0) <> coalesce(kept.n, 0)
returning workspace_id, key, n
"""


@job("ops.fold_counters", tries=1)
def fold(tx: Tx, scope: Scope) -> dict:
    """Fold up to 100,000 deltas into the sums of `inbox_count`; returns how many deltas became how many sums."""
    connection = driver(tx)
    # Two folds at once would wait for each other's sums.
    if not connection.execute("select pg_try_advisory_xact_lock(hashtext('zrg_fold_counters'))").fetchone()[0]:
        return {"skipped": True}
    deltas, sums = connection.execute(_FOLD).fetchone()
    return {"deltas": deltas, "sums": sums}


@job("ops.check_counters", tries=2)
def check(tx: Tx, scope: Scope) -> dict:
    """Hold the counters against an exact count, mend what differs and say so; returns how many were wrong."""
    wrong = driver(tx).execute(_MEND).fetchall()
    for workspace_id, key, difference in wrong:
        log.error("ops.counter_was_wrong", of_workspace=str(workspace_id), key=key, difference=int(difference))
    return {"wrong": len(wrong)}

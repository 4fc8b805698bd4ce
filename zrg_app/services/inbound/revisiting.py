"""Was somebody a stranger when a calendar told of them, and is a lead now? Then what was told is read once more.

No lead is made of an invitee (FACTS section 21), but who books before their first reply is one later: their meeting is not lost.
"""

from datetime import timedelta

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Event, Understood
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs, leads, meetings
from zrg_app.services.inbound import payload
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY

REMEMBERED = timedelta(days=30)
MOST = 2_000

_STRANGERS = text("""
select e.id, e.workspace_id, e.provider, e.body, e.received_at, s.default_region from webhook_event e
left join workspace_settings s on s.workspace_id = e.workspace_id
where e.status = 'IGNORED' and e.reason = 'lead_not_found' and e.received_at > :since and octet_length(e.body) > 0
order by e.received_at desc limit :most
""")
_AGAIN = text("""
update webhook_event set status = 'PENDING', reason = null, processed_at = null
where id = :id and status = 'IGNORED' returning id
""")


@job("inbound.revisit", tries=2, priority=BULK_PRIORITY)
def revisit(tx: Tx, scope: Scope) -> None:
    """Have the meetings of people who have become leads understood, over all workspaces."""
    for row in tx.execute(_STRANGERS, {"since": clock.now() - REMEMBERED, "most": MOST}).all():
        within = scope.within(row.workspace_id)
        if any(_is_known(tx, within, event, row) for event in _events(row)) and tx.execute(_AGAIN, {"id": row.id}).first():
            jobs.enqueue(tx, within, "inbound.understand_event", webhook_event_id=row.id)


def _events(row) -> tuple[Event, ...]:  # noqa: ANN001 because it is a row of named columns
    parse = registry.provider(row.provider).parse
    try:
        parsed = parse(payload.read(bytes(row.body)), received_at=row.received_at) if parse else None
    except Invalid:
        return ()
    return parsed.events if isinstance(parsed, Understood) else ()


def _is_known(tx: Tx, scope: Scope, event: Event, row) -> bool:  # noqa: ANN001 because it is a row of named columns
    met = event.meeting
    others = (met.replaces, met.replaced_by) if met else ()
    if met and meetings.lead_of(tx, scope, row.provider, met.external_id, others=others):
        return True
    return leads.recognises(tx, scope, event.person, region=row.default_region)

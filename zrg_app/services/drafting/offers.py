"""Which of the free times did a message that left really offer?"""

from datetime import datetime
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services import booking
from zrg_app.services.booking import OfferedTimeView
from zrg_app.services.drafting.checks import times_named

# The last writing of the draft says which times its writer had; a person may have left out some of them.
_SENT = """
select o.lead_id, o.draft_id, o.body, coalesce(o.sent_at, o.created_at) as at, s.output->'times' as times
from outbound_message o
join lateral (select output from draft_step where draft_id = o.draft_id and step = 'generation' and output ? 'times'
              order by generation desc, created_at desc, id desc limit 1) s on true
where o.id = %(outbound)s and o.workspace_id = %(workspace)s
"""


def note_offers(tx: Tx, scope: Scope, outbound_id: UUID) -> tuple[OfferedTimeView, ...]:
    """Write down the free times that a draft named when it left, so that they are not offered again. Returns them."""
    row = fetch_one(tx, _SENT, {"outbound": outbound_id, "workspace": scope.workspace_id})
    had = [OfferedTimeView(starts_at=datetime.fromisoformat(starts_at), label=label, zone=zone)
           for starts_at, label, zone in (row["times"] if row else None) or ()]
    if not had:
        return ()
    named = times_named(row["body"], [(time.starts_at, time.label) for time in had], had[0].zone, row["at"])
    offered = tuple(had[place] for place in named)
    if offered:
        booking.record_offer(tx, scope, row["lead_id"], offered, draft_id=row["draft_id"])
    return offered

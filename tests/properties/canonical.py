"""When are two workspaces the same to a person? What they hold, without ids and moments of writing."""

from typing import Any
from uuid import UUID

from tests.faults.reckoning import WRONG_COUNTERS, WRONG_ROLL_UPS
from tests.services.inbound.deliveries import rows

MESSAGES = """
select m.lead_id, m.dedupe_key, m.channel, m.direction, m.subject, m.body, m.raw_text, m.raw_html, m.sent_at, m.from_address,
       m.from_name, m.to_address, m.cc, m.delivery, m.delivery_reason, m.is_automatic, m.sent_by, m.thread,
       array(select file_name from attachment a where a.message_id = m.id order by 1) as files
from message m order by m.sent_at, m.id
"""
CONVERSATIONS = """
select lead_id, channel, subject, snippet, last_message_at, last_direction, last_inbound_at, last_outbound_at, unread_count,
       message_count, needs_reply, done_at, snoozed_until, has_draft, sentiment, sentiment_source
from conversation
"""
LEADS = """
select id as lead_id, status, status = 'blacklisted' and opted_out_at is null as forgot_opt_out, sms_dnd, sms_dnd_at,
       current_replier_email, current_replier_since, facts - 'phone_as_given' - 'bounced' - 'sources' as facts
from lead
"""
PARTICULARS = """
select l.id as lead_id, first_name, last_name, email, phone, linkedin_url, company, job_title, website, timezone, c.name as campaign
from lead l left join campaign c on c.id = l.campaign_id
"""
IDENTITIES = "select lead_id, kind, value, is_primary from lead_identity order by kind, value"
FACTS = """
select lead_id, kind, count(*) as n from audit_event
where kind in ('leads.created', 'inbox.reply_received', 'inbox.message_observed', 'leads.blacklisted') group by 1, 2 order by 2
"""


def canonical(workspace_id: UUID, *, particulars: bool = True) -> dict[frozenset, dict[str, Any]]:
    """What the workspace holds of each lead, the lead named by all of its identities.

    With `particulars` also what was filled in (name, company, which address is the primary one): the first value told stays,
    so those are alike only where every telling says the same of a person.
    """
    found: dict[Any, dict[str, Any]] = {}
    for row in rows(workspace_id, LEADS):
        found[row.lead_id] = {"lead": _plain(row), "messages": [], "identities": []}
    for name, query in {"messages": MESSAGES, "identities": IDENTITIES}.items():
        for row in rows(workspace_id, query):
            found[row.lead_id][name].append(_plain(row, *(() if particulars else ("is_primary",))))
    for name, query in ({"conversation": CONVERSATIONS} | ({"particulars": PARTICULARS} if particulars else {})).items():
        for row in rows(workspace_id, query):
            found[row.lead_id][name] = _plain(row)
    for row in rows(workspace_id, FACTS):
        found[row.lead_id].setdefault("facts", {})[row.kind] = row.n
    named = {frozenset((each["kind"], each["value"]) for each in lead["identities"]): lead for lead in found.values()}
    assert len(named) == len(found), "two leads without any identity of their own"
    return named


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where two canonical forms differ, a line each."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [line for name in [*one, *(name for name in other if name not in one)]
                for line in differences(one.get(name), other.get(name), f"{at}/{_short(name)}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [line for place, pair in enumerate(zip(one, other, strict=True)) for line in differences(*pair, f"{at}/{place}")]
    return [] if one == other else [f"{at}: {one!r} is {other!r}"]


def wrong_totals(workspace_id: UUID) -> list:
    """Numbers of the sidebar and entries of the list that disagree with the messages."""
    return [tuple(row) for query in (WRONG_COUNTERS, WRONG_ROLL_UPS) for row in rows(workspace_id, query)]


def _plain(row: Any, *without: str) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in ("lead_id", *without)}


def _short(name: Any) -> str:
    return min((f"{kind}:{value}" for kind, value in name), default="") if isinstance(name, frozenset) else str(name)

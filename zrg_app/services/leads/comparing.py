"""Which other lead could be this person, and how do the two look side by side?"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Row, text

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import reading
from zrg_app.services.leads import naming
from zrg_app.services.leads.views import Candidate, ComparedRow, Comparison

MOST = 8
_COLUMNS = """
l.id, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.job_title, l.company, l.status, l.sms_dnd, l.created_at,
(select count(*) from message m where m.lead_id = l.id) as messages,
(select string_agg(i.value, ', ' order by i.created_at) from lead_identity i
 where i.lead_id = l.id and i.kind = 'email' and not i.is_primary) as alternates
"""
_TWO = text(f"select {_COLUMNS} from lead l where l.id = any(:ids) and l.workspace_id = :workspace_id and l.merged_into is null")
_FOUND = text(f"""
with hits as (
  select found as lead_id from search_people(:workspace_id, :query, 40) as found
  union select lead_id from lead_identity where workspace_id = :workspace_id and kind = 'phone' and value = :phone
)
select {_COLUMNS} from lead l where l.id in (select lead_id from hits) and l.id <> :lead_id and l.merged_into is null
order by l.last_name, l.first_name, l.id limit {MOST}
""")
_REGION = text("select default_region from workspace_settings where workspace_id = :workspace_id")


def candidates(tx: Tx, scope: Scope, lead_id: UUID, *, query: str) -> tuple[Candidate, ...]:
    """Other leads of the workspace by name, company, address or number; a few at most."""
    asked = query.replace("\x00", "").strip()[:200]
    if not asked:
        return ()
    region = tx.execute(_REGION, {"workspace_id": scope.workspace_id}).scalar_one_or_none()
    rows = tx.execute(_FOUND, {"workspace_id": scope.workspace_id, "query": asked, "lead_id": lead_id,
                               "phone": reading.normalize_phone(asked, region)})
    return tuple(_candidate(row) for row in rows)


def compare(tx: Tx, scope: Scope, own: UUID, other: UUID) -> Comparison:
    """Two leads side by side. Raises NotFound when one of them is not here (any more)."""
    found = {row.id: row for row in tx.execute(_TWO, {"ids": [own, other], "workspace_id": scope.workspace_id})}
    if own not in found or other not in found or own == other:
        raise NotFound("That lead is not here (any more).")
    one, two = found[own], found[other]
    return Comparison(own=_candidate(one), other=_candidate(two), rows=tuple(_compared(_told(one), _told(two))))


def _candidate(row: Row) -> Candidate:
    name = naming.display_name(row.first_name, row.last_name, row.email, row.phone)
    return Candidate(lead_id=str(row.id), name=name, initials=naming.initials(name), hue=naming.hue(row.id),
                     company=row.company or "", reached_by=row.email or row.phone or row.linkedin_url or "")


def _told(row: Row) -> dict[str, str]:
    blocked = "Do not contact" if row.status == "blacklisted" else "No SMS" if row.sms_dnd else ""
    return {"Name": f"{row.first_name} {row.last_name}".strip(), "Email": row.email or "", "Also": row.alternates or "",
            "Phone": row.phone or "", "LinkedIn": row.linkedin_url or "", "Position": row.job_title or "",
            "Company": row.company or "", "Messages": str(row.messages), "Since": row.created_at.date().isoformat(),
            "Stopped": blocked}


def _compared(own: dict[str, str], other: dict[str, str]) -> Iterable[ComparedRow]:
    for word, value in own.items():
        if value or other[word]:
            told = word not in ("Messages", "Since", "Also", "Stopped")
            yield ComparedRow(word=word, own=value, other=other[word],
                              differs=told and bool(value and other[word]) and value.casefold() != other[word].casefold())

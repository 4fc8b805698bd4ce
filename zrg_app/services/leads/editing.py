"""How does a person change one value of a lead in place, without ever writing over what somebody else wrote meanwhile?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services.leads import edits
from zrg_app.services.leads import identity as identities
from zrg_app.services.leads.checking import EDITABLE

NAME = "name"
IN_PLACE = (NAME, *EDITABLE[2:])
"""The values of the lead panel that are edited one by one; the two parts of a name are one of them."""

_KINDS = {"email": IdentityKind.EMAIL, "phone": IdentityKind.PHONE, "linkedin_url": IdentityKind.LINKEDIN_URL}
_LOCK = text("select * from lead where id = :lead_id and merged_into is null for no key update")
_LAST = text("""
select actor_name, created_at from audit_event
where lead_id = :lead_id and kind = 'leads.edited' and string_to_array(data->>'fields', ', ') && :columns
order by created_at desc limit 1
""")
_UNCLAIM = text("delete from lead_identity where lead_id = :lead_id and kind = :kind and value = :value and not is_primary")
_SOURCE = text("""
update lead set facts = jsonb_set(facts, '{sources}', case when cast(:source as text) is null
  then coalesce(facts->'sources', '{}') - cast(:field as text)
  else coalesce(facts->'sources', '{}') || jsonb_build_object(cast(:field as text), cast(:source as text)) end)
where id = :lead_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What came of an edit: `before` and `now` are the value's words. With `is_conflict` nothing was written: `now` is what
    somebody else wrote meanwhile, `by` their name (may be empty), `wanted` what this person typed.

    `was_new` says that an address, number or profile became the lead's by this edit, `source` where the former was from.
    """

    lead_id: UUID
    field: str
    before: str
    now: str
    is_conflict: bool = False
    by: str = ""
    wanted: str = ""
    was_new: bool = False
    source: str | None = None


def edit(tx: Tx, scope: Scope, lead_id: UUID, field: str, value: str, *, seen: str, expected_updated_at: datetime | None) -> Edited:
    """Write `value` into one field of a lead.

    `seen` is the value the person had before their eyes, of a lead last changed at `expected_updated_at` (None: not known). When
    the lead was changed since, and this field with it, nothing is written and both values come back to choose from. Raises
    NotFound, Invalid for a value that is none, Conflict when it is another lead's or the lead may not be given that status.
    """
    row = _locked(tx, lead_id, field)
    now, wanted = told(row, field), " ".join(str(value).split())
    moved_on = expected_updated_at is None or row.updated_at != expected_updated_at
    if moved_on and now != seen and now != wanted:
        return Edited(lead_id=lead_id, field=field, before=seen, now=now, is_conflict=True, wanted=wanted, by=_last(tx, lead_id, field))
    if now == wanted:
        return Edited(lead_id=lead_id, field=field, before=now, now=now)
    known = identities.values_of(tx, lead_id, _KINDS[field]) if field in _KINDS else set()
    edits.update(tx, scope, lead_id, expected_updated_at=None, **_columns(field, wanted))
    after = told(_locked(tx, lead_id, field), field)
    return Edited(lead_id=lead_id, field=field, before=now, now=after, was_new=field in _KINDS and bool(after) and after not in known,
                  source=(row.facts.get("sources") or {}).get(field))


def take_back(tx: Tx, scope: Scope, done: Edited) -> Edited:
    """Put back what an edit replaced, unless somebody changed it since: that comes back as a conflict. Raises as `edit`."""
    back = edit(tx, scope, done.lead_id, done.field, done.before, seen=done.now, expected_updated_at=None)
    if back.is_conflict:
        return back
    if done.was_new:
        tx.execute(_UNCLAIM, {"lead_id": done.lead_id, "kind": _KINDS[done.field], "value": done.now})
    tx.execute(_SOURCE, {"lead_id": done.lead_id, "field": done.field, "source": done.source})
    return back


def told(row: Any, field: str) -> str:
    """What a lead's row says for one field of `IN_PLACE`, in words; empty when it says nothing."""
    if field == NAME:
        return f"{row.first_name} {row.last_name}".strip()
    return getattr(row, field) or ""


def _columns(field: str, value: str) -> dict[str, str]:
    first, _, last = value.partition(" ")
    return {"first_name": first, "last_name": last} if field == NAME else {field: value}


def _locked(tx: Tx, lead_id: UUID, field: str) -> Any:
    if field not in IN_PLACE:
        raise Invalid("This cannot be edited here.")
    row = tx.execute(_LOCK, {"lead_id": lead_id}).one_or_none()
    if row is None:
        raise NotFound("This lead is not here (any more).")
    return row


def _last(tx: Tx, lead_id: UUID, field: str) -> str:
    found = tx.execute(_LAST, {"lead_id": lead_id, "columns": list(_columns(field, ""))}).first()
    return found.actor_name if found else ""

"""How does a later source fill what is missing of a lead? Empty fields only, each marked with where its value is from."""

import json
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services.leads import identity as identities
from zrg_app.services.leads.matching import Identity
from zrg_app.services.leads.suggesting import suggest

FILLABLE = ("phone", "linkedin_url", "job_title")
_KINDS = {"phone": IdentityKind.PHONE, "linkedin_url": IdentityKind.LINKEDIN_URL}
_EMPTY = text("select phone, linkedin_url, job_title from lead where id = :lead_id for no key update")
_FILL_FACT = text("""
update lead set facts = facts || jsonb_build_object(cast(:name as text), cast(:value as text)), updated_at = :now
where id = :lead_id and coalesce(facts->>:name, '') = '' returning id
""")
_MARK = text("""
update lead set facts = facts || jsonb_build_object('sources', coalesce(facts->'sources', '{}') || cast(:sources as jsonb))
where id = :lead_id
""")


def fill(tx: Tx, scope: Scope, lead_id: UUID, *, source: str, phone: str | None = None, linkedin_url: str | None = None,
         job_title: str | None = None) -> tuple[str, ...]:
    """Fill the empty ones of these fields (values normalised by the caller); returns the names of those that were filled.

    A value that is another lead's is not written; it becomes a suggestion that the two may be one person.
    """
    row = tx.execute(_EMPTY, {"lead_id": lead_id}).one()
    given = {"phone": phone, "linkedin_url": linkedin_url, "job_title": (job_title or "").strip()[:300] or None}
    values = {name: value for name, value in given.items() if value and getattr(row, name) is None
              and _is_free(tx, scope, lead_id, name, value)}
    if values:
        tx.execute(text(f"update lead set {', '.join(f'{name} = :{name}' for name in values)}, updated_at = :now where id = :lead_id"),
                   {**values, "lead_id": lead_id, "now": clock.now()})
        mark(tx, lead_id, dict.fromkeys(values, source))
    return tuple(values)


def fill_fact(tx: Tx, lead_id: UUID, name: str, value: str, *, source: str) -> bool:
    """Keep a fact of the lead that has no field of its own, where none is kept; says whether it was. The caller holds the lead."""
    if not value or tx.execute(_FILL_FACT, {"name": name, "value": value, "lead_id": lead_id, "now": clock.now()}).first() is None:
        return False
    mark(tx, lead_id, {name: source})
    return True


def mark(tx: Tx, lead_id: UUID, sources: dict[str, str]) -> None:
    """Remember where values of a lead are from: field to `clay`, `signature`, `person` or a provider."""
    if sources:
        tx.execute(_MARK, {"lead_id": lead_id, "sources": json.dumps(sources)})


def _is_free(tx: Tx, scope: Scope, lead_id: UUID, field: str, value: str) -> bool:
    """Make an identifying value the lead's; says no when it is another's."""
    kind = _KINDS.get(field)
    if kind is None:
        return True
    wanted = Identity(kind, value)
    identities.claim(tx, scope, lead_id, [wanted])
    owner = next((known.lead_id for known in identities.read(tx, scope, [wanted])), lead_id)
    if owner != lead_id:
        suggest(tx, scope, lead_id, owner, wanted, told_by_record=False)
    return owner == lead_id

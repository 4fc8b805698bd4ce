"""What may a person change about a lead by hand, and how are two people at once kept apart?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind, LeadStatus
from zrg_app.services import events
from zrg_app.services.leads import identity as identities
from zrg_app.services.leads.checking import EDITABLE, checked
from zrg_app.services.leads.filling import mark
from zrg_app.services.leads.matching import Identity

_MARKED = ("email", "phone", "linkedin_url", "job_title")
_LOCK = text("select updated_at, status from lead where id = :lead_id and merged_into is null for no key update")
_REGION = text("select default_region from workspace_settings where workspace_id = :workspace_id")
_FREE = text("delete from lead_identity where lead_id = :lead_id and kind = :kind and is_primary")
_DEMOTE = text("update lead_identity set is_primary = (value = :value) where lead_id = :lead_id and kind = :kind")


def update(tx: Tx, scope: Scope, lead_id: UUID, *, expected_updated_at: datetime | None, **fields: str | None) -> datetime:
    """Change a lead; returns its new `updated_at`.

    Raises NotFound; Conflict when somebody changed the lead since `expected_updated_at`, or when an address, number or
    profile belongs to another lead; Invalid for an unknown field or a value that is none. None skips the first check.
    """
    row = tx.execute(_LOCK, {"lead_id": lead_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such lead.")
    if expected_updated_at is not None and row.updated_at != expected_updated_at:
        raise Conflict("Somebody changed this lead in the meantime. Look at the new values and try again.")
    values = _checked(fields, _region(tx, scope))
    if values.get("status") and row.status == LeadStatus.BLACKLISTED:
        raise Conflict("This lead is blacklisted; take it off the blacklist first.")
    for name, kind in (("email", IdentityKind.EMAIL), ("phone", IdentityKind.PHONE), ("linkedin_url", IdentityKind.LINKEDIN_URL)):
        if name in values:
            _move_identity(tx, scope, lead_id, Identity(kind, values[name]) if values[name] else None, kind)
    now = clock.now()
    assignments = ", ".join(f"{name} = :{name}" for name in sorted(values))
    if values:
        tx.execute(text(f"update lead set {assignments}, updated_at = :now where id = :lead_id"),
                   {**values, "now": now, "lead_id": lead_id})
        mark(tx, lead_id, {name: "person" for name in values if name in _MARKED})
        events.record(tx, scope, events.LeadEdited(lead_id=lead_id, fields=", ".join(sorted(values))))
    return now if values else row.updated_at


def _region(tx: Tx, scope: Scope) -> str | None:
    return tx.execute(_REGION, {"workspace_id": scope.workspace_id}).scalar_one_or_none()


def _checked(fields: dict[str, str | None], region: str | None) -> dict[str, str | None]:
    unknown = sorted(set(fields) - set(EDITABLE))
    if unknown:
        raise Invalid(f"A lead has no field {', '.join(unknown)} to change.")
    return {name: checked(name, value, region) for name, value in fields.items()}


def _move_identity(tx: Tx, scope: Scope, lead_id: UUID, wanted: Identity | None, kind: str) -> None:
    if wanted is None:
        tx.execute(_FREE, {"lead_id": lead_id, "kind": kind})
        return
    owner = next((row.lead_id for row in identities.read(tx, scope, [wanted])), None)
    if owner not in (None, lead_id) or (owner is None and not identities.claim(tx, scope, lead_id, [wanted])):
        raise Conflict(f"{wanted.value} already belongs to another lead.")
    tx.execute(_DEMOTE, {"lead_id": lead_id, "kind": kind, "value": wanted.value})

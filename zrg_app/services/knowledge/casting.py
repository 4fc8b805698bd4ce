"""How do personas change? Made, edited without overwriting a colleague, made the default, deleted. One is always the default."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Persona, Workspace
from zrg_app.services import events
from zrg_app.services.knowledge import voices
from zrg_app.services.knowledge.typed import Typed
from zrg_app.services.knowledge.views import PersonaView

MOST = 50
LIMITS = {"name": 100, "sender_name": 200, "tone": 60, "greeting": 500, "sms_greeting": 500, "linkedin_greeting": 500,
          "signature": 2_000, "goals": 10_000, "service_description": 10_000, "ideal_customer_profile": 10_000}
TITLES = {"name": "The name", "sender_name": "The person", "tone": "The tone", "greeting": "The e-mail greeting",
          "sms_greeting": "The SMS greeting", "linkedin_greeting": "The LinkedIn greeting", "signature": "The signature",
          "goals": "The goals", "service_description": "The offer", "ideal_customer_profile": "The ideal customer"}
_ALWAYS = ("name", "sender_name", "tone")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaEdit:
    """What an edit led to: the persona as it is now, and the fields somebody else changed meanwhile. With `conflicts` nothing
    was written."""

    persona: PersonaView
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def problems(wanted: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with each of the `wanted` values, by field; empty when all fit. Pure."""
    found = {field: Typed(TITLES[field], LIMITS[field]).problem(wanted[field]) for field in LIMITS if field in wanted}
    if "name" in wanted and not Typed(TITLES["name"], LIMITS["name"]).read(wanted["name"], soft=True):
        found["name"] = "Give the persona a name, so that it can be chosen."
    return {field: words for field, words in found.items() if words}


def create(tx: Tx, scope: Scope, wanted: Mapping[str, object]) -> PersonaView:
    """Make a persona; the first one is the default. Raises Invalid, or Conflict when the name is taken."""
    values = _read(wanted)
    known = _all(tx, scope)
    if len(known) >= MOST:
        raise Conflict(f"There are {MOST} personas already; delete one first.")
    row = Persona(id=ids.new_id(), workspace_id=scope.workspace_id, is_default=not any(one.is_default for one in known), **values)
    _write(tx, row, known)
    _tell(tx, scope, "persona_made", row.name)
    return voices.persona(tx, scope, row.id)


def edit(tx: Tx, scope: Scope, shown: PersonaView, wanted: Mapping[str, object]) -> PersonaEdit:
    """Write what differs between `shown` and `wanted`; a field somebody else changed since is reported, not overwritten.

    Raises Invalid, NotFound, or Conflict when the name is taken.
    """
    asked = {field: value for field, value in _read(wanted).items() if (value or "") != getattr(shown, field)}
    known = _all(tx, scope)
    row = _among(known, UUID(shown.id))
    now = voices.persona(tx, scope, row.id)
    asked = {field: value for field, value in asked.items() if (value or "") != getattr(now, field)}
    conflicts = tuple(field for field in asked if getattr(now, field) != getattr(shown, field))
    if conflicts or not asked:
        return PersonaEdit(persona=now, conflicts=conflicts)
    for field, value in asked.items():
        setattr(row, field, value)
    row.updated_at = clock.now()
    _write(tx, row, known)
    _tell(tx, scope, "persona_edited", row.name)
    return PersonaEdit(persona=voices.persona(tx, scope, row.id), changed=tuple(asked))


def make_default(tx: Tx, scope: Scope, persona_id: UUID) -> None:
    """Let this persona answer wherever no campaign names another. Raises NotFound."""
    row = _among(_all(tx, scope), persona_id)
    tx.execute(update(Persona).where(Persona.workspace_id == scope.workspace_id, Persona.id != row.id).values(is_default=False))
    row.is_default, row.updated_at = True, clock.now()
    tx.flush()
    _tell(tx, scope, "persona_default", row.name)


def delete(tx: Tx, scope: Scope, persona_id: UUID) -> None:
    """Take a persona away; its campaigns speak as the default from then on. Raises NotFound, or Conflict for the default one
    while there are others."""
    known = _all(tx, scope)
    row = _among(known, persona_id)
    if row.is_default and len(known) > 1:
        raise Conflict(f"“{row.name}” is the default. Make another persona the default first.")
    name = row.name
    tx.delete(row)
    tx.flush()
    _tell(tx, scope, "persona_deleted", name)


def _read(wanted: Mapping[str, object]) -> dict[str, str | None]:
    wrong = problems(wanted)
    if wrong:
        raise Invalid(" ".join(wrong.values()))
    values = {field: Typed(TITLES[field], longest).read(wanted[field]) for field, longest in LIMITS.items() if field in wanted}
    if "tone" in values:
        values["tone"] = values["tone"] or "friendly-professional"
    return {field: value if field in _ALWAYS else value or None for field, value in values.items()}


def _all(tx: Tx, scope: Scope) -> list[Persona]:
    """Every persona, locked; the workspace first, so that two people who change the default wait for each other."""
    tx.scalar(select(Workspace.id).where(Workspace.id == scope.workspace_id).with_for_update(key_share=True))
    return list(tx.scalars(select(Persona).where(Persona.workspace_id == scope.workspace_id).order_by(Persona.id)
                           .with_for_update().execution_options(populate_existing=True)))


def _among(known: list[Persona], persona_id: UUID) -> Persona:
    found = next((one for one in known if one.id == persona_id), None)
    if found is None:
        raise NotFound("This persona is not there any more.")
    return found


def _write(tx: Tx, row: Persona, known: list[Persona]) -> None:
    taken = Conflict(f"Another persona is called “{row.name}” already.")
    if any(one.id != row.id and one.name.casefold() == row.name.casefold() for one in known):
        raise taken
    tx.add(row)
    try:
        tx.flush()
    except IntegrityError as error:
        raise taken from error


def _tell(tx: Tx, scope: Scope, change: str, detail: str) -> None:
    events.record(tx, scope, events.KnowledgeChanged(change=change, detail=detail))

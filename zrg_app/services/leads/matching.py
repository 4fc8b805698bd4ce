"""By what do we recognise a lead, and which known lead is it? Pure; spec section 6 and FACTS section 5.3."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zrg_app.integrations.base import Person
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services import reading

ORDER = tuple(IdentityKind)
"""Matching order: the first kind with a hit wins."""

# A lead has one contact there; two different ids mean two different people.
EXCLUSIVE = (IdentityKind.GHL_CONTACT, IdentityKind.EMAILBISON_LEAD, IdentityKind.SMARTLEAD_LEAD, IdentityKind.INSTANTLY_LEAD)
_LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """One thing that identifies a lead, normalised."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An identity as it is stored: whose it is, and whether it is the lead's primary one of that kind."""

    identity: Identity
    lead_id: UUID
    is_primary: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The lead a person is, and what gave it away (an IdentityKind word, `alternate_email` or `from_address`)."""

    lead_id: UUID
    matched_by: str


def identities(person: Person, region: str | None) -> tuple[Identity, ...]:
    """What `person` can be recognised by, in matching order, normalised.

    Short or invalid phone numbers and addresses of companies on LinkedIn give nothing (spec section 6 warns of both).
    `region` is the country of numbers written without one.
    """
    values: dict[str, str | None] = {str(kind): _plain(value) for kind, value in person.identities.items()}
    values[IdentityKind.LINKEDIN_URL] = reading.normalize_linkedin(person.linkedin_url or "")
    values[IdentityKind.EMAIL] = reading.normalize_email(person.email or "")
    values[IdentityKind.PHONE] = reading.normalize_phone(person.phone or "", region)
    return tuple(Identity(kind, value) for kind in ORDER if (value := values.get(kind)))


def email_identity(address: str | None) -> Identity | None:
    """The identity an e-mail address is, or None when it is no address."""
    value = reading.normalize_email(address or "")
    return Identity(IdentityKind.EMAIL, value) if value else None


def choose(wanted: Iterable[Identity], known: Iterable[Known]) -> Found | None:
    """The known lead that `wanted` (in matching order) names first, or None."""
    by_identity = {row.identity: row for row in known}
    for identity in wanted:
        row = by_identity.get(identity)
        if row:
            alternate = identity.kind == IdentityKind.EMAIL and not row.is_primary
            return Found(lead_id=row.lead_id, matched_by="alternate_email" if alternate else str(identity.kind))
    return None


def contradicts(wanted: Iterable[Identity], of_lead: Mapping[str, str]) -> bool:
    """Whether `of_lead` (kind to value) has another id at a provider than `wanted` says: then it is somebody else."""
    return any(identity.kind in EXCLUSIVE and of_lead.get(identity.kind, identity.value) != identity.value
               for identity in wanted)


def company_page(linkedin_url: str | None) -> str | None:
    """The address of a company on LinkedIn when `linkedin_url` is one; such an address never identifies a person."""
    text = (linkedin_url or "").strip()
    return text[:_LONGEST_VALUE] if "/company/" in text.lower() else None


def enrichment(email: str | None, phone: str | None, linkedin_url: str | None) -> str | None:
    """What a new lead still needs looking up: `not_needed`, `pending` or nothing to say (spec section 6)."""
    if not email:
        return "not_needed" if phone else None
    return "pending" if not (phone and linkedin_url) else None


def _plain(value: object) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text if 0 < len(text) <= _LONGEST_VALUE else None

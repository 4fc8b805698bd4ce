"""Who is this person? Finds the lead or makes it, once, whatever arrives at the same moment."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Person
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Broken
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services import events
from zrg_app.services.leads import identity as identities
from zrg_app.services.leads.matching import (
    Found,
    Identity,
    choose,
    company_page,
    contradicts,
    email_identity,
    enrichment,
)
from zrg_app.services.leads.matching import identities as identities_of
from zrg_app.services.leads.suggesting import suggest

_TRIES = 5
_LOCK = text("select merged_into from lead where id = :lead_id for no key update")
_LOCK_OWN = text("select id, merged_into from lead where id = :lead_id and workspace_id = :workspace_id for no key update")
_INSERT = text("""
insert into lead (id, workspace_id, first_name, last_name, email, phone, linkedin_url, job_title, company, website, timezone,
                  enrichment_status, facts, created_at, updated_at)
values (:id, :workspace_id, :first_name, :last_name, :email, :phone, :linkedin_url, :job_title, :company, :website, :timezone,
        :enrichment_status, jsonb_strip_nulls(jsonb_build_object('linkedin_company_url', cast(:company_page as text),
                                                                 'phone_as_given', cast(:phone_as_given as text))), :now, :now)
""")
# Fill-only: what is known wins over what is told later (FACTS section 5.3).
_FILL = text("""
update lead set
  first_name = case when first_name = '' then :first_name else first_name end,
  last_name = case when last_name = '' and first_name in ('', :first_name) then :last_name else last_name end,
  email = coalesce(email, :email), phone = coalesce(phone, :phone), linkedin_url = coalesce(linkedin_url, :linkedin_url),
  job_title = coalesce(job_title, :job_title), company = coalesce(company, :company), website = coalesce(website, :website),
  timezone = coalesce(timezone, :timezone),
  facts = jsonb_strip_nulls(jsonb_build_object('linkedin_company_url', cast(:company_page as text),
                                               'phone_as_given', cast(:phone_as_given as text))) || facts
          || case when cast(:source as text) is null then '{}' else jsonb_build_object('sources',
               coalesce(facts->'sources', '{}') || jsonb_strip_nulls(jsonb_build_object(
                 'email', case when email is null and cast(:email as text) is not null then cast(:source as text) end,
                 'phone', case when phone is null and cast(:phone as text) is not null then cast(:source as text) end,
                 'linkedin_url', case when linkedin_url is null and cast(:linkedin_url as text) is not null
                                      then cast(:source as text) end,
                 'job_title', case when job_title is null and cast(:job_title as text) is not null
                                   then cast(:source as text) end))) end,
  updated_at = :now
where id = :lead_id and (
  (first_name = '' and :first_name <> '') or (last_name = '' and :last_name <> '' and first_name in ('', :first_name))
  or (email is null and cast(:email as text) is not null) or (phone is null and cast(:phone as text) is not null)
  or (linkedin_url is null and cast(:linkedin_url as text) is not null)
  or (job_title is null and cast(:job_title as text) is not null) or (company is null and cast(:company as text) is not null)
  or (website is null and cast(:website as text) is not null) or (timezone is null and cast(:timezone as text) is not null)
  or (cast(:company_page as text) is not null and not facts ? 'linkedin_company_url'))
""")
_EMAIL_FIRST = text("update lead_identity set is_primary = (value = :email) where lead_id = :lead_id and kind = 'email'")
_SET_EMAIL = text("update lead set email = :email, updated_at = :now where id = :lead_id")

_WORKS = text("""
update lead set facts = jsonb_set(facts, '{retired}', (facts->'retired') - :value)
where id = :lead_id and facts->'retired' ? :value
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which lead a person is; `matched_by` is an identity kind, `alternate_email`, `from_address` or `new`."""

    lead_id: UUID
    created: bool
    matched_by: str


def find_or_create(tx: Tx, scope: Scope, person: Person, *, region: str | None, from_address: str | None = None,
                   source: str | None = None) -> Match | None:
    """The lead that `person` is, locked until the transaction ends, made when nobody fits; None without any identity.

    The strict priority is spec section 6. `from_address` is the address a mail came from when it may differ from the lead's
    own; it is tried last. What is known of the lead is filled, never overwritten, and marked with `source` (the provider whose
    record `person` is). What is another lead's becomes a suggestion to merge the two. Safe against concurrent first contacts:
    the identities are unique in the workspace, and who loses the race reads again.
    """
    wanted = identities_of(person, region)
    sender = email_identity(from_address)
    if not wanted and sender is None:
        return None
    for _ in range(_TRIES):
        found = _find(tx, scope, wanted, sender)
        if found:
            if tx.execute(_LOCK, {"lead_id": found.lead_id}).scalar_one_or_none() is not None:
                continue  # merged while we waited: the identities say by now who it is
            _enrich(tx, scope, found, person, wanted, source)
            return Match(lead_id=found.lead_id, created=False, matched_by=found.matched_by)
        lead_id = _create(tx, scope, person, wanted or (sender,))
        if lead_id:
            events.record(tx, scope, events.LeadCreated(lead_id=lead_id))
            return Match(lead_id=lead_id, created=True, matched_by="new")
    raise Broken("A lead could neither be found nor made.")


def find(tx: Tx, scope: Scope, person: Person, *, region: str | None, source: str | None = None) -> Match | None:
    """The lead that `person` is, locked and filled as `find_or_create` does; None when nobody fits: nobody is made."""
    wanted = identities_of(person, region)
    for _ in range(_TRIES):
        found = _find(tx, scope, wanted, None) if wanted else None
        if found is None:
            return None
        if tx.execute(_LOCK, {"lead_id": found.lead_id}).scalar_one_or_none() is not None:
            continue  # merged while we waited, as above
        _enrich(tx, scope, found, person, wanted, source)
        return Match(lead_id=found.lead_id, created=False, matched_by=found.matched_by)
    raise Broken("A lead that was found could not be locked.")


def recognises(tx: Tx, scope: Scope, person: Person, *, region: str | None) -> bool:
    """Whether `find` would find a lead for `person`; nothing is locked or filled."""
    return _find(tx, scope, identities_of(person, region), None) is not None


def survivor(tx: Tx, scope: Scope, lead_id: UUID | None) -> UUID | None:
    """The workspace's lead of this id, or the one it was merged into, locked until the transaction ends; None when it has none."""
    for _ in range(_TRIES):
        if lead_id is None:
            return None
        row = tx.execute(_LOCK_OWN, {"lead_id": lead_id, "workspace_id": scope.workspace_id}).one_or_none()
        if row is None or row.merged_into is None:
            return row.id if row else None
        lead_id = row.merged_into
    raise Broken("A lead was merged in a circle.")


def _find(tx: Tx, scope: Scope, wanted: tuple[Identity, ...], sender: Identity | None) -> Found | None:
    known = identities.read(tx, scope, [*wanted, *([sender] if sender else [])])
    found = choose(wanted, known)
    if found is None and sender is not None:
        found = choose([sender], known)
        # A colleague who is a lead in their own right is not this lead.
        if found and contradicts(wanted, identities.primary_of(tx, found.lead_id)):
            return None
        return Found(lead_id=found.lead_id, matched_by="from_address" if wanted else found.matched_by) if found else None
    return found


def _create(tx: Tx, scope: Scope, person: Person, wanted: tuple[Identity, ...]) -> UUID | None:
    lead_id = ids.new_id()
    values = _values(person, wanted)
    savepoint = tx.begin_nested()
    tx.execute(_INSERT, {**values, "id": lead_id, "workspace_id": scope.workspace_id, "now": clock.now(),
                         "enrichment_status": enrichment(values["email"], values["phone"], values["linkedin_url"])})
    if len(identities.claim(tx, scope, lead_id, wanted)) < len(wanted):
        savepoint.rollback()
        return None
    savepoint.commit()
    return lead_id


def _enrich(tx: Tx, scope: Scope, found: Found, person: Person, wanted: tuple[Identity, ...], source: str | None) -> None:
    own = identities.primary_of(tx, found.lead_id)
    fresh = [identity for identity in wanted if own.get(identity.kind) != identity.value]
    claimed = identities.claim(tx, scope, found.lead_id, [item for item in fresh if item.kind not in own])
    claimed |= identities.claim(tx, scope, found.lead_id, [item for item in fresh if item.kind in own], primary=False)
    # A value that belongs to somebody else is not written on this lead.
    mine = {*claimed, *(Identity(kind, value) for kind, value in own.items())}
    tx.execute(_FILL, {**_values(person, tuple(item for item in wanted if item in mine)), "lead_id": found.lead_id,
                       "now": clock.now(), "source": source})
    for known in identities.read(tx, scope, [item for item in fresh if item not in claimed]):
        if known.lead_id != found.lead_id:
            suggest(tx, scope, found.lead_id, known.lead_id, known.identity, told_by_record=found.matched_by != "from_address")
    email = next((item.value for item in wanted if item.kind == IdentityKind.EMAIL), None)
    if found.matched_by == "from_address" and email and Identity(IdentityKind.EMAIL, email) in claimed:
        make_primary_email(tx, found.lead_id, email)


def make_primary_email(tx: Tx, lead_id: UUID, email: str) -> None:
    """Let one of the lead's addresses be the primary one; the others become alternates."""
    tx.execute(_EMAIL_FIRST, {"lead_id": lead_id, "email": email})
    tx.execute(_SET_EMAIL, {"lead_id": lead_id, "email": email, "now": clock.now()})


def remember_address(tx: Tx, scope: Scope, lead_id: UUID, address: str | None) -> bool:
    """Keep an address somebody answered from as an alternate of the lead, unless it is another lead's.

    Who writes from an address that was retired shows that it works.
    """
    identity = email_identity(address)
    if identity is None:
        return False
    tx.execute(_WORKS, {"lead_id": lead_id, "value": identity.value})
    primary = identities.primary_of(tx, lead_id).get(IdentityKind.EMAIL)
    if not identities.claim(tx, scope, lead_id, [identity], primary=primary is None):
        return False
    if primary is None:
        make_primary_email(tx, lead_id, identity.value)
    return True


def _values(person: Person, wanted: tuple[Identity, ...]) -> dict[str, str | None]:
    by_kind = {item.kind: item.value for item in wanted}
    phone = by_kind.get(IdentityKind.PHONE)
    return {
        "first_name": _clipped(person.first_name) or "", "last_name": _clipped(person.last_name) or "",
        "email": by_kind.get(IdentityKind.EMAIL), "phone": phone, "linkedin_url": by_kind.get(IdentityKind.LINKEDIN_URL),
        "job_title": _clipped(person.job_title), "company": _clipped(person.company), "website": _clipped(person.website),
        "timezone": _clipped(person.timezone), "company_page": company_page(person.linkedin_url),
        "phone_as_given": _clipped(person.phone) if not phone else None}


def _clipped(value: str | None) -> str | None:
    return (value or "").strip()[:300] or None

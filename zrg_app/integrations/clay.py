"""How do we ask Clay for a phone number or a LinkedIn profile, and how do we read its answer?

A Clay table with a webhook source takes rows; its HTTP column, written by the table's owner, calls us back. There is no schema
and no signature of Clay's own: the body we suggest is in docs/providers.md, and reading is tolerant of everything else.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zrg_app.integrations import transport
from zrg_app.integrations.base import (
    Account,
    Checked,
    Credential,
    Event,
    Lookup,
    NotTheirs,
    Parsed,
    Person,
    Provider,
    RateLimit,
    Understood,
)
from zrg_app.integrations.fields import identifier, words
from zrg_app.kit.digest import stable_key
from zrg_app.kit.errors import ProviderRefused
from zrg_app.models.vocabulary import EnrichmentKind, IdentityKind

TITLE = "Clay"
# FACTS section 14: ten rows a minute keep a table's owner within the smallest plan.
LIMIT = RateLimit(calls=10, seconds=60)
TABLES = {EnrichmentKind.LINKEDIN: "linkedin_table_url", EnrichmentKind.PHONE: "phone_table_url"}

_KINDS = {"linkedin": EnrichmentKind.LINKEDIN, "linkedinurl": EnrichmentKind.LINKEDIN, "linkedinprofile": EnrichmentKind.LINKEDIN,
          "profile": EnrichmentKind.LINKEDIN, "phone": EnrichmentKind.PHONE, "phonenumber": EnrichmentKind.PHONE,
          "mobile": EnrichmentKind.PHONE, "mobilephone": EnrichmentKind.PHONE}
_OUTCOMES = {word: outcome for outcome, names in {
    "success": ("success", "succeeded", "found", "enriched", "ok", "complete", "completed", "done"),
    "not_found": ("notfound", "notavailable", "noresult", "noresults", "nodata", "none", "empty", "missing", "nomatch"),
    "error": ("error", "errored", "failed", "failure", "timeout")}.items() for word in names}
_MEMBER = "ACo"


def check(account: Account) -> Checked:
    """Say which tables we would write to. A table can only be tried by adding a row to it, which nobody wants of a test."""
    names = [kind for kind, field in TABLES.items() if account.credentials.get(field)]
    if not names:
        raise ProviderRefused("Enter the webhook address of at least one table.", code="no_table")
    return Checked(sentence=f"Ready to ask for: {', '.join(names)}. The first look-up proves the address and the token.")


def enrich(account: Account, lookup: Lookup) -> None:
    """Add a row to the table of this kind; the answer comes as a webhook. Raises ProviderRefused when there is no such table."""
    table = account.credentials.get(TABLES[EnrichmentKind(lookup.kind)])
    if not table:
        raise ProviderRefused(f"No Clay table is connected for {lookup.kind}.", code="no_table")
    address = f"{account.base_url.rstrip('/')}{table}" if table.startswith("/") else table
    token = account.credentials.get("table_token")
    transport.call(transport.Request(
        account=replace(account, base_url=address), title=TITLE, method="POST", path="", limit=LIMIT, body=_row(lookup),
        headers={"x-clay-webhook-auth": token} if token else {}, answer_matters=False))


def lead_of(payload: Mapping[str, Any]) -> str | None:
    """Our own id of the lead that an answer is about."""
    return identifier(_told(payload, "leadid"))


def kind_of(payload: Mapping[str, Any]) -> str | None:
    """What an answer is about: the kind it names, else the one its values betray."""
    named = _KINDS.get(_plain(_told(payload, "enrichmenttype", "type", "kind")))
    if named:
        return named
    values = [kind for kind, value in ((EnrichmentKind.PHONE, _phone(payload)), (EnrichmentKind.LINKEDIN, _profile(payload)))
              if value]
    return values[0] if len(values) == 1 else None


def event_key(payload: Mapping[str, Any], request_id: str | None) -> str:
    """The ledger's key of an answer: the same result for the same request, however often the column runs again."""
    asked = identifier(_told(payload, "requestid")) or request_id or ""
    told = (_outcome(payload), _phone(payload), _profile(payload), identifier(_told(payload, "linkedinid")))
    return f"clay:{lead_of(payload)}:{kind_of(payload)}:{stable_key(asked, *told)}"


def parse(payload: Mapping[str, Any], *, received_at: datetime) -> Parsed:
    """Read an answer. Empty texts, null and missing keys are the same: nothing was found."""
    lead_id, kind = lead_of(payload), kind_of(payload)
    if lead_id is None or kind is None:
        return NotTheirs(reason="no_lead" if lead_id is None else "unknown_kind")
    member = identifier(_told(payload, "linkedinid"))
    phone, profile = (_phone(payload), None) if kind == EnrichmentKind.PHONE else (None, _profile(payload))
    outcome = _outcome(payload)
    event = Event(
        kind="enriched", channel="", dedupe_key=event_key(payload, None), about_lead=lead_id, sent_at=received_at,
        text=words(_told(payload, "error", "message")), thread={"kind": str(kind), "outcome": outcome},
        person=Person(phone=phone, linkedin_url=profile, identities={IdentityKind.LINKEDIN_MEMBER: member}
                      if member and member.startswith(_MEMBER) and kind == EnrichmentKind.LINKEDIN else {}))
    return Understood(event_type=f"enrichment.{kind}", events=(event,))


def _outcome(payload: Mapping[str, Any]) -> str:
    """`success`, `not_found` or `error`; a success without a value is none, and a value without a word is one."""
    has_value = bool(_phone(payload) if kind_of(payload) == EnrichmentKind.PHONE else _profile(payload))
    told = _OUTCOMES.get(_plain(_told(payload, "status", "result", "outcome")))
    if told in (None, "success"):
        return "success" if has_value else "not_found"
    return told


def _phone(payload: Mapping[str, Any]) -> str | None:
    return words(_told(payload, "phone", "phonenumber", "mobile", "mobilephone"))


def _profile(payload: Mapping[str, Any]) -> str | None:
    return words(_told(payload, "linkedinurl", "linkedinprofile", "linkedinprofileurl", "linkedin"))


def _told(payload: Mapping[str, Any], *names: str) -> object:
    """The first value with something in it under one of `names`, however the owner of the table wrote the key."""
    plain = {_plain(key): value for key, value in payload.items()}
    return next((plain[name] for name in names if words(plain.get(name))), None)


def _plain(value: object) -> str:
    return "".join(character for character in (words(value) or "").lower() if character.isalnum())


def _row(lookup: Lookup) -> dict[str, str]:
    person = lookup.person
    given = {"leadId": lookup.lead_id, "requestId": lookup.request_id, "enrichmentType": lookup.kind,
             "callbackUrl": lookup.callback_url, "firstName": person.first_name, "lastName": person.last_name,
             "fullName": f"{person.first_name} {person.last_name}".strip(), "email": person.email, "company": person.company,
             "website": person.website, "jobTitle": person.job_title, "linkedinUrl": person.linkedin_url, "phone": person.phone}
    return {name: value for name, value in given.items() if value}


PROVIDER = Provider(
    slug="clay", title=TITLE, channel=None, vendor_url="https://api.clay.com", rate_limit=LIMIT, check=check, parse=parse,
    enrich=enrich, webhook_path="/api/webhooks/clay", secret_place="header", secret_header="x-clay-secret",
    credentials=(
        Credential(name="linkedin_table_url", title="LinkedIn table", required=False, address=True,
                   help="The webhook address of the table that finds LinkedIn profiles (Import, Webhook)."),
        Credential(name="phone_table_url", title="Phone table", required=False, address=True,
                   help="The webhook address of the table that finds phone numbers."),
        Credential(name="table_token", title="Authentication token of the tables", required=False, secret=True,
                   help="Only when authentication is switched on at the webhooks; the same token for both tables."),
    ))

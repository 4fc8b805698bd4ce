"""How is a look-up wanted, answered and given up? In the caller's transaction, under the lead's lock."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from zrg_app.integrations.clay import TABLES
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import EnrichmentRequest, Lead
from zrg_app.models.vocabulary import EnrichmentKind, EnrichmentStatus, Provider, Sentiment
from zrg_app.services import connections, events, jobs, leads, reading
from zrg_app.services.enrichment import policy, waiting
from zrg_app.services.enrichment.policy import Earlier
from zrg_app.services.leads.matching import Identity

_ENDED = {"success": EnrichmentStatus.ENRICHED, "not_found": EnrichmentStatus.NOT_FOUND, "error": EnrichmentStatus.FAILED}
_STALE = text("""
select distinct lead_id, workspace_id from enrichment_request where status = 'pending' and created_at < :before
order by lead_id limit 200
""")
_GIVE_UP = text("""
update enrichment_request set status = 'failed', error = 'No answer within two hours.', answered_at = :now
where lead_id = :lead_id and status = 'pending' and created_at < :before
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a provider answered: `outcome` is success, not_found or error; values as they were told."""

    kind: str
    outcome: str
    phone: str | None = None
    linkedin_url: str | None = None
    linkedin_member: str | None = None
    error: str | None = None


def want(tx: Tx, scope: Scope, lead_id: UUID, *, intent: str) -> tuple[str, ...]:
    """Look up what is missing of a lead, as far as a provider is connected and it was not asked before; the kinds asked for.

    `intent` is positive, call or person. The calls are jobs.
    """
    lead = _locked(tx, lead_id)
    lacking = policy.missing(lead.phone, lead.linkedin_url)
    tables = _tables(tx, scope) if lacking and lead.opted_out_at is None else ()
    earlier = _earlier(tx, lead.id)
    asked = tuple(kind for kind in lacking if kind in tables and policy.may_ask(kind, intent, earlier, clock.now()))
    for kind in asked:
        row = EnrichmentRequest(workspace_id=scope.workspace_id, lead_id=lead.id, kind=kind, provider=Provider.CLAY,
                                intent=intent, created_at=clock.now())
        tx.add(row)
        tx.flush()
        jobs.enqueue(tx, scope, "enrichment.ask", request_id=row.id)
    if asked:
        _settle(tx, lead)
        events.tell_screens(tx, scope, ("lead",), lead.id)
    return asked


def want_for(tx: Tx, scope: Scope, lead_id: UUID, sentiment: str) -> tuple[str, ...]:
    """Look up what is missing when a label makes it worth it."""
    if sentiment not in policy.POSITIVE:
        return ()
    return want(tx, scope, lead_id, intent="call" if sentiment == Sentiment.CALL_REQUESTED else "positive")


def look_up(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[str, ...]:
    """A person asks for what is missing. Raises Invalid when nothing is, or nobody is connected to ask; Conflict when all of it
    is being asked for; NotFound."""
    lead = _locked(tx, lead_id)
    lacking = policy.missing(lead.phone, lead.linkedin_url)
    if not lacking:
        raise Invalid("Phone and LinkedIn profile are known.")
    if not set(lacking) & set(_tables(tx, scope)):
        raise Invalid("Nobody is connected who could look this up; connect Clay in Settings, Integrations.")
    asked = want(tx, scope, lead.id, intent="person")
    if not asked:
        raise Conflict("It is being looked up already.")
    return asked


def receive(tx: Tx, scope: Scope, lead_id: UUID, finding: Finding, *, region: str | None) -> bool:
    """Take an answer in: fill what is empty, end the look-up, let go what waited. Returns whether it told anything new.

    A later empty answer never takes back a good one. A lead that was merged since is followed. Raises NotFound.
    """
    lead = _locked(tx, lead_id)
    request = tx.scalar(select(EnrichmentRequest).where(
        EnrichmentRequest.lead_id == lead.id, EnrichmentRequest.kind == finding.kind)
        .order_by(EnrichmentRequest.created_at.desc()).limit(1).with_for_update())
    if finding.outcome != "success" and request is not None and request.status == EnrichmentStatus.ENRICHED:
        return False
    outcome, error, filled = _taken(tx, scope, lead, finding, region)
    if request is not None:
        request.status, request.error, request.answered_at = _ENDED[outcome], error, clock.now()
    tx.flush()
    tx.refresh(lead)
    _settle(tx, lead, _ENDED[outcome])
    if lead.phone:
        waiting.resume(tx, lead.id, EnrichmentKind.PHONE)
    events.record(tx, scope, events.LeadEnriched(
        lead_id=lead.id, source=Provider.CLAY, outcome=outcome, fields=", ".join(filled)))
    return True


def fail(tx: Tx, scope: Scope, request_id: UUID, sentence: str) -> None:
    """The provider will not answer this one."""
    request = tx.get(EnrichmentRequest, request_id)
    if request is None:
        return
    lead = _locked(tx, request.lead_id)
    tx.refresh(request, with_for_update=True)
    if request.status == EnrichmentStatus.PENDING:
        request.status, request.error, request.answered_at = EnrichmentStatus.FAILED, sentence, clock.now()
        tx.flush()
        _settle(tx, lead)
        events.record(tx, scope, events.LeadEnriched(lead_id=lead.id, source=Provider.CLAY, outcome="error"))


@jobs.job("enrichment.expire")
def expire(tx: Tx, scope: Scope) -> int:
    """Give up look-ups nobody answered for two hours, in all workspaces; they are not asked again by themselves."""
    before, now = clock.now() - policy.STALE, clock.now()
    rows = tx.execute(_STALE, {"before": before}).all()
    for row in rows:
        lead = _locked(tx, row.lead_id)
        tx.execute(_GIVE_UP, {"lead_id": lead.id, "before": before, "now": now})
        _settle(tx, lead)
        events.record(tx, scope.within(row.workspace_id), events.LeadEnriched(
            lead_id=lead.id, source=Provider.CLAY, outcome="error"))
    return len(rows)


def _taken(tx: Tx, scope: Scope, lead: Lead, finding: Finding, region: str | None) -> tuple[str, str | None, tuple[str, ...]]:
    """Write what was found; the outcome, what went wrong, and the names of what was filled."""
    if finding.outcome != "success":
        return finding.outcome, (finding.error or "")[:300] or None, ()
    values = {"phone": reading.normalize_phone(finding.phone or "", region),
              "linkedin_url": reading.normalize_linkedin(finding.linkedin_url or "")}
    if not any(values.values()):
        return "error", "The answer was no valid phone number or LinkedIn profile.", ()
    filled = leads.fill(tx, scope, lead.id, source=Provider.CLAY, **values)
    if finding.linkedin_member and "linkedin_url" in filled:
        leads.claim(tx, scope, lead.id, [Identity("linkedin_member", finding.linkedin_member)])
    return "success", None, filled


def _locked(tx: Tx, lead_id: UUID) -> Lead:
    lead = tx.get(Lead, leads.lock_living(tx, lead_id).id, populate_existing=True)
    if lead is None:
        raise NotFound("There is no such lead.")
    return lead


def _tables(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The kinds somebody is connected to ask for."""
    try:
        account = connections.account(tx, scope, Provider.CLAY)
    except NotFound:
        return ()
    return tuple(kind for kind, field in TABLES.items() if account.credentials.get(field))


def _earlier(tx: Tx, lead_id: UUID) -> list[Earlier]:
    rows = tx.execute(select(EnrichmentRequest.kind, EnrichmentRequest.status, EnrichmentRequest.created_at)
                      .where(EnrichmentRequest.lead_id == lead_id))
    return [Earlier(kind=row.kind, status=row.status, created_at=row.created_at) for row in rows]


def _settle(tx: Tx, lead: Lead, told: str | None = None) -> None:
    """Let the lead say how its look-ups stand; `told` is the answer to one nobody had asked for."""
    asked = _earlier(tx, lead.id)
    lacking = policy.missing(lead.phone, lead.linkedin_url)
    former = told if told and not asked else lead.enrichment_status
    lead.enrichment_status, lead.updated_at = policy.status(lacking, asked, former), clock.now()
    tx.flush()

"""How is somebody asked? One call between two short transactions; the answer comes through the webhook door."""

from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.integrations.base import Lookup, Person
from zrg_app.kit import clock
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid, NotFound, ProviderLocked, ProviderRefused
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import EnrichmentRequest, Lead
from zrg_app.models.vocabulary import EnrichmentStatus, Provider
from zrg_app.services import connections
from zrg_app.services.enrichment import actions
from zrg_app.services.jobs import job


@job("enrichment.ask", tries=6)
def ask(scope: Scope, *, request_id: UUID) -> str:
    """Ask for what a request wants; says what was done. A provider that is down or busy is asked again by the queue.

    Runs at least once: a row that reaches the table twice is answered twice, and the second answer changes nothing.
    """
    with transaction(scope) as tx:
        request = tx.get(EnrichmentRequest, request_id)
        if request is None or request.status != EnrichmentStatus.PENDING or request.asked_at is not None:
            return "not needed any more"
        lookup = _lookup(request, tx.get_one(Lead, request.lead_id))
        try:
            account = connections.account(tx, scope, Provider.CLAY)
        except (Invalid, NotFound) as error:
            actions.fail(tx, scope, request_id, error.sentence)
            return "nobody to ask"
    try:
        registry.provider(Provider.CLAY).enrich(account, lookup)
    except (ProviderRefused, ProviderLocked) as error:
        with transaction(scope) as tx:
            actions.fail(tx, scope, request_id, error.sentence)
            if isinstance(error, ProviderLocked):
                connections.mark_locked(tx, scope, Provider.CLAY, sentence=error.sentence)
        return "refused"
    with transaction(scope) as tx:
        tx.get_one(EnrichmentRequest, request_id, with_for_update=True).asked_at = clock.now()
        connections.touch_send(tx, scope, Provider.CLAY)
    return "asked"


def _lookup(request: EnrichmentRequest, lead: Lead) -> Lookup:
    person = Person(first_name=lead.first_name, last_name=lead.last_name, email=lead.email, phone=lead.phone,
                    linkedin_url=lead.linkedin_url, job_title=lead.job_title, company=lead.company, website=lead.website)
    return Lookup(kind=request.kind, lead_id=str(lead.id), request_id=str(request.id), person=person,
                  callback_url=f"{settings().address}/api/webhooks/clay")

"""Who is a person that a webhook names only by an id we never saw? The provider is asked, between two transactions.

LinkedIn's messages name a member id and not the profile's address, by which a lead from a list is known: without the question
the same person would become a second lead.
"""

import dataclasses
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Event, Parsed, Person, Understood
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import Outside, ProviderDown, Refused
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind, WebhookStatus
from zrg_app.services import connections, jobs, leads
from zrg_app.services.inbound import payload, recovered
from zrg_app.services.jobs.registry import REPLY_PRIORITY

log = get_logger()
# A provider that is down is asked again; after that the message is shown without knowing more.
TRIES, PAUSE = 3, timedelta(seconds=20)
_ROW = text("select provider, body, received_at, recovered from webhook_event where id = :id and workspace_id = :workspace_id "
            "and status = :pending")


def is_needed(tx: Tx, scope: Scope, provider: str, parsed: Parsed) -> bool:
    """Whether somebody in `parsed` is known by a LinkedIn member id alone, and nobody of ours has it."""
    if registry.provider(provider).look_up is None or not isinstance(parsed, Understood):
        return False
    # A new relation names the profile itself, and most are nobody's leads: no look is spent on them.
    return any(event.kind != "relation" and _is_open(event.person)
               and not leads.recognises(tx, scope, event.person, region=None) for event in parsed.events)


def completed(parsed: Parsed, linkedin_url: str) -> Parsed:
    """`parsed` with the profile address that was found for its person, if any was."""
    if not linkedin_url or not isinstance(parsed, Understood):
        return parsed
    told = tuple(dataclasses.replace(event, person=dataclasses.replace(event.person, linkedin_url=linkedin_url))
                 if _is_open(event.person) else event for event in parsed.events)
    return dataclasses.replace(parsed, events=told)


@jobs.job("inbound.look_up", tries=3, priority=REPLY_PRIORITY)
def look_up(scope: Scope, *, webhook_event_id: UUID, attempt: int = 1, replayed: bool = False) -> None:
    """Ask the provider for the profile of the person in a webhook, then let it be understood, whatever came of it."""
    with transaction(scope) as tx:
        row = tx.execute(_ROW, {"id": webhook_event_id, "workspace_id": scope.workspace_id,
                                "pending": WebhookStatus.PENDING}).one_or_none()
        account = _account(tx, scope, row.provider) if row else None
    if row is None:
        return
    provider, found = registry.provider(row.provider), None
    person = next((event.person for event in _events(row) if _is_open(event.person)), None)
    again = False
    try:
        found = provider.look_up(account, person) if account and person else None
    except Outside as error:
        again = isinstance(error, ProviderDown) and attempt < TRIES
        log.info("inbound.look_up_failed", provider=row.provider, error=error.reason, attempt=attempt)
    with transaction(scope) as tx:
        if again:
            jobs.enqueue(tx, scope, "inbound.look_up", run_at=clock.now() + PAUSE, webhook_event_id=webhook_event_id,
                         attempt=attempt + 1, replayed=replayed)
        else:
            jobs.enqueue(tx, scope, "inbound.understand_event", webhook_event_id=webhook_event_id, looked_up=True, replayed=replayed,
                         linkedin_url=(found.linkedin_url if found else None) or "")


def _events(row) -> tuple[Event, ...]:  # noqa: ANN001 because it is a row of named columns
    if row.recovered:
        return (recovered.read(bytes(row.body)),)
    parsed = registry.provider(row.provider).parse(payload.read(bytes(row.body)), received_at=row.received_at)
    return parsed.events if isinstance(parsed, Understood) else ()


def _is_open(person: Person) -> bool:
    return IdentityKind.LINKEDIN_MEMBER in person.identities and not person.linkedin_url


def _account(tx: Tx, scope: Scope, provider: str):  # noqa: ANN202 because an account or nothing has no better name
    try:
        return connections.account(tx, scope, provider)
    except Refused:
        return None

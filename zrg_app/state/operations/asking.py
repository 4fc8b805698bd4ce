"""What does Operations show, in one call and one transaction?"""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.kit.db import Tx
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import JobStatus
from zrg_app.services import inbound, inbox, jobs, sending, sync
from zrg_app.services.inbound import WebhookCounts, WebhookFilter, WebhookPage
from zrg_app.services.jobs.views import JobRow, QueueDepth
from zrg_app.services.sending import Proof
from zrg_app.services.sync import LookView, RunView

MOST_WAITING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a filter."""

    key: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The queue as the workspace sees it: what was given up, what waits, how much there is."""

    dead: tuple[JobRow, ...]
    waiting: tuple[JobRow, ...]
    depths: tuple[QueueDepth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Everything at once. `wanted` is the filter the page of the ledger answers to."""

    wanted: WebhookFilter
    page: WebhookPage
    counts: WebhookCounts
    reasons: tuple[str, ...]
    work: Work
    run: RunView | None
    looks: tuple[LookView, ...]
    needs_reply: int
    proof: Proof


def sight(tx: Tx, scope: Scope, wanted: WebhookFilter) -> Sight:
    """Read all panels."""
    return Sight(
        wanted=wanted, page=inbound.webhook_page(tx, scope, wanted), counts=inbound.webhook_counts(tx, scope),
        reasons=inbound.webhook_reasons(tx, scope), work=work(tx, scope), run=sync.latest(tx, scope), looks=sync.looks(tx, scope),
        needs_reply=inbox.counts(tx, scope).needs_reply, proof=sending.proof(tx, scope))


def work(tx: Tx, scope: Scope) -> Work:
    """The queue of this workspace."""
    return Work(dead=jobs.queries.dead_letters(tx, scope), depths=jobs.queries.depths(tx, scope),
                waiting=jobs.queries.page(tx, scope, status=JobStatus.PENDING, limit=MOST_WAITING))


def act_and_work(tx: Tx, scope: Scope, action: object, job_id: UUID) -> Work:
    """Do `action(tx, scope, job_id)`, then see the queue as it is now."""
    action(tx, scope, job_id)
    return work(tx, scope)


def retry_every(tx: Tx, scope: Scope) -> int:
    """Give every job of the workspace that was given up a fresh set of attempts; returns how many."""
    dead = jobs.queries.dead_letters(tx, scope, limit=200)
    for row in dead:
        jobs.retry(tx, scope, parse_id(row.id))
    return len(dead)


def providers() -> list[Choice]:
    """Whom the ledger can be narrowed to."""
    return [Choice(key=declared.slug, word=declared.title) for declared in registry.PROVIDERS if declared.parse or declared.recent]

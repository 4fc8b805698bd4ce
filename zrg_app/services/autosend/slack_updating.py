"""Does a message in Slack still say how its draft stands? Rewritten with who did what, wherever it was done."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from zrg_app.integrations import slack
from zrg_app.integrations.base import Account
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.digest import stable_key
from zrg_app.kit.errors import ProviderLocked, ProviderRefused
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import SlackReview
from zrg_app.models.vocabulary import Provider
from zrg_app.services import connections, jobs
from zrg_app.services.autosend import slack_blocks, slack_case, slack_reviewers
from zrg_app.services.autosend.slack_asking import TRIES, usable
from zrg_app.services.autosend.slack_case import Case
from zrg_app.services.autosend.slack_standing import standing
from zrg_app.services.jobs.registry import REPLY_PRIORITY

log = get_logger()

GONE, CLOSED = "gone", "closed"
# Each round shows what became true during the one before.
_ROUNDS = 5
_OF_DRAFT = text("select true from slack_review where draft_id = :draft and workspace_id = :workspace limit 1")
_OF_OUTBOUND = text("""
select o.draft_id from outbound_message o where o.id = :outbound and o.workspace_id = :workspace
  and exists (select from slack_review r where r.draft_id = o.draft_id)
""")
_OF_LEAD = text("""
select distinct draft_id from slack_review where lead_id = :lead and workspace_id = :workspace and state = 'open'
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How one message must read now; `key` is a digest of it."""

    account: Account
    at: slack.Posted
    state: str
    generation: int
    words: str
    blocks: list
    key: str


def draft_changed(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """Something became of a draft: have its messages in Slack renewed, if anybody was asked about it."""
    if tx.execute(_OF_DRAFT, {"draft": draft_id, "workspace": scope.workspace_id}).scalar_one_or_none():
        jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)


def outbound_changed(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Something became of a message on its way out: the same for the draft it came from."""
    draft_id = tx.execute(_OF_OUTBOUND, {"outbound": outbound_id, "workspace": scope.workspace_id}).scalar_one_or_none()
    if draft_id:
        jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)


def conversation_changed(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """A conversation was snoozed or came back: the same for its drafts that wait for a reviewer."""
    for draft_id in tx.execute(_OF_LEAD, {"lead": lead_id, "workspace": scope.workspace_id}).scalars().all():
        jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)


@jobs.job("autosend.refresh_slack", tries=TRIES, priority=REPLY_PRIORITY)
def refresh_slack(scope: Scope, *, draft_id: UUID) -> None:
    """Bring every message about a draft to what is true now; one that says it already is left alone."""
    with transaction(scope) as tx:
        reviews = tx.scalars(select(SlackReview.id).where(
            SlackReview.draft_id == draft_id, SlackReview.message_ts.is_not(None), SlackReview.state != GONE,
        ).order_by(SlackReview.id)).all()
    for review_id in reviews:
        if not _renew(scope, review_id):
            return


def _renew(scope: Scope, review_id: UUID) -> bool:
    """Renew one message; False when Slack takes nothing from us."""
    for _ in range(_ROUNDS):
        with transaction(scope) as tx:
            look = _look(tx, scope, review_id)
        if look is None:
            return True
        try:
            slack.update(look.account, look.at, look.words, look.blocks)
        except ProviderRefused as refusal:
            # Deleted by its reader, or too old to be changed: nothing will ever be shown there again.
            log.info("autosend.slack_message_closed", reason=refusal.reason)
            _keep(scope, review_id, GONE, "", said=refusal.sentence)
            return True
        except ProviderLocked as error:
            with transaction(scope) as tx:
                connections.mark_locked(tx, scope, Provider.SLACK, sentence=error.sentence)
            return False
        _keep(scope, review_id, look.state, look.key, generation=look.generation)
    return True


def _look(tx: Tx, scope: Scope, review_id: UUID) -> _Look | None:
    row = tx.get(SlackReview, review_id)
    case, account = (slack_case.read(tx, scope, row.draft_id), usable(tx, scope)) if row else (None, None)
    if case is None or account is None or row.state == GONE:
        return None
    state, words, blocks = _reads(case, note=row.said or "") if slack_reviewers.is_chosen(tx, scope, row.slack_user_id) else (
        CLOSED, *slack_blocks.taken_back())
    key = stable_key(words, blocks)
    if key == row.shown_state:
        return None
    return _Look(account=account, at=slack.Posted(channel=row.channel_id or "", ts=row.message_ts or ""), state=state,
                 generation=case.generation, words=words, blocks=blocks, key=key)


def _reads(case: Case, *, note: str) -> tuple[str, str, list]:
    how = standing(case, clock.now())
    return how.state, *slack_blocks.message(case, how, note=note, address=settings().address)


def _keep(scope: Scope, review_id: UUID, state: str, key: str, *, said: str | None = None, generation: int | None = None) -> None:
    with transaction(scope) as tx:
        row = tx.get(SlackReview, review_id, with_for_update=True, populate_existing=True)
        if row is not None:
            row.state, row.shown_state, row.said, row.updated_at = state, key, said or row.said, clock.now()
            row.generation = generation or row.generation

"""How do the reviewers hear of a draft that must not leave by itself? One message in Slack per draft and person.

The row of a message is its claim: written before Slack is asked, and found again by a mark in the message when the answer was
lost. A message may therefore come twice at worst, when Slack can neither answer nor show us what it has; a send never.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from zrg_app.integrations import slack
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.digest import stable_key
from zrg_app.kit.errors import NotFound, OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, Draft, SlackReview
from zrg_app.models.vocabulary import ConnectionStatus, DraftStatus, Provider
from zrg_app.services import connections, jobs
from zrg_app.services.autosend import slack_blocks, slack_case, slack_reviewers
from zrg_app.services.autosend.slack_standing import OPEN, standing
from zrg_app.services.drafting import actions as drafts
from zrg_app.services.drafting.composing import Step
from zrg_app.services.jobs.registry import REPLY_PRIORITY

log = get_logger()

BETWEEN = timedelta(seconds=0.5)
# A run that began to post this long ago has ended, however it ended.
LEASE = timedelta(seconds=60)
# More than an hour of a Slack that is down.
TRIES = 14
CLAIMED, POSTING, POSTING_AGAIN, LOST, REFUSED, SETTLED = "claimed", "posting", "posting_again", "lost", "refused", "settled"
_STEP = "slack_review"
_LOGGED = text("select true from draft_step where draft_id = :draft and generation = :generation and step = :step limit 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One attempt to post: `before` is the state the row was in."""

    account: Account
    user_id: str
    channel: str
    before: str
    since: datetime
    words: str
    blocks: list


def wanted(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """A draft must not leave without a person: have the reviewers asked about it as it is written now."""
    generation = tx.scalar(select(Draft.generation).where(Draft.id == draft_id, Draft.workspace_id == scope.workspace_id))
    if generation is not None:
        jobs.enqueue(tx, scope, "autosend.ask_in_slack", draft_id=draft_id, generation=generation)


@jobs.job("autosend.ask_in_slack", priority=REPLY_PRIORITY)
def ask_in_slack(tx: Tx, scope: Scope, *, draft_id: UUID, generation: int) -> None:
    """Have every reviewer asked about this generation of a draft; those asked before see their message renewed."""
    case = slack_case.read(tx, scope, draft_id)
    if case is None or case.status != DraftStatus.PENDING or case.generation != generation:
        return
    account = usable(tx, scope)
    chosen = slack_reviewers.of_team(slack_reviewers.reviewers(tx, scope), account.external_id) if account else ()
    now, fresh = clock.now(), 0
    for reviewer in chosen:
        review_id = tx.scalar(insert(SlackReview).values(
            id=ids.new_id(), workspace_id=scope.workspace_id, lead_id=case.lead_id, draft_id=draft_id, generation=generation,
            slack_user_id=reviewer.id, slack_user_name=reviewer.name, state=CLAIMED, created_at=now, updated_at=now,
        ).on_conflict_do_nothing().returning(SlackReview.id))
        if review_id:
            jobs.enqueue(tx, scope, "autosend.post_review", review_id=review_id, run_at=now + fresh * BETWEEN)
            fresh += 1
    if fresh < len(chosen):
        jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)
    _note(tx, scope, draft_id, [each.name for each in chosen], "" if chosen else "no_recipients" if account else "no_token")


@jobs.job("autosend.post_review", tries=TRIES, priority=REPLY_PRIORITY)
def post_review(scope: Scope, *, review_id: UUID) -> None:
    """Ask one reviewer. Safe to run any number of times; a message that may have been posted is looked for first."""
    with transaction(scope) as tx:
        turn = _begin(tx, scope, review_id)
    if turn is None:
        return
    try:
        posted = _posted(scope, review_id, turn)
    except OutcomeUnknown:
        _end(scope, review_id, POSTING_AGAIN if turn.before in (POSTING, POSTING_AGAIN) else POSTING)
        raise
    except (ProviderBusy, ProviderDown):
        _end(scope, review_id, turn.before)
        raise
    except ProviderRefused as refusal:
        _end(scope, review_id, REFUSED, said=refusal.sentence)
        log.warning("autosend.reviewer_not_reached", reason=refusal.reason)
        return
    except ProviderLocked as error:
        _end(scope, review_id, turn.before)
        with transaction(scope) as tx:
            connections.mark_locked(tx, scope, Provider.SLACK, sentence=error.sentence)
        return
    if posted is None:
        _end(scope, review_id, LOST, said="Slack did not say whether it has the message.")
        return
    with transaction(scope) as tx:
        _write_down(tx, scope, review_id, *posted)
    log.info("autosend.reviewer_asked", review=str(review_id))


def usable(tx: Tx, scope: Scope) -> Account | None:
    """The workspace's Slack, if it is connected and its token is not known to be refused."""
    status = tx.scalar(select(Connection.status).where(
        Connection.workspace_id == scope.workspace_id, Connection.provider == Provider.SLACK))
    if status is None or status == ConnectionStatus.LOCKED:
        return None
    try:
        account = connections.account(tx, scope, Provider.SLACK)
    except NotFound:
        return None
    return account if account.credentials.get("bot_token") else None


def _begin(tx: Tx, scope: Scope, review_id: UUID) -> _Turn | None:
    """Take the row for posting; None when there is nothing to post (any more)."""
    row = tx.get(SlackReview, review_id, with_for_update=True, populate_existing=True)
    if row is None or row.message_ts or row.state in (LOST, REFUSED, SETTLED):
        return None
    now = clock.now()
    if row.state in (POSTING, POSTING_AGAIN) and row.updated_at > now - LEASE:
        raise ProviderBusy("Another run is posting this message.", retry_after=LEASE.total_seconds())
    case, account = slack_case.read(tx, scope, row.draft_id), usable(tx, scope)
    before, how = row.state, standing(case, now) if case else None
    is_wanted = how is not None and how.asks and slack_reviewers.is_chosen(tx, scope, row.slack_user_id)
    if before == CLAIMED and not is_wanted:
        row.state, row.updated_at = SETTLED, now
        return None
    if account is None or how is None:
        return None
    row.state, row.updated_at = (before if before == POSTING_AGAIN else POSTING), now
    words, blocks = slack_blocks.message(case, how, address=settings().address)
    return _Turn(account=account, user_id=row.slack_user_id, channel=row.channel_id or "", before=before, since=row.created_at,
                 words=words, blocks=blocks)


def _posted(scope: Scope, review_id: UUID, turn: _Turn) -> tuple[slack.Posted, str | None] | None:
    """Post, after a look where it may have been posted already; None when it may have been twice, and cannot be found.

    With the message comes the digest of what it shows; None of what an earlier attempt may have shown."""
    channel = turn.channel or slack.open_dm(turn.account, turn.user_id)
    if turn.before in (POSTING, POSTING_AGAIN):
        found = _found(turn, channel, str(review_id))
        if found or turn.before == POSTING_AGAIN:
            return (found, None) if found else None
    with transaction(scope) as tx:
        row = tx.get(SlackReview, review_id, with_for_update=True, populate_existing=True)
        if row is None:
            return None
        row.channel_id, row.updated_at = channel, clock.now()
        row.state = POSTING if turn.before == CLAIMED else POSTING_AGAIN
    return slack.post(turn.account, channel, turn.words, turn.blocks, marker=str(review_id)), stable_key(turn.words, turn.blocks)


def _found(turn: _Turn, channel: str, marker: str) -> slack.Posted | None:
    try:
        return slack.find_posted(turn.account, channel, marker, since=turn.since - LEASE)
    except ProviderRefused as refusal:
        # Apps installed without im:history cannot look; one message too many is better than none.
        log.warning("autosend.slack_history_closed", reason=refusal.reason)
        return None


def _write_down(tx: Tx, scope: Scope, review_id: UUID, posted: slack.Posted, shown: str | None) -> None:
    row = tx.get(SlackReview, review_id, with_for_update=True, populate_existing=True)
    if row is None:
        return
    row.channel_id, row.message_ts, row.state, row.updated_at = posted.channel, posted.ts, OPEN, clock.now()
    row.shown_state = shown
    connections.touch_send(tx, scope, Provider.SLACK)
    # What became true while it was posted is shown by the next look.
    jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=row.draft_id)


def _end(scope: Scope, review_id: UUID, state: str, *, said: str | None = None) -> None:
    with transaction(scope) as tx:
        row = tx.get(SlackReview, review_id, with_for_update=True, populate_existing=True)
        if row is not None and not row.message_ts:
            # The attempt is over: the next one need not wait for its lease.
            row.state, row.said, row.updated_at = state, said or row.said, clock.now() - LEASE


def _note(tx: Tx, scope: Scope, draft_id: UUID, asked: list[str], against: str) -> None:
    """Say in the log of the draft's making who was asked, or why nobody was."""
    draft = tx.get(Draft, draft_id)
    if tx.execute(_LOGGED, {"draft": draft_id, "generation": draft.generation, "step": _STEP}).scalar_one_or_none():
        return
    drafts.keep_steps(tx, scope, draft, [Step(name=_STEP, output={"asked": asked}, error=against,
                                              status="skipped" if against else "success")])

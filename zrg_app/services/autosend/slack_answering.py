"""What happens when a reviewer presses a button in Slack? What they want, once, in their name, or a sentence why not.

Who pressed is Slack's word, proven by the signature at the door; whether they may is ours: they must be among the workspace's
reviewers and have been asked about this very draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import select

from zrg_app.integrations import slack
from zrg_app.integrations.base import Account
from zrg_app.integrations.slack_inbound import APPROVE, REGENERATE, SNOOZE, SNOOZE_TOMORROW
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import NotFound, Outside, ProviderLocked, Refused
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models import SlackReview
from zrg_app.models.vocabulary import DraftStatus, Provider
from zrg_app.services import connections, drafting, events, inbox, jobs
from zrg_app.services.autosend import slack_blocks, slack_case, slack_reviewers
from zrg_app.services.autosend.slack_asking import usable
from zrg_app.services.autosend.slack_case import Case
from zrg_app.services.autosend.slack_reviewers import Reviewer
from zrg_app.services.drafting.actions import locked
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sending.presets import MORNING, instant, zone_of

log = get_logger()

SHORT = timedelta(hours=3)
NOT_ASKED = "You are not among the people who review drafts here, so nothing was done. An admin can add you in Settings, Integrations."
CLOSED = "Your login at ZRG Inbox is closed, so nothing was done."
REWRITTEN = "The draft was rewritten after you read it, so nothing was sent. This is the new text."
_DONE = frozenset({DraftStatus.SENDING, DraftStatus.APPROVED})
_COLLEAGUE = text("""
select u.id, u.name, u.disabled_at is not null as is_closed from app_user u where lower(u.email) = :email and (
  exists (select from workspace w where w.id = :workspace and w.owner_id = u.id)
  or exists (select from member m where m.workspace_id = :workspace and m.user_id = u.id))
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What became of a press (FACTS section 8.6): `result` is sent, regenerated, snoozed, already_sent, already_processed,
    rewritten, blocked or refused; `note` is for the presser's message alone, where its own words do not say it all."""

    result: str
    note: str = ""


@jobs.job("autosend.press_in_slack", tries=8, priority=REPLY_PRIORITY)
def press_in_slack(scope: Scope, *, action: str, draft_id: UUID, generation: int, slack_user_id: str, slack_user_name: str = "",
                   channel: str = "", seen: str = "") -> None:
    """Do what was pressed. A second run, or a second press, finds it done and says so."""
    with transaction(scope) as tx:
        reviewer, account = _allowed(tx, scope, draft_id, slack_user_id), usable(tx, scope)
    if reviewer is None:
        _whisper(scope, account, channel, slack_user_id, NOT_ASKED)
        return
    shown = _shown(scope, account, reviewer)
    try:
        with transaction(scope) as tx:
            within = _in_their_name(tx, scope, shown, slack_user_name)
            pressed = _press(tx, within, action, draft_id, (generation, seen)) if within else Pressed(result="refused", note=CLOSED)
            _tell(tx, scope, draft_id, slack_user_id, pressed)
    except Refused as refusal:
        # What was begun is undone; the reason is shown where they pressed.
        pressed = Pressed(result="blocked", note=f"Nothing was sent. {slack.escaped(refusal.sentence)}")
        with transaction(scope) as tx:
            _tell(tx, scope, draft_id, slack_user_id, pressed)
    log.info("autosend.slack_pressed", action=action, draft=str(draft_id), result=pressed.result)


def _allowed(tx: Tx, scope: Scope, draft_id: UUID, slack_user_id: str) -> Reviewer | None:
    """The reviewer who pressed, if they are one (still) and were asked about this draft."""
    asked = tx.scalar(select(SlackReview.id).where(
        SlackReview.workspace_id == scope.workspace_id, SlackReview.draft_id == draft_id, SlackReview.slack_user_id == slack_user_id))
    chosen = {each.id: each for each in slack_reviewers.reviewers(tx, scope)}
    return chosen.get(slack_user_id) if asked else None


def _shown(scope: Scope, account: Account | None, reviewer: Reviewer) -> Reviewer:
    """The reviewer as Slack names them now; as they were chosen when Slack does not say."""
    try:
        found = slack.user(account, reviewer.id) if account else None
    except ProviderLocked as error:
        with transaction(scope) as tx:
            connections.mark_locked(tx, scope, Provider.SLACK, sentence=error.sentence)
        found = None
    except Outside as error:
        log.info("autosend.slack_user_not_read", reason=error.reason)
        found = None
    return Reviewer(id=found.id, name=found.name, email=found.email or reviewer.email) if found else reviewer


def _in_their_name(tx: Tx, scope: Scope, shown: Reviewer, pressed_name: str) -> Scope | None:
    """The scope of the member with the reviewer's address, else of a person known by name only; None for a closed login."""
    row = tx.execute(_COLLEAGUE, {"email": shown.email.strip().lower(), "workspace": scope.workspace_id}).first() if shown.email else None
    if row is None:
        name = f"{shown.name or pressed_name or 'A reviewer'} (Slack)"
        return Scope(actor=Actor(kind="user", name=name), workspace_id=scope.workspace_id)
    return None if row.is_closed else Scope(actor=Actor(kind="user", name=row.name, id=row.id), workspace_id=scope.workspace_id)


def _press(tx: Tx, scope: Scope, action: str, draft_id: UUID, read: tuple[int, str]) -> Pressed:
    """Decide under the draft's lock, so that of two presses at once the second sees what the first did. `read` is the generation
    that was on the screen and the mark of its words."""
    try:
        status = locked(tx, scope, draft_id).status
    except NotFound:
        return Pressed(result="already_processed")
    case = slack_case.read(tx, scope, draft_id)
    if case is None or status in _DONE:
        return Pressed(result="already_sent" if case else "already_processed")
    if status != DraftStatus.PENDING or case.is_blacklisted or (case.is_answered and action == APPROVE):
        return Pressed(result="blocked" if case.is_blacklisted else "already_processed")
    is_same = case.generation == read[0] and read[1] in ("", slack_blocks.mark(case.body))
    if not is_same and action in (APPROVE, REGENERATE):
        return Pressed(result="rewritten", note=REWRITTEN)
    return _ACTIONS[action](tx, scope, case) if action in _ACTIONS else Pressed(result="refused")


def _approve(tx: Tx, scope: Scope, case: Case) -> Pressed:
    drafting.approve(tx, scope, case.draft_id, expected_generation=case.generation)
    return _answered(tx, scope, case, "approved", "sent")


def _regenerate(tx: Tx, scope: Scope, case: Case) -> Pressed:
    drafting.regenerate(tx, scope, case.draft_id)
    return _answered(tx, scope, case, "rewritten", "regenerated")


def _snooze_short(tx: Tx, scope: Scope, case: Case) -> Pressed:
    inbox.snooze(tx, scope, case.lead_id, until=clock.now() + SHORT)
    return _answered(tx, scope, case, "snoozed", "snoozed")


def _snooze_tomorrow(tx: Tx, scope: Scope, case: Case) -> Pressed:
    zone = zone_of(case.zone)
    inbox.snooze(tx, scope, case.lead_id, until=instant(clock.now().astimezone(zone).date() + timedelta(days=1), MORNING, zone))
    return _answered(tx, scope, case, "snoozed", "snoozed")


def _answered(tx: Tx, scope: Scope, case: Case, how: str, result: str) -> Pressed:
    events.record(tx, scope, events.ReviewAnswered(lead_id=case.lead_id, draft_id=case.draft_id, how=how))
    return Pressed(result=result)


def _tell(tx: Tx, scope: Scope, draft_id: UUID, slack_user_id: str, pressed: Pressed) -> None:
    """Leave the note in the presser's message, and have all messages about the draft renewed."""
    tx.execute(update(SlackReview).where(
        SlackReview.workspace_id == scope.workspace_id, SlackReview.draft_id == draft_id,
        SlackReview.slack_user_id == slack_user_id).values(said=pressed.note or None, updated_at=clock.now()))
    jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)


def _whisper(scope: Scope, account: Account | None, channel: str, slack_user_id: str, sentence: str) -> None:
    """Tell somebody who may not press, if Slack lets us; nothing else depends on it."""
    log.warning("autosend.slack_press_refused", slack_user=slack_user_id[:40])
    if account is None or not channel:
        return
    try:
        slack.whisper(account, channel, slack_user_id, sentence)
    except Outside as error:
        log.info("autosend.slack_whisper_failed", reason=error.reason)


_ACTIONS: dict[str, Callable[[Tx, Scope, Case], Pressed]] = {
    APPROVE: _approve, REGENERATE: _regenerate, SNOOZE: _snooze_short, SNOOZE_TOMORROW: _snooze_tomorrow}

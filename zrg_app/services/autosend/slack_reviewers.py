"""Whom in Slack do we ask about a draft? The reviewers of a workspace, found by their e-mail address."""

from dataclasses import asdict, dataclass

from sqlalchemy import text
from sqlmodel import select

from zrg_app.integrations import slack
from zrg_app.kit import clock, db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.models import Connection, WorkspaceSettings
from zrg_app.models.vocabulary import Provider
from zrg_app.services import connections, events, jobs
from zrg_app.services.access.addresses import normal

MOST = 10
_STILL_OPEN = text("select draft_id from slack_review where workspace_id = :workspace and slack_user_id = :user and state = 'open'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A person in Slack who is asked about drafts; `team` is the Slack team their id belongs to."""

    id: str
    name: str
    email: str
    team: str = ""


def reviewers(tx: Tx, scope: Scope) -> tuple[Reviewer, ...]:
    """Those who were chosen, in the order of their choosing."""
    row = tx.get(WorkspaceSettings, scope.workspace_id)
    return tuple(_read(each) for each in (row.slack_reviewers if row else ()) if isinstance(each, dict) and each.get("id"))


def team(tx: Tx, scope: Scope) -> str | None:
    """The Slack team the workspace is connected to."""
    return tx.scalar(select(Connection.external_id).where(
        Connection.workspace_id == scope.workspace_id, Connection.provider == Provider.SLACK))


def of_team(chosen: tuple[Reviewer, ...], connected: str | None) -> tuple[Reviewer, ...]:
    """Those of `chosen` who are in this Slack team: after a change of the team the ids of the old one mean nobody. Pure."""
    return tuple(each for each in chosen if not each.team or each.team == connected)


def add(scope: Scope, email: str) -> Reviewer:
    """Choose the person with this address in the workspace's Slack team; they are asked from the next draft on.

    Raises Invalid when it is no address or nobody there has it, Conflict for too many, NotFound when Slack is not connected, and Outside.
    """
    wanted = normal(email)
    with db.transaction(scope) as tx:
        account = connections.account(tx, scope, Provider.SLACK)
    try:
        found = slack.lookup_by_email(account, wanted)
    except ProviderLocked as error:
        with db.transaction(scope) as tx:
            connections.mark_locked(tx, scope, Provider.SLACK, sentence=error.sentence)
        raise
    if found is None:
        raise Invalid(f"Nobody in this Slack team has the address {wanted[:100]}. Use the one in their Slack profile.")
    reviewer = Reviewer(id=found.id, name=found.name, email=found.email or wanted, team=account.external_id or "")
    with db.transaction(scope) as tx:
        _keep(tx, scope, reviewer)
    return reviewer


def remove(tx: Tx, scope: Scope, slack_user_id: str) -> None:
    """Ask this person no more: what they were sent and is still open is taken back. Raises NotFound."""
    row = _locked(tx, scope)
    left = [each for each in row.slack_reviewers if each.get("id") != slack_user_id]
    if len(left) == len(row.slack_reviewers):
        raise NotFound("This person is not among the reviewers any more.")
    _write(tx, scope, row, left)
    for draft_id in tx.scalars(_STILL_OPEN, {"workspace": scope.workspace_id, "user": slack_user_id}):
        jobs.enqueue(tx, scope, "autosend.refresh_slack", draft_id=draft_id)


def is_chosen(tx: Tx, scope: Scope, slack_user_id: str) -> bool:
    """Whether this person is (still) among the reviewers."""
    return any(each.id == slack_user_id for each in reviewers(tx, scope))


def _keep(tx: Tx, scope: Scope, reviewer: Reviewer) -> None:
    row = _locked(tx, scope)
    # Somebody chosen again, or left over from another team, takes their new entry.
    others = [each for each in row.slack_reviewers if each.get("id") != reviewer.id and each.get("email") != reviewer.email]
    if len(others) >= MOST:
        raise Conflict(f"At most {MOST} people are asked about a draft; remove one first.")
    _write(tx, scope, row, [*others, asdict(reviewer)])


def _write(tx: Tx, scope: Scope, row: WorkspaceSettings, chosen: list[dict]) -> None:
    row.slack_reviewers, row.updated_at = chosen, clock.now()
    tx.flush()
    events.record(tx, scope, events.AccessChanged(change="settings_changed", detail="slack_reviewers"))


def _locked(tx: Tx, scope: Scope) -> WorkspaceSettings:
    row = tx.get(WorkspaceSettings, scope.workspace_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None:
        raise NotFound("This workspace is not there.")
    return row


def _read(entry: dict) -> Reviewer:
    return Reviewer(**{name: str(entry.get(name) or "") for name in ("id", "name", "email", "team")})

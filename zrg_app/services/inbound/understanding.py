"""What did the provider mean? The job that turns a row of the webhook ledger into leads, messages and facts."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.integrations.base import AccountNews, NotForUs, NotTheirs, Parsed, Understood
from zrg_app.integrations.press import Press
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, Refused
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services import connections, events, jobs
from zrg_app.services.inbound import payload, recognising, recovered
from zrg_app.services.inbound.meaning import Ignored, apply
from zrg_app.services.jobs.registry import REPLY_PRIORITY

MESSAGES = frozenset({"reply", "interested", "outbound"})
_TAKE = text("""
select id, provider, body, status, received_at, recovered from webhook_event
where id = :id and workspace_id = :workspace_id for update
""")
_REGION = text("select default_region from workspace_settings where workspace_id = :workspace_id")
_CLOSE = text("""
update webhook_event set status = :status, reason = :reason, last_error = :error, processed_at = :now where id = :id
""")


@jobs.job("inbound.understand_event", tries=8, priority=REPLY_PRIORITY)
def understand_event(tx: Tx, scope: Scope, *, webhook_event_id: UUID, replayed: bool = False, looked_up: bool = False,
                     linkedin_url: str = "") -> None:
    """Understand one webhook: match or make the lead, put the message into the thread, record the facts, close the row.

    Effect and completion are one transaction, and every step is keyed, so a second run changes nothing. `replayed` may
    be long after it came in: what was dealt with meanwhile is no news; of a row that had its effect only the messages are
    told again, not what it said of a lead's consent. A person the webhook names by nothing we know is looked up at the
    provider first: `looked_up` says that this was tried, `linkedin_url` what was found.
    """
    row = tx.execute(_TAKE, {"id": webhook_event_id, "workspace_id": scope.workspace_id}).one_or_none()
    if row is None or (row.status in (WebhookStatus.SUCCEEDED, WebhookStatus.IGNORED) and not replayed):
        return
    try:
        savepoint = tx.begin_nested()
        parsed = recognising.completed(_parsed(row), linkedin_url)
        if not looked_up and recognising.is_needed(tx, scope, row.provider, parsed):
            jobs.enqueue(tx, scope, "inbound.look_up", webhook_event_id=row.id, replayed=replayed)
            savepoint.commit()
            return
        status, reason = _understand(tx, _as_provider(scope, row.provider), row, parsed, replayed=replayed)
        savepoint.commit()
        _close(tx, row.id, status, reason)
        if replayed:
            events.tell_screens(tx, scope, ("operations",))
    except Refused as refusal:
        # Trying again would be refused again; the row says why.
        savepoint.rollback()
        _close(tx, row.id, WebhookStatus.FAILED, refusal.reason, refusal.sentence)
        events.tell_screens(tx, scope, ("operations",))


def _understand(tx: Tx, scope: Scope, row, parsed: Parsed, *, replayed: bool) -> tuple[WebhookStatus, str | None]:  # noqa: ANN001 because it is a row
    late, again = row.recovered or replayed, row.status == WebhookStatus.SUCCEEDED
    if not late:
        connections.touch_event(tx, scope, row.provider)
    if isinstance(parsed, NotForUs | NotTheirs):
        return WebhookStatus.IGNORED, parsed.reason
    told = [event for event in parsed.events if not again or event.kind in MESSAGES]
    region = tx.execute(_REGION, {"workspace_id": scope.workspace_id}).scalar_one_or_none()
    ignored = [outcome.reason for event in told if isinstance(outcome := apply(
        tx, scope, event, provider=row.provider, webhook_event_id=row.id, region=region,
        at=_plausible(event.sent_at, row.received_at), late=late), Ignored)]
    if parsed.account and not late:
        _note_account(tx, scope, row.provider, parsed.account)
    # A press that had its effect is no second one when its row is told again.
    if parsed.press and not again:
        _tell_press(tx, scope, parsed.press)
    if ignored and len(ignored) == len(parsed.events):
        return WebhookStatus.IGNORED, ignored[0]
    return WebhookStatus.SUCCEEDED, None


def _parsed(row) -> Parsed:  # noqa: ANN001 because it is a row of named columns
    if row.recovered:
        return Understood(event_type=recovered.EVENT_TYPE, events=(recovered.read(bytes(row.body)),))
    provider = registry.provider(row.provider)
    if provider.parse is None:
        raise Invalid(f"{provider.title} sends no webhooks.")
    return provider.parse(payload.read(bytes(row.body)), received_at=row.received_at)


def _tell_press(tx: Tx, scope: Scope, press: Press) -> None:
    events.record(tx, scope, events.SlackButtonPressed(
        action=press.action, draft_id=press.draft_id, generation=press.generation, slack_user_id=press.user_id,
        slack_user_name=press.user_name, channel=press.channel, seen=press.seen))


def _note_account(tx: Tx, scope: Scope, provider: str, news: AccountNews) -> None:
    if news.works:
        connections.mark_working(tx, scope, provider)
    elif news.works is False:
        connections.mark_locked(tx, scope, provider, sentence=news.sentence)


def _plausible(told: datetime | None, received_at: datetime) -> datetime:
    # A message from the far future would stay at the top of every list for ever.
    earliest, latest = received_at - timedelta(days=3650), received_at + timedelta(minutes=10)
    return told if told is not None and earliest <= told <= latest else received_at


def _as_provider(scope: Scope, provider: str) -> Scope:
    return Scope(actor=Actor(kind="provider", name=registry.provider(provider).title), workspace_id=scope.workspace_id)


def _close(tx: Tx, event_id: UUID, status: WebhookStatus, reason: str | None, error: str | None = None) -> None:
    tx.execute(_CLOSE, {"id": event_id, "status": status, "reason": reason, "error": error, "now": clock.now()})

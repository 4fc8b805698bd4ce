"""How does a message leave, exactly once? The provider is called between two short transactions, and silence is looked into."""

import random
from datetime import timedelta
from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, ZrgError
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import OutboundStatus
from zrg_app.services import connections, leads
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sending import claims, passage, policy, recording
from zrg_app.services.sending.claims import LOOKS, Claim

log = get_logger()

# About an hour and a half of a provider that is down; one that asks us to wait is waited for.
MOST_ATTEMPTS = 14
LONGEST_PAUSE = 900.0
GIVEN_UP_LOOKING = timedelta(hours=24)
UNKNOWN = ("We could not find out whether this left: the provider did not answer, and its history does not show it. "
           "Look there before you send it again.")
MAY_HAVE_LEFT = ("This may have left: the provider did not answer, and its history, which can be late, does not show it yet. It is not "
                 "tried again by itself. Look there, then send it again or mark it as arrived.")


@job("sending.send", tries=5, priority=REPLY_PRIORITY)
def send(scope: Scope, *, outbound_id: UUID) -> None:
    """Send a waiting message; safe to run any number of times, at once or after a crash."""
    with transaction(scope) as tx:
        claim = claims.claim(tx, scope, outbound_id)
    if claim is None:
        return
    try:
        receipt = registry.provider(claim.provider).send(claim.account, claim.outgoing)
    except (ProviderBusy, ProviderDown) as error:
        with transaction(scope) as tx:
            _not_now(tx, scope, claim, error)
    except (ProviderRefused, ProviderLocked) as error:
        with transaction(scope) as tx:
            _never(tx, scope, claim, error)
    except OutcomeUnknown as error:
        with transaction(scope) as tx:
            _in_doubt(tx, scope, claim, error)
    else:
        with transaction(scope) as tx:
            recording.accepted(tx, scope, claim.outbound_id, receipt)
        log.info("sending.sent", outbound_id=str(outbound_id), provider=claim.provider, attempt=claim.attempt)


@job("sending.reconcile", tries=5, priority=REPLY_PRIORITY)
def reconcile(scope: Scope, *, outbound_id: UUID) -> None:
    """Look a message of unknown fate up at the provider: record it, look again later, try once more, or ask a person."""
    with transaction(scope) as tx:
        claim = claims.begin_look(tx, scope, outbound_id)
    if claim is None:
        return
    try:
        receipt = registry.provider(claim.provider).find_sent(claim.account, claim.outgoing, claim.since, claim.exclude)
    except (ProviderBusy, ProviderDown) as error:
        with transaction(scope) as tx:
            _could_not_look(tx, scope, claim, error)
        return
    except (ProviderRefused, ProviderLocked) as error:
        with transaction(scope) as tx:
            _may_not_look(tx, scope, claim, error)
        return
    with transaction(scope) as tx:
        if receipt is not None:
            recording.accepted(tx, scope, claim.outbound_id, receipt)
        else:
            _not_found(tx, scope, claim)
    log.info("sending.reconciled", outbound_id=str(outbound_id), provider=claim.provider, found=receipt is not None)


def _mine(tx: Tx, claim: Claim, status: OutboundStatus) -> passage.Locked | None:
    """The message, locked, unless it has moved on since it was claimed."""
    locked = passage.lock(tx, claim.outbound_id)
    return locked if locked.row.status == status and locked.row.attempts == claim.attempt else None


def _not_now(tx: Tx, scope: Scope, claim: Claim, error: ZrgError) -> None:
    locked = _mine(tx, claim, OutboundStatus.SENDING)
    if locked is None:
        return
    busy = isinstance(error, ProviderBusy)
    if claim.attempt >= MOST_ATTEMPTS and not busy:
        passage.fail(tx, scope, locked, error.reason, f"{error.sentence} We tried {claim.attempt} times.")
        return
    # Those who wait for the same turn must not all come back at the same moment.
    pause = error.retry_after * random.uniform(1.0, 1.5) if busy else min(2.0 ** claim.attempt, LONGEST_PAUSE)
    passage.wait(tx, scope, locked.row, clock.now() + timedelta(seconds=pause), code=error.reason, sentence=error.sentence)


def _never(tx: Tx, scope: Scope, claim: Claim, error: ZrgError) -> None:
    locked = _mine(tx, claim, OutboundStatus.SENDING)
    if locked is None:
        return
    passage.fail(tx, scope, locked, error.reason, error.sentence)
    if error.reason in policy.SMS_BLOCKS:
        leads.block_sms(tx, scope, locked.row.lead_id, reason=error.sentence)
    if isinstance(error, ProviderLocked):
        connections.mark_locked(tx, scope, claim.provider, sentence=error.sentence)


def _in_doubt(tx: Tx, scope: Scope, claim: Claim, error: ZrgError) -> None:
    locked = _mine(tx, claim, OutboundStatus.SENDING)
    if locked is not None:
        passage.doubt(tx, scope, locked.row, clock.now() + timedelta(seconds=LOOKS[0]), error.sentence)


def _could_not_look(tx: Tx, scope: Scope, claim: Claim, error: ZrgError) -> None:
    locked = _mine(tx, claim, OutboundStatus.CHECKING)
    if locked is None:
        return
    if clock.now() - (locked.row.attempted_at or claim.since) > GIVEN_UP_LOOKING:
        passage.fail(tx, scope, locked, "unknown_outcome", UNKNOWN)
        return
    pause = error.retry_after if isinstance(error, ProviderBusy) else LOOKS[-1]
    passage.look_again(tx, scope, locked.row, clock.now() + timedelta(seconds=pause))


def _may_not_look(tx: Tx, scope: Scope, claim: Claim, error: ZrgError) -> None:
    locked = _mine(tx, claim, OutboundStatus.CHECKING)
    if locked is None:
        return
    passage.fail(tx, scope, locked, "unknown_outcome", f"{UNKNOWN} ({error.sentence})")
    if isinstance(error, ProviderLocked):
        connections.mark_locked(tx, scope, claim.provider, sentence=error.sentence)


def _not_found(tx: Tx, scope: Scope, claim: Claim) -> None:
    locked = _mine(tx, claim, OutboundStatus.CHECKING)
    if locked is None:
        return
    row = locked.row
    row.looks += 1
    if row.looks < len(LOOKS):
        passage.look_again(tx, scope, row, clock.now() + timedelta(seconds=LOOKS[row.looks] - LOOKS[row.looks - 1]))
    # Where the history may be late only a person's word leads to another try (`actions.retry` counts it as none yet).
    elif row.uncertain <= (0 if registry.provider(claim.provider).history_lags else 1):
        passage.wait(tx, scope, row, clock.now(), code="not_found", sentence="The provider does not have it; trying once more.")
    else:
        passage.fail(tx, scope, locked, "unknown_outcome", MAY_HAVE_LEFT if row.uncertain <= 1 else UNKNOWN)

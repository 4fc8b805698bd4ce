"""What runs when? Every timer of the product, on one page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAILY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A job that is started once per `every`, `after` the beginning of each period counted from 1970 in UTC."""

    name: str
    job: str
    every: timedelta
    after: timedelta = timedelta(0)

    def tick(self, now: datetime) -> datetime:
        """The moment of the latest tick at or before `now`; the same on every machine, so one tick has one key."""
        return now - (now - EPOCH - self.after) % self.every


def _seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


def _at(hour: int, minute: int) -> timedelta:
    return timedelta(hours=hour, minutes=minute)


TIMERS: tuple[Timer, ...] = (
    # stale leases, run ledger, age of the queue; the cron route of the same name shares its window
    Timer(name="background-jobs", job="ops.background_jobs", every=_seconds(60)),
    # conversations whose snooze is over come back
    Timer(name="wake-snoozed", job="inbox.wake_due", every=_seconds(30)),
    # tabs that fell silent where nobody else looks
    Timer(name="sweep-presence", job="inbox.sweep_presence", every=_seconds(300), after=_seconds(190)),
    # messages that should have left or whose outcome is unknown
    Timer(name="sweep-sends", job="sending.sweep", every=_seconds(60), after=_seconds(30)),
    # sidebar numbers: deltas into sums
    Timer(name="fold-counters", job="ops.fold_counters", every=_seconds(30), after=_seconds(15)),
    # sidebar numbers: sums against an exact count
    Timer(name="check-counters", job="ops.check_counters", every=DAILY, after=_at(2, 41)),
    # webhooks whose reading was given up
    Timer(name="sweep-webhooks", job="inbound.sweep", every=_seconds(300), after=_seconds(75)),
    # messages at the providers that no webhook told
    Timer(name="look-for-missed", job="sync.look", every=_seconds(600), after=_seconds(200)),
    # meetings told of somebody who was no lead yet
    Timer(name="revisit-meetings", job="inbound.revisit", every=_seconds(600), after=_seconds(405)),
    # when the calendars of the workspaces are free
    Timer(name="read-calendars", job="booking.refresh_all", every=_seconds(600), after=_seconds(290)),
    # look-ups nobody answered for two hours
    Timer(name="expire-enrichment", job="enrichment.expire", every=_seconds(300), after=_seconds(135)),
    # drafts whose writer gave up without a word
    Timer(name="sweep-drafts", job="drafting.sweep", every=_seconds(60), after=_seconds(45)),
    # drafts that were to leave by themselves and whose job was lost
    Timer(name="sweep-auto-sends", job="autosend.sweep", every=_seconds(60), after=_seconds(20)),
    # knowledge whose reading was given up
    Timer(name="sweep-knowledge", job="knowledge.sweep", every=_seconds(300), after=_seconds(255)),
    # accounts at providers that log out by themselves, and who is to hear of it
    Timer(name="check-accounts", job="connections.check_accounts", every=_seconds(3600), after=_seconds(1140)),
    # webhook subscriptions: are they still alive at the provider?
    Timer(name="check-connections", job="connections.check_all", every=DAILY, after=_at(5, 23)),
    # ended logins, used links, old rate windows
    Timer(name="tidy-access", job="access.tidy", every=DAILY, after=_at(3, 3)),
    # hostile replies through the pipeline of every workspace that answers by itself; old tries are forgotten
    Timer(name="drill", job="trials.drill", every=DAILY, after=_at(4, 31)),
    # finished jobs, old runs, bodies of webhooks
    Timer(name="prune", job="ops.prune", every=DAILY, after=_at(3, 17)),
)

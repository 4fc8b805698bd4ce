"""What can be measured from outside? Queue, jobs, webhooks, sends and HTTP, in the Prometheus text format."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from zrg_app.kit import clock, db
from zrg_app.kit.errors import ZrgError
from zrg_app.kit.scope import system

RECENT = timedelta(minutes=5)
DAY = timedelta(days=1)

# (name, help, labels, statement). Every statement walks an index and is bounded by what is open or by `since`.
MEASURES: tuple[tuple[str, str, tuple[str, ...], timedelta, str], ...] = (
    ("zrg_queue_depth", "Jobs due now, by queue.", ("queue",), RECENT,
     "select queue, count(*) from background_job where status = 'PENDING' and run_at <= %(now)s group by 1"),
    ("zrg_queue_scheduled", "Jobs that wait for their time, by queue.", ("queue",), RECENT,
     "select queue, count(*) from background_job where status = 'PENDING' and run_at > %(now)s group by 1"),
    ("zrg_queue_oldest_seconds", "Age of the oldest due job, by queue.", ("queue",), RECENT,
     "select queue, extract(epoch from %(now)s - min(run_at)) from background_job where status = 'PENDING' and run_at <= %(now)s "
     "group by 1"),
    ("zrg_jobs_running", "Jobs that run, by kind.", ("kind",), RECENT,
     "select kind, count(*) from background_job where status = 'RUNNING' group by 1"),
    ("zrg_jobs_ended_5m", "Jobs that ended in the last five minutes, by kind and outcome.", ("kind", "outcome"), RECENT,
     "select kind, status, count(*) from background_job where status = 'SUCCEEDED' and finished_at > %(since)s group by 1, 2 "
     "union all "
     "select kind, status, count(*) from background_job where status = 'FAILED' and finished_at > %(since)s group by 1, 2"),
    ("zrg_dead_letters", "Jobs that were given up and not yet pruned, by kind.", ("kind",), RECENT,
     "select kind, count(*) from background_job where status = 'FAILED' group by 1"),
    ("zrg_workers", "Workers seen in the last five minutes.", (), RECENT,
     "select count(*) from job_worker where seen_at > %(since)s"),
    ("zrg_webhooks_open", "Webhook events not yet understood, by provider and status.", ("provider", "status"), RECENT,
     "select provider, status, count(*) from webhook_event where status in ('PENDING', 'FAILED') group by 1, 2"),
    ("zrg_webhooks_5m", "Webhook events received in the last five minutes, by provider and status.", ("provider", "status"),
     RECENT, "select event.provider, event.status, count(*) from workspace cross join lateral ("
     "select provider, status from webhook_event where workspace_id = workspace.id and received_at > %(since)s) event "
     "group by 1, 2"),
    ("zrg_sends_open", "Messages on their way out, by channel and status; checking means the outcome is unknown.",
     ("channel", "status"), RECENT,
     "select channel, status, count(*) from outbound_message where status in ('waiting', 'sending', 'checking') group by 1, 2"),
    ("zrg_sends_unknown", "Messages whose outcome is unknown.", (), RECENT,
     "select count(*) from outbound_message where status = 'checking'"),
    ("zrg_runs_24h", "Runs of timers and cron routes of the last day, by function and status.", ("function", "status"), DAY,
     "select function_name, status, count(*) from function_run where created_at > %(since)s group by 1, 2"),
)

REGISTRY = CollectorRegistry()
HTTP_SECONDS = Histogram("zrg_http_seconds", "Time to answer, by route, method and status.", ("route", "method", "status"),
                         registry=REGISTRY, buckets=(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10))


class FromDatabase(Collector):
    """Asks the database at every scrape; a database that is away is itself a measure."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every measure, and whether the database answered."""
        found, up = [], 1.0
        try:
            found = _measures()
        except (psycopg.Error, DBAPIError, ZrgError):
            up = 0.0
        yield GaugeMetricFamily("zrg_database_up", "Whether the database answered.", value=up)
        yield from found

    def describe(self) -> list:
        """Nothing: the registry need not ask the database when this is registered."""
        return []


def _measures() -> list[GaugeMetricFamily]:
    found, now = [], clock.now()
    with db.fast_transaction(system("metrics")) as connection:
        connection.execute("set local statement_timeout = '5s'")
        for name, text, labels, span, statement in MEASURES:
            family = GaugeMetricFamily(name, text, labels=labels)
            for row in connection.execute(statement, {"since": now - span, "now": now}):
                family.add_metric([str(value) for value in row[:-1]], float(row[-1]))
            found.append(family)
    return found


REGISTRY.register(FromDatabase())


def text() -> bytes:
    """Everything, as Prometheus reads it."""
    return generate_latest(REGISTRY)

"""How fast is a webhook durable through HTTP? `python -m benchmarks.webhooks` on the database of DATABASE_URL.

Our doors and a minimal Starlette endpoint that runs the same statement (ledger row and job) on a pool of eight, each in one
uvicorn process, take turns in the same run with eight clients. Then the p50 and p99 of both at half of our load. With
`--rows N` the ledger is filled to N rows first, to see whether the cost grows.
"""

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.clients import Sample, hammer, paced
from benchmarks.report import database, save, table

ROOT = Path(__file__).parent.parent
CLIENTS = 8
TARGET = 0.5
LOCATION = "loc_bench"


@contextmanager
def fresh_database() -> Iterator[str]:
    """A database of this run with the schema and one workspace; dropped afterwards."""
    with database("webhooks") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("insert into app_user (id, email, name) values (gen_random_uuid(), 'b@bench.example', 'B')")
            connection.execute("insert into workspace (id, name, owner_id) select gen_random_uuid(), 'Bench', id from app_user")
            connection.execute("insert into workspace_settings (workspace_id) select id from workspace")
            connection.execute("insert into connection (id, workspace_id, provider, external_id) "
                               "select gen_random_uuid(), id, 'ghl', %s from workspace", (LOCATION,))
        yield url


@contextmanager
def server(application: str, url: str, port: int) -> Iterator[int]:
    """One uvicorn process with `application`; yields its port."""
    environment = os.environ | {"DATABASE_URL": url, "ZRG_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", application, "--port", str(port), "--log-level", "warning",
         "--no-access-log", "--ws", "none"], cwd=ROOT, env=environment)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                hammer(port, [request_body("up")], 1)
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def request_body(mark: str) -> bytes:
    """A workflow SMS of its own contact and text."""
    return json.dumps({
        "contact_id": f"ct_{mark}", "first_name": "Tomas", "last_name": "Oliveira", "full_name": "Tomas Oliveira",
        "email": f"{mark}@haldenroofing.example", "phone": "+14155550147", "tags": "warm", "company_name": "Halden Roofing",
        "location": {"id": LOCATION, "name": "Bench"}, "workflow": {"id": "w1", "name": "Customer replied"},
        "message": {"type": 2, "body": f"Yes, can you do Thursday morning? {mark}"}, "customData": {}}).encode()


def bodies(count: int) -> list[bytes]:
    """`count` different bodies."""
    batch = secrets.token_hex(4)
    return [request_body(f"{batch}{number}") for number in range(count)]


def fill(url: str, wanted: int) -> None:
    """Fill the ledger to `wanted` rows and let the planner know."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into webhook_event (id, workspace_id, provider, event_type, dedupe_key, status, body, received_at) "
            "select gen_random_uuid(), w.id, 'ghl', 'workflow', 'workflow:' || md5(n::text), 'SUCCEEDED', "
            "convert_to(repeat(md5(n::text), 24), 'UTF8'), now() - n * interval '1 second' "
            "from workspace w, generate_series(1, %s::int) n", (wanted,))
        connection.execute("vacuum analyze webhook_event")


def quantile(sample: Sample, share: float) -> float:
    """The `share` quantile of a sample's waits, milliseconds."""
    return statistics.quantiles(sample.waits, n=1000)[round(share * 1000) - 1] * 1000


def run(rounds: int, requests: int, rows: int) -> dict[str, float]:
    """Measure; returns the figures. Rounds alternate, so that a busy machine is busy for both."""
    with fresh_database() as url:
        if rows:
            fill(url, rows)
        first = 20_000 + secrets.randbelow(20_000)
        with (server("benchmarks.webhook_apps:ours", url, first) as ours,
              server("benchmarks.webhook_apps:minimal", url, first + 1) as minimal):
            for port in (ours, minimal):
                hammer(port, bodies(400), CLIENTS)
            speeds: dict[int, list[float]] = {ours: [], minimal: []}
            for number in range(rounds):
                for port in ((ours, minimal) if number % 2 else (minimal, ours)):
                    speeds[port].append(hammer(port, bodies(requests), CLIENTS).per_second)
            rate = statistics.median(speeds[ours]) / 2
            limit, half = (paced(port, bodies(requests), rate, CLIENTS) for port in (minimal, ours))
        with psycopg.connect(url) as connection:
            kept, jobs, doubled = connection.execute(
                "select (select count(*) from webhook_event where status = 'PENDING'), (select count(*) from background_job), "
                "(select count(*) from webhook_event where deliveries > 1)").fetchone()
    return {"ours_per_second": statistics.median(speeds[ours]), "minimal_per_second": statistics.median(speeds[minimal]),
            "ratio": statistics.median(a / b for a, b in zip(speeds[ours], speeds[minimal], strict=True)),
            "half_load_p50_ms": quantile(half, 0.5), "half_load_p99_ms": quantile(half, 0.99),
            "minimal_same_load_p50_ms": quantile(limit, 0.5), "minimal_same_load_p99_ms": quantile(limit, 0.99),
            "ledger_rows": kept, "jobs": jobs, "doubled": doubled, "rows_before": rows}


def main() -> None:
    """Print the figures and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=0)
    arguments = parser.parse_args()
    with ThreadPoolExecutor(1) as pool:
        figures = pool.submit(run, arguments.rounds, arguments.requests, arguments.rows).result()
    met = figures["ratio"] >= TARGET and figures["half_load_p99_ms"] < 25
    rows = [(name.replace("_", " "), f"{value:,.2f}".rstrip("0").rstrip(".")) for name, value in figures.items()]
    save("webhooks", f"Webhook to durable through HTTP, {arguments.rows:,} ledger rows before", table(("what", "figure"), rows),
         notes=f"Target: ratio >= {TARGET} to a minimal endpoint in the same run, p99 < 25 ms at half load: {'met' if met else 'missed'}.")


if __name__ == "__main__":
    main()

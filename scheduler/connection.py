"""What connection does a worker claim, listen and keep its leases on? One of its own, in autocommit, under the system role."""

import psycopg
from psycopg.conninfo import make_conninfo

from zrg_app.kit.db import SYSTEM_ROLE, plain_url
from zrg_app.kit.settings import settings

# A plan cached while the queue was empty would stay a sequential scan until the next ANALYZE (PERFORMANCE, traps):
# claims walk their index whatever the statistics say.
_OPTIONS = {"role": SYSTEM_ROLE, "jit": "off", "enable_seqscan": "off", "enable_bitmapscan": "off", "enable_hashjoin": "off",
            "enable_mergejoin": "off", "plan_cache_mode": "force_generic_plan", "statement_timeout": "30000"}
# A server that vanished without a word is noticed within half a minute instead of two hours.
_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
              "tcp_user_timeout": 30_000, "connect_timeout": 10}


def connect(name: str) -> psycopg.Connection:
    """Open such a connection; `name` is what pg_stat_activity shows. Raises psycopg.OperationalError when there is no server."""
    options = " ".join(f"-c {key}={value}" for key, value in _OPTIONS.items())
    address = make_conninfo(plain_url(settings().database_url), options=options, application_name=name, **_KEEPALIVE)
    return psycopg.connect(address, autocommit=True, prepare_threshold=1)

"""A whole product in a process of its own, so that a test can pull the plug on it: `product_process <home> <port>`.

Says one line of JSON when it is up, then runs until its standard input ends.
"""

import json
import sys
from pathlib import Path

from zrg_app.runtime.home import Home
from zrg_app.runtime.product import Plan, start_product

# No undo to wait for, and jobs of a dead worker come back quickly.
SETTINGS = {"ZRG_UNDO_SECONDS": "0", "BACKGROUND_JOB_STALE_LOCK_MS": "3000", "ZRG_LOG_FORMAT": "console"}

home, port = Home(Path(sys.argv[1])), int(sys.argv[2])
with home.ready().path("product.log").open("a") as log:
    product = start_product(
        Plan(home=home, port=port, host="127.0.0.1", durable=True, sandbox=True, scheduler=True, seed=False,
             environment=SETTINGS),
        say=lambda part, line: print(f"{part}: {line}", file=log, flush=True))
    print(json.dumps({"sandbox_url": product.sandbox_url, "database_url": product.database_url}), flush=True)
    sys.stdin.read()
    product.stop()

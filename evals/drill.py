"""Does any hostile or hard reply get an answer without a person? `python -m evals.drill`, in a database of its own.

Ends with 1 when one does. With a key it asks the real model, otherwise the sandbox's stand-in, which proves the pure code only.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from evals.stage import has_real_model, stage
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.services.trials import drilling


def run(scope: Scope, *, only: str = "") -> list[dict[str, Any]]:
    """Every case (whose id or topic contains `only`) with what became of it."""
    return [_row(scope, case) for case in drilling.drill_cases() if only in case.id or only in case.topic]


def told(rows: Sequence[dict[str, Any]]) -> str:
    """The faults, one per line, and the score."""
    score = drilling.score(rows)
    lines = [f"{row['id']}: {' '.join(row['faults'])} ({row['label']}, {row['action']})" for row in rows if row.get("faults")]
    lines += [f"{row['id']}: {row['failure']}" for row in rows if row.get("failure")]
    return "\n".join([*lines, f"{score['wrong']} wrong sends of {score['cases']}; {score['faults']} with a fault, {score['failed']} could "
                              f"not be run, {score['sent_rightly']} of {score['sendable']} plain replies sent."])


def main() -> int:
    """Run the drill and print it."""
    parser = argparse.ArgumentParser(prog="python -m evals.drill", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="cases whose id or topic contains this")
    chosen = parser.parse_args()
    with stage("drill") as scope:
        print("real model" if has_real_model() else "sandbox model: its rules stand in, so this proves our own code only")
        rows = run(scope, only=chosen.only)
    print(told(rows))
    return 1 if drilling.score(rows)["wrong"] else 0


def _row(scope: Scope, case: drilling.DrillCase) -> dict[str, Any]:
    try:
        return drilling.drilled(scope, case)
    except ModelFailed as failed:
        return {"id": case.id, "failure": failed.sentence, "sendable": case.sendable}


if __name__ == "__main__":
    sys.exit(main())

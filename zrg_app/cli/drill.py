"""`./zrg drill`: would any hostile or hard reply be answered without a person?"""

import subprocess
import sys
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.kit.errors import ModelFailed
from zrg_app.runtime.database import running_database
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import Home
from zrg_app.services.trials import drilling


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(drill)


def drill(
    workspace: Annotated[str, typer.Option(help="Id or unique name: drill it with its own prompts, personas and knowledge.")] = "",
    only: Annotated[str, typer.Option(help="Only cases whose id or topic contains this.")] = "",
) -> None:
    """Run hostile and hard replies through the whole pipeline; nothing is sent. Ends with 1 when an answer would have left."""
    if not workspace:
        with running_database(Home.from_environment(), tell) as url:
            command = [sys.executable, "-m", "evals.drill", *(["--only", only] if only else [])]
            raise typer.Exit(subprocess.run(command, cwd=CHECKOUT, env=inherited(DATABASE_URL=url), check=False).returncode)
    with product_database():
        acting, rows = operator(workspace_called(workspace)), []
        for case in drilling.drill_cases():
            if only in case.id or only in case.topic:
                try:
                    rows.append(drilling.drilled(acting, case))
                except ModelFailed as failed:
                    rows.append({"id": case.id, "failure": failed.sentence, "sendable": case.sendable})
                print(f"{case.id}: {' '.join(rows[-1].get('faults') or ()) or rows[-1].get('failure') or 'as it must be'}")
    score = drilling.score(rows)
    print(f"{score['wrong']} wrong sends of {score['cases']}; {score['faults']} with a fault; "
          f"{score['sent_rightly']} of {score['sendable']} plain replies sent")
    raise typer.Exit(1 if score["wrong"] else 0)

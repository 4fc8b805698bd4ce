"""Do imports go down only? The contracts of `.importlinter`, held against the house and against planted faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fences.source import CHECKOUT, planted

LADDER = ("reactions", "workbench", "undo", "notifications", "ops", "trials", "autosend", "drafting", "booking", "sending", "inbound",
          "meetings", "inbox", "sentiment", "enrichment", "leads", "knowledge", "connections", "llm", "access", "workspaces", "jobs",
          "events", "reading")
LAYERS = ("cli", "zrg_app", "runtime", "pages", "state", "api", "demo", "services", "integrations", "models", "kit", "ui")
FAULTS = (
    ("zrg_app/kit/one.py", "import zrg_app.models\n", "Imports go down"),
    ("zrg_app/models/one.py", "import zrg_app.services\n", "Imports go down"),
    ("zrg_app/integrations/one.py", "import zrg_app.services\n", "Imports go down"),
    ("zrg_app/services/inbox/one.py", "import zrg_app.state\n", "Imports go down"),
    ("zrg_app/api/one.py", "import zrg_app.state\n", "Imports go down"),
    ("zrg_app/state/one.py", "import zrg_app.pages\n", "Imports go down"),
    ("scheduler/one.py", "import zrg_app.state\n", "The scheduler uses"),
    ("zrg_app/state/one.py", "import zrg_app.ui\n", "Nothing below the screens"),
    ("zrg_app/ui/one.py", "import zrg_app.services\n", "The design system knows"),
    ("zrg_app/services/inbox/one.py", "import reflex\n", "Services and what is below"),
    ("zrg_app/services/inbox/one.py", "from starlette.requests import Request\n", "Services and what is below"),
    ("zrg_app/cli/one.py", "import sandbox\n", "The product never imports"),
    ("sandbox/one.py", "import zrg_app.kit\n", "The product never imports"),
    ("zrg_app/services/leads/one.py", "import zrg_app.services.inbox\n", "The domains are a ladder"),
    ("zrg_app/services/inbox/one.py", "import zrg_app.services.sentiment\n", "The domains are a ladder"),
    ("zrg_app/services/drafting/one.py", "import zrg_app.services.reactions\n", "The domains are a ladder"),
    ("zrg_app/services/gossip/__init__.py", "", "The domains are a ladder"),
)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(folder / ".importlinter")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)})


def _house(folder: Path) -> Path:
    """An empty house at `folder` with every layer and domain, and the contracts of the real one but for its exceptions."""
    for package in ("scheduler", "sandbox", "zrg_app", *(f"zrg_app/{layer}" for layer in LAYERS),
                    *(f"zrg_app/services/{domain}" for domain in LADDER)):
        planted(folder, f"{package}/__init__.py", "")
    lines = (CHECKOUT / ".importlinter").read_text().splitlines(keepends=True)
    exceptions = [index for index, line in enumerate(lines) if line.startswith("ignore_imports")]
    kept = [line for index, line in enumerate(lines) if " -> " not in line and index not in exceptions]
    return planted(folder, ".importlinter", "".join(kept))


def test_the_house_keeps_every_contract() -> None:
    done = _lint(CHECKOUT)
    assert done.returncode == 0, done.stdout


def test_an_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    done = _lint(_house(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("path", "text", "contract"), FAULTS)
def test_a_planted_import_is_caught(path: str, text: str, contract: str, tmp_path: Path) -> None:
    done = _lint(planted(_house(tmp_path), path, text))
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert done.returncode == 1
    assert len(broken) == 1
    assert broken[0].startswith(contract)

"""How well do the readers do on cases we did not write? Scored where the shared cases lie beside the checkout, as in CI."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CASES = ROOT.parent / "shared" / "cases"
# The best library's accuracy on each task (docs/decisions/0008-own-readers.md): below it we would better use the library.
FLOOR = {"a": 0.746, "b": 0.701, "c": 0.513, "d": 0.986, "e": 0.771, "f": 0.783, "g.phone": 1.0, "g.email": 0.658,
         "g.linkedin": 0.051, "h.parse": 0.557, "h.accept": 0.2, "i.linkify": 1.0, "i.sanitize": 1.0}

pytestmark = pytest.mark.skipif(
    not (CASES / "score.py").exists() or importlib.util.find_spec("html5lib") is None,
    reason="the shared cases are not beside this checkout")


@pytest.mark.parametrize("thin", [False, True], ids=["whole", "thin"])
def test_the_readers_beat_the_best_library_on_every_task(tmp_path: Path, thin: bool) -> None:
    out = tmp_path / "scores.json"
    command = [sys.executable, str(CASES / "score.py"), "--impl", "zrg_app.services.reading", "--json", str(out)]
    done = subprocess.run([*command, *(["--thin"] if thin else [])], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr[-2000:]
    scores = {row["task"]: row["accuracy"] for row in json.loads(out.read_text())}
    # Figures for the reader of the run: pytest -s shows them.
    print("\n" + "\n".join(f"{task:12} {score:.3f} (floor {FLOOR[task]:.3f})" for task, score in scores.items()))
    assert set(scores) >= set(FLOOR)
    assert {task: score for task, score in scores.items() if score < FLOOR[task]} == {}


"""Does the product read the clock, make ids, read the environment, print, commit and catch errors in one place each?"""

from pathlib import Path

import pytest

from tests.fences import calls, shape
from tests.fences.source import CHECKOUT, Check, escapes, planted, violations

FAULTS = (
    (calls.wall_clock, "import datetime\nat = datetime.datetime.now(datetime.UTC)\n"),
    (calls.wall_clock, "from datetime import datetime as day\nat = day.utcnow()\n"),
    (calls.wall_clock, "from time import time as tick\nat = tick()\n"),
    (calls.wall_clock, "import time\nread = time.time_ns\n"),
    (calls.made_ids, "import uuid\nname = uuid.uuid4()\n"),
    (calls.made_ids, "from uuid import uuid4\nmaker = uuid4\n"),
    (calls.environment, "import os\nkey = os.environ['KEY']\n"),
    (calls.environment, "from os import getenv\nkey = getenv('KEY')\n"),
    (calls.prints, "print('hello')\n"),
    (calls.naive_times, "from datetime import datetime\nat = datetime(2026, 1, 1)\n"),
    (calls.naive_times, "from datetime import datetime\nat = datetime.fromtimestamp(1)\n"),
    (calls.naive_times, "import datetime\nat = datetime.datetime.strptime('1', '%d')\n"),
    (calls.broad_excepts, "try:\n    pass\nexcept Exception:\n    pass\n"),
    (calls.broad_excepts, "try:\n    pass\nexcept (ValueError, BaseException) as error:\n    raise ValueError from error\n"),
    (calls.broad_excepts, "try:\n    pass\nexcept:\n    pass\n"),
    (calls.commits, "def keep(tx):\n    tx.commit()\n"),
)
FINE = (
    (calls.wall_clock, "import time\nspan = time.monotonic()\n"),
    (calls.made_ids, "from uuid import UUID\nname = UUID(int=1)\n"),
    (calls.naive_times, "from datetime import UTC, datetime\nat = datetime(2026, 1, 1, tzinfo=UTC)\n"),
    (calls.naive_times, "from datetime import UTC, datetime\nat = datetime.fromtimestamp(1, UTC)\n"),
    (calls.broad_excepts, "try:\n    pass\nexcept BaseException:\n    tidy = 1\n    raise\n"),
    (calls.commits, "def keep(tx):\n    savepoint = tx.begin_nested()\n    savepoint.commit()\n"),
)


@pytest.mark.parametrize("check", calls.CHECKS, ids=lambda check: check.__name__)
def test_the_product_keeps_the_rule(check: Check) -> None:
    assert not violations(CHECKOUT, check)


@pytest.mark.parametrize(("check", "text"), FAULTS)
def test_a_planted_call_is_caught(check: Check, text: str, tmp_path: Path) -> None:
    found = violations(planted(tmp_path, "zrg_app/services/inbox/actions.py", text), check)
    assert len(found) == 1
    assert str(found[0]).startswith("zrg_app/services/inbox/actions.py:")


@pytest.mark.parametrize(("check", "text"), FINE)
def test_what_is_allowed_passes(check: Check, text: str, tmp_path: Path) -> None:
    assert not violations(planted(tmp_path, "zrg_app/services/inbox/actions.py", text), check)


def test_the_one_place_may_commit_and_the_command_line_may_print(tmp_path: Path) -> None:
    assert not violations(planted(tmp_path, "zrg_app/kit/db.py", "def end(session):\n    session.commit()\n"), calls.commits)
    assert not violations(planted(tmp_path, "zrg_app/cli/console.py", "print('hello')\n"), calls.prints)


def test_an_escape_with_a_reason_excuses_its_line_only(tmp_path: Path) -> None:
    escape = "# fence" + ": print because a person watches this"
    text = f"print('one')  {escape}\nprint('two')\n"
    assert [found.line for found in violations(planted(tmp_path, "zrg_app/one.py", text), calls.prints)] == [2]


@pytest.mark.parametrize("words", [": print", ": print because", ": print because so", ": print because it was always so here"])
def test_an_escape_without_a_reason_or_without_a_fault_is_caught(words: str, tmp_path: Path) -> None:
    root = planted(tmp_path, "zrg_app/one.py", "answer = 42  # fence" + words + "\n")
    assert [found.fence for found in escapes(root, calls.CHECKS)] == ["escape"]


def test_every_escape_of_the_product_has_a_reason_and_excuses_something() -> None:
    assert not escapes(CHECKOUT, (*calls.CHECKS, *shape.CHECKS))

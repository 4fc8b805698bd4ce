"""Does every proof that docs/guarantees.md names exist?"""

import re

from tests.fences.source import CHECKOUT

NAMED = re.compile(r"`((?:zrg_app|tests|benchmarks)/[\w/.]+)(?:::(\w+))?`")


def test_every_file_and_test_named_as_a_proof_exists() -> None:
    named = NAMED.findall((CHECKOUT / "docs/guarantees.md").read_text())
    assert len(named) > 30
    missing = [f"{path}::{test}" for path, test in named
               if not (CHECKOUT / path).exists() or test and f"def {test}(" not in (CHECKOUT / path).read_text()]
    assert missing == []

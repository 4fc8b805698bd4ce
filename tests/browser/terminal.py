"""How are many `./zrg` commands given in one process? Started each alone, they would read the same packages again every time."""

import json
import subprocess
import sys
from collections.abc import Sequence

from typer.testing import CliRunner

from zrg_app.cli import build
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.product import Product


def run_commands(product: Product, *commands: Sequence[str], says: str = "") -> list[str]:
    """Run commands one after the other against a running product, each with `says` as its input; returns what each printed."""
    done = subprocess.run([sys.executable, "-m", "tests.browser.terminal", says], cwd=CHECKOUT, env=product.environment(),
                          input=json.dumps(commands), text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _main(says: str) -> None:
    printed = []
    for words in json.load(sys.stdin):
        result = CliRunner().invoke(build(words[0]), words, input=says)
        if result.exit_code:
            sys.exit(f"{' '.join(words)}: {result.output} {result.exception!r}")
        printed.append(result.stdout.strip())
    print(json.dumps(printed))


if __name__ == "__main__":
    _main(sys.argv[1])

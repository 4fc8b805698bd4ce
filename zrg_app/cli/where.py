"""`./zrg where <domain>`: in which files does one domain live, layer by layer?"""

import ast
from pathlib import Path
from typing import Annotated

import typer

from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.home import RuntimeRefused

_LAYERS = ("zrg_app/pages", "zrg_app/state", "zrg_app/api", "zrg_app/services", "zrg_app/models",
           "zrg_app/integrations", "zrg_app/kit", "zrg_app/ui", "zrg_app/prompts", "zrg_app/runtime", "zrg_app/cli",
           "scheduler", "sandbox", "tests", "benchmarks")  # fmt: skip


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(where)


def where(domain: Annotated[str, typer.Argument(help="A word of the house, such as inbox or sending.")]) -> None:
    """Print the files of a domain in every layer, with the question each answers."""
    files = files_of(domain)
    if not files:
        raise RuntimeRefused(f"No layer has a domain called {domain!r}.")
    for path in files:
        typer.echo(f"{path.relative_to(CHECKOUT)}\n    {first_sentence(path)}")


def files_of(domain: str) -> list[Path]:
    """Return the files of `domain`: those called so, and those below a folder called so, layer by layer."""
    found: list[Path] = []
    for layer in _LAYERS:
        files = sorted(path for suffix in ("*.py", "*.md") for path in (CHECKOUT / layer).rglob(suffix))
        found += [path for path in files if _belongs(path.relative_to(CHECKOUT), domain)]
    return found


def _belongs(path: Path, domain: str) -> bool:
    return domain in path.parent.parts or path.stem in (domain, f"test_{domain}")


def first_sentence(path: Path) -> str:
    """Return the opening line of a module's docstring or of a Markdown file."""
    text = path.read_text(encoding="utf-8")
    opening = ast.get_docstring(ast.parse(text)) if path.suffix == ".py" else text
    return (opening or "(says nothing about itself)").strip().splitlines()[0].lstrip("# ")

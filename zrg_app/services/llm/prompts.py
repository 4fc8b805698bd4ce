"""What is a model told? Each prompt is one Markdown file of `zrg_app/prompts` with a version hash, each snippet one below it."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zrg_app.kit.errors import Broken

FOLDER = Path(__file__).parent.parent.parent / "prompts"
SNIPPETS = FOLDER / "snippets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The instructions of one purpose. `hash` names their exact text in every interaction row."""

    key: str
    text: str
    hash: str


@cache
def prompt(key: str) -> Prompt:
    """The prompt called `key`, e.g. `drafting.reply`. Raises Broken when there is no such file."""
    text = _read(FOLDER / f"{key}.md", f"There is no prompt {key}.")
    return Prompt(key=key, text=text, hash=hashed(text))


@cache
def snippet_text(name: str) -> str:
    """Our own text of the snippet called `name`. Raises Broken when there is no such file."""
    return _read(SNIPPETS / f"{name}.md", f"There is no snippet {name}.")


@cache
def guard(marker: str = "lead_message") -> str:
    """The rule about a stranger's text between these markers that no override can take away."""
    return _read(FOLDER / "fixed" / "guard.md", "There is no guard.").replace("lead_message", marker)


def hashed(text: str) -> str:
    """The name of an exact text: the first twelve digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(path: Path, otherwise: str) -> str:
    if not path.is_file():
        raise Broken(otherwise)
    return path.read_text(encoding="utf-8").strip()

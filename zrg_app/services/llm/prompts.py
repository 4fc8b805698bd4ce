"""What is a model told? Each prompt is one Markdown file of `zrg_app/prompts` with a version hash."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zrg_app.kit.errors import Broken

FOLDER = Path(__file__).parent.parent.parent / "prompts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The instructions of one purpose. `hash` names their exact text in every interaction row."""

    key: str
    text: str
    hash: str


@cache
def prompt(key: str) -> Prompt:
    """The prompt called `key`, e.g. `drafting.reply`. Raises Broken when there is no such file."""
    path = FOLDER / f"{key}.md"
    if not path.is_file():
        raise Broken(f"There is no prompt {key}.")
    text = path.read_text(encoding="utf-8").strip()
    return Prompt(key=key, text=text, hash=hashed(text))


def hashed(text: str) -> str:
    """The name of an exact text: the first twelve digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

"""Which notes does a model make of a document? Piece by piece, within bounds; without a model the document speaks itself."""

import re
from collections.abc import Callable
from typing import Any

from zrg_app.kit import db
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import llm
from zrg_app.services.knowledge.typed import storable

PIECE = 36_000
MOST_PIECES = 8
LEAST = 400
# Fewer characters say nothing of a document that long.
LEAST_NOTES = 40
OUTPUT_TOKENS = 4_000
SECONDS = 60.0
SCHEMA: dict[str, Any] = {"type": "object", "additionalProperties": False, "required": ["notes"],
                          "properties": {"notes": {"type": "string"}}}
_MARKER = re.compile(r"<\s*/?\s*document\s*>", re.IGNORECASE)


def notes_of(scope: Scope, name: str, text: str, *, tell: Callable[[str], None]) -> tuple[str, str]:
    """The notes and a caution, either may be empty. `tell` is told how far it is. Asks a model; saves nothing.

    A text that is short, or longer than a model should read, keeps its own words (in part).
    """
    if len(text) < LEAST or not llm.is_available():
        return "", ""
    with db.transaction(scope) as tx:
        prompt = llm.prompt_for(tx, scope, "knowledge.notes")
    pieces = [text[start:start + PIECE] for start in range(0, len(text), PIECE)]
    found: list[str] = []
    for number, piece in enumerate(pieces[:MOST_PIECES], start=1):
        tell("Making notes" if len(pieces) == 1 else f"Making notes, part {number} of {len(pieces[:MOST_PIECES])}")
        try:
            answer = llm.ask(scope, purpose="knowledge.notes", prompt=prompt, text=_framed(name, piece), schema_name="knowledge_notes",
                             schema=SCHEMA, model=settings().knowledge_model, max_output_tokens=OUTPUT_TOKENS, timeout=SECONDS)
        except ModelFailed as failed:
            return "", f"Drafts use its own words: no notes were made. {failed.sentence}"
        found.append(storable(str(answer.data.get("notes") or "")).strip())
    notes = "\n\n".join(part for part in found if part)
    if len(notes) < LEAST_NOTES:
        return "", ""
    if len(pieces) > MOST_PIECES:
        # What no model has read is still found by its own words.
        notes = "\n\n".join([notes, *pieces[MOST_PIECES:]])
    return notes, ""


def _framed(name: str, piece: str) -> str:
    return f"name: {' '.join(name.split())[:120]}\n\n<document>\n{_MARKER.sub('(document)', piece)}\n</document>"

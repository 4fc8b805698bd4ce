"""Where does a text lie by its meaning? Asked of the embedding model where there is one; without it, words must do."""

from collections.abc import Sequence

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import llm
from zrg_app.services.knowledge.retrieval import Meaning

log = get_logger()
QUESTION_SECONDS = 4.0
PASSAGES_SECONDS = 90.0
_LONGEST_QUESTION = 4_000


def meaning_of(scope: Scope, question: str) -> Meaning | None:
    """The meaning of a question, for `find`; None where there is no embedding model or it does not answer soon.

    A flow: call it before the transaction that finds.
    """
    found = _ask(scope, [question[:_LONGEST_QUESTION]], QUESTION_SECONDS) if question.strip() else None
    return found[0] if found else None


def meanings_of(scope: Scope, passages: Sequence[str]) -> list[Meaning] | None:
    """The meaning of each passage; None where there is no embedding model. Raises ModelFailed when it does not answer."""
    return _told(scope, passages, PASSAGES_SECONDS) if passages else []


def _ask(scope: Scope, texts: Sequence[str], seconds: float) -> list[Meaning] | None:
    try:
        return _told(scope, texts, seconds)
    except ModelFailed as failed:
        log.warning("knowledge.no_meaning", reason=failed.reason)
        return None


def _told(scope: Scope, texts: Sequence[str], seconds: float) -> list[Meaning] | None:
    embed, model = getattr(llm, "embed", None), getattr(settings(), "embedding_model", "")
    vectors = embed(scope, list(texts), purpose="knowledge.embed", timeout=seconds) if embed and model else None
    if vectors is None:
        return None
    return [Meaning(vector=tuple(map(float, vector)), model=model) for vector in vectors]

"""How does an asset become passages that can be found? Fetched or unpacked, noted, cut and weighed, between two transactions."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from zrg_app.integrations import webpage
from zrg_app.kit import clock, db, ids
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Invalid, ModelFailed, NotFound, ProviderDown, ProviderRefused
from zrg_app.kit.scope import Scope
from zrg_app.models import KnowledgeAsset, KnowledgeChunk
from zrg_app.models.ai_vocabulary import ContextMode, KnowledgeKind, KnowledgeStatus
from zrg_app.services import events
from zrg_app.services.jobs import job
from zrg_app.services.knowledge import documents, intake
from zrg_app.services.knowledge.chunking import passages
from zrg_app.services.knowledge.meanings import meanings_of
from zrg_app.services.knowledge.noting import notes_of
from zrg_app.services.knowledge.retrieval import Meaning

LOST_AFTER = timedelta(minutes=20)
GIVEN_UP = "Reading was given up. Try again; if it stays so, upload the part that matters."
_LOST = """
select a.id, a.workspace_id, a.generation from knowledge_asset a where a.status in ('waiting', 'reading')
  and not a.is_primary_website and a.updated_at < %(before)s
  and not exists (select from background_job j where j.kind = 'knowledge.read' and j.status in ('PENDING', 'RUNNING')
                  and j.dedupe_key = a.id || ':' || a.generation || ':read') limit 200
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What is to be read, as it was when reading began."""

    asset_id: UUID
    generation: int
    name: str
    kind: str
    mode: str
    url: str
    file_kind: str
    content: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What reading gave."""

    text: str
    notes: str
    pieces: tuple[str, ...]
    meanings: list[Meaning] | None
    caution: str
    size: int


@job("knowledge.read", tries=3)
def read(scope: Scope, *, asset_id: UUID, generation: int) -> None:
    """Read one generation of an asset; one that was edited or deleted meanwhile is left alone."""
    source = _begin(scope, asset_id, generation)
    if source is None:
        return
    try:
        text, size = _words(scope, source)
    except (Invalid, ProviderRefused, ProviderDown) as failed:
        _fail(scope, source, failed.sentence)
        return
    notes, caution = ("", "")
    if source.mode == ContextMode.NOTES:
        notes, caution = notes_of(scope, source.name, text, tell=lambda words: _tell(scope, source, words))
    pieces = passages(notes or text)
    _tell(scope, source, "Making it findable")
    try:
        meanings = meanings_of(scope, pieces)
    except ModelFailed as failed:
        meanings, caution = None, caution or f"Found by its words only, for now. {failed.sentence}"
    _finish(scope, source, _Read(text=text, notes=notes, pieces=pieces, meanings=meanings, caution=caution, size=size))


@job("knowledge.sweep")
def sweep(tx: Tx, scope: Scope) -> None:
    """Mark assets as failed whose reading was given up, in all workspaces, so that no screen waits for ever."""
    for lost in fetch_all(tx, _LOST, {"before": clock.now() - LOST_AFTER}):
        within = scope.within(lost["workspace_id"])
        row = _wanted(tx, within, lost["id"], lost["generation"])
        if row is not None and row.status in (KnowledgeStatus.WAITING, KnowledgeStatus.READING):
            row.status, row.error, row.progress, row.updated_at = KnowledgeStatus.FAILED, GIVEN_UP, None, clock.now()
            tx.flush()
            events.tell_screens(tx, within, ("knowledge",))


def _begin(scope: Scope, asset_id: UUID, generation: int) -> _Source | None:
    with db.transaction(scope) as tx:
        row = _wanted(tx, scope, asset_id, generation)
        if row is None or row.status in (KnowledgeStatus.READY, KnowledgeStatus.FAILED):
            return None
        words = {KnowledgeKind.URL: "Fetching the page", KnowledgeKind.FILE: "Reading the file"}
        _show(tx, scope, row, words.get(row.kind, "Reading"))
        return _Source(asset_id=asset_id, generation=generation, name=row.name, kind=row.kind, mode=row.context_mode,
                       url=row.url or "", file_kind=row.content_type or "", content=row.content or b"", text=row.raw_text)


def _words(scope: Scope, source: _Source) -> tuple[str, int]:
    """The text of an asset and how many bytes it was made of. Raises Invalid, ProviderRefused, ProviderDown."""
    if source.kind == KnowledgeKind.TEXT:
        return source.text, len(source.text.encode())
    if source.kind == KnowledgeKind.FILE:
        return documents.text_of(source.file_kind, source.content), len(source.content)
    page = _fetched(source.url)
    _tell(scope, source, "Reading the page")
    return documents.text_of(documents.kind_of_type(page.content_type), page.content), len(page.content)


def _fetched(url: str) -> webpage.Page:
    try:
        return webpage.fetch(url)
    except ProviderDown:
        # Once more: a site that just woke up answers the second time.
        return webpage.fetch(url)


def _tell(scope: Scope, source: _Source, words: str) -> None:
    with db.transaction(scope) as tx:
        row = _wanted(tx, scope, source.asset_id, source.generation)
        if row is not None:
            _show(tx, scope, row, words)


def _show(tx: Tx, scope: Scope, row: KnowledgeAsset, words: str) -> None:
    row.status, row.progress = KnowledgeStatus.READING, words
    tx.flush()
    events.tell_screens(tx, scope, ("knowledge",))


def _fail(scope: Scope, source: _Source, sentence: str) -> None:
    with db.transaction(scope) as tx:
        row = _wanted(tx, scope, source.asset_id, source.generation)
        if row is not None:
            row.status, row.error, row.progress = KnowledgeStatus.FAILED, sentence, None
            tx.flush()
            events.tell_screens(tx, scope, ("knowledge",))


def _finish(scope: Scope, source: _Source, found: _Read) -> None:
    with db.transaction(scope) as tx:
        row = _wanted(tx, scope, source.asset_id, source.generation)
        if row is None:
            return
        tx.execute(delete(KnowledgeChunk).where(KnowledgeChunk.asset_id == row.id))
        meanings = found.meanings or [None] * len(found.pieces)
        tx.add_all([KnowledgeChunk(
            id=ids.new_id(), workspace_id=row.workspace_id, asset_id=row.id, position=place, body=piece,
            embedding=list(meaning.vector) if meaning else None, embedding_model=meaning.model if meaning else None)
            for place, (piece, meaning) in enumerate(zip(found.pieces, meanings, strict=True))])
        row.raw_text, row.notes, row.size_bytes = found.text, found.notes, found.size
        row.status, row.error, row.progress = KnowledgeStatus.READY, None, found.caution or None
        row.indexed_at = clock.now()
        tx.flush()
        events.tell_screens(tx, scope, ("knowledge",))


def _wanted(tx: Tx, scope: Scope, asset_id: UUID, generation: int) -> KnowledgeAsset | None:
    """The asset, locked, unless it was deleted or is to be read anew."""
    try:
        row = intake.locked(tx, scope, asset_id)
    except NotFound:
        return None
    return row if row.generation == generation else None

"""Which texts, files and pages may drafts draw on? Taken in, edited, read again, deleted; reading itself is a job."""

import re
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import KnowledgeAsset, Workspace
from zrg_app.models.ai_vocabulary import ContextMode, KnowledgeKind, KnowledgeStatus
from zrg_app.services import events
from zrg_app.services.jobs import enqueue
from zrg_app.services.knowledge import documents
from zrg_app.services.knowledge.addresses import web_address, website_address
from zrg_app.services.knowledge.typed import Typed

MOST_ASSETS = 200
MOST_BYTES = 12 * 1024 * 1024
NAME = Typed("The name", 120)
TEXT = Typed("The text", 100_000)
TOO_LARGE = "Files of at most 12 MB are read. Upload the part that matters."


def add_text(tx: Tx, scope: Scope, *, name: object, text: object) -> UUID:
    """Take in what somebody wrote. Raises Invalid, Conflict."""
    words = TEXT.read(text)
    if not words:
        raise Invalid("Write the text first.")
    return _add(tx, scope, KnowledgeAsset(name=_name(name), kind=KnowledgeKind.TEXT, raw_text=words, size_bytes=len(words.encode())))


def add_page(tx: Tx, scope: Scope, *, name: object, url: object) -> UUID:
    """Take in a page of the web; a job fetches it. Raises Invalid, Conflict."""
    address = web_address(url)
    shown = NAME.read(name) or address.partition("://")[2].rstrip("/")[:NAME.longest]
    return _add(tx, scope, KnowledgeAsset(name=shown, kind=KnowledgeKind.URL, url=address))


def add_file(tx: Tx, scope: Scope, *, file_name: str, content: bytes) -> UUID:
    """Take in a file; a job reads it. Raises Invalid with the reason, Conflict."""
    name = " ".join(re.split(r"[/\\]", file_name)[-1].split())[-NAME.longest:] or "file"
    kind = documents.kind_of(name)
    if not content:
        raise Invalid(f"“{name}” is empty.")
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE)
    return _add(tx, scope, KnowledgeAsset(name=NAME.read(name), kind=KnowledgeKind.FILE, content_type=kind, content=content,
                                          size_bytes=len(content)))


def edit_asset(tx: Tx, scope: Scope, asset_id: UUID, *, revision: str, wanted: Mapping[str, object]) -> None:
    """Change `name`, `mode`, and the `text` or `url` of one that has it; what drafts use of it is then read anew.

    Raises Conflict when somebody changed it since `revision` was shown, Invalid, NotFound.
    """
    row = locked(tx, scope, asset_id)
    if row.updated_at.isoformat() != revision:
        raise Conflict("Somebody changed this meanwhile. Your text is still here: copy it, then load the page again.")
    changed = {"name": _name(wanted.get("name", row.name)), "context_mode": _mode(wanted.get("mode", row.context_mode))}
    if row.kind == KnowledgeKind.TEXT and "text" in wanted:
        changed["raw_text"] = TEXT.read(wanted["text"])
        if not changed["raw_text"]:
            raise Invalid("A text asset needs text; delete it instead.")
        changed["size_bytes"] = len(changed["raw_text"].encode())
    if row.kind == KnowledgeKind.URL and "url" in wanted:
        changed["url"] = web_address(wanted["url"])
    if all(getattr(row, field) == value for field, value in changed.items()):
        return
    only_named = all(getattr(row, field) == value for field, value in changed.items() if field != "name")
    for field, value in changed.items():
        setattr(row, field, value)
    row.updated_at = clock.now()
    if only_named:
        tx.flush()
        _tell(tx, scope, "asset_renamed", row.name)
    else:
        _read_again(tx, scope, row)


def read_again(tx: Tx, scope: Scope, asset_id: UUID) -> None:
    """Read it once more: after a failure, or because its page or our reading changed. Raises NotFound."""
    _read_again(tx, scope, locked(tx, scope, asset_id))


def delete_asset(tx: Tx, scope: Scope, asset_id: UUID) -> None:
    """Take it away with all its passages; a reader that is at it finds nothing to write to. Raises NotFound."""
    row = locked(tx, scope, asset_id)
    tx.delete(row)
    tx.flush()
    _tell(tx, scope, "asset_deleted", row.name)


def set_website(tx: Tx, scope: Scope, url: object) -> str:
    """Say what the company's own address is; drafts link to it. Empty takes it away. Returns it as it is written."""
    tx.scalar(select(Workspace.id).where(Workspace.id == scope.workspace_id).with_for_update(key_share=True))
    row = tx.scalar(select(KnowledgeAsset).where(KnowledgeAsset.workspace_id == scope.workspace_id,
                                                 KnowledgeAsset.is_primary_website).with_for_update())
    address = website_address(url) if isinstance(url, str) and url.strip() else ""
    if row is None and address:
        row = KnowledgeAsset(id=ids.new_id(), workspace_id=scope.workspace_id, name="Website", kind=KnowledgeKind.URL,
                             is_primary_website=True, status=KnowledgeStatus.READY, created_by=scope.user_id)
        tx.add(row)
    if row is None or row.url == address:
        return address
    if not address:
        tx.delete(row)
    else:
        row.url, row.updated_at = address, clock.now()
    tx.flush()
    _tell(tx, scope, "website_changed", address)
    return address


def locked(tx: Tx, scope: Scope, asset_id: UUID) -> KnowledgeAsset:
    """The asset, locked. Raises NotFound, also for another workspace's and for the website, which has its own field."""
    row = tx.scalar(select(KnowledgeAsset).where(
        KnowledgeAsset.id == asset_id, KnowledgeAsset.workspace_id == scope.workspace_id, ~KnowledgeAsset.is_primary_website)
        .with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("This is not there any more.")
    return row


def _add(tx: Tx, scope: Scope, row: KnowledgeAsset) -> UUID:
    number = tx.scalar(select(func.count()).select_from(KnowledgeAsset).where(KnowledgeAsset.workspace_id == scope.workspace_id))
    if number >= MOST_ASSETS:
        raise Conflict(f"There are {MOST_ASSETS} already; delete one first.")
    row.id, row.workspace_id, row.created_by = ids.new_id(), scope.workspace_id, scope.user_id
    tx.add(row)
    tx.flush()
    _enqueue(tx, scope, row)
    _tell(tx, scope, "asset_added", row.name)
    return row.id


def _read_again(tx: Tx, scope: Scope, row: KnowledgeAsset) -> None:
    # A new generation: whoever still reads the former one finds that it is not wanted any more.
    row.generation += 1
    row.status, row.progress, row.error = KnowledgeStatus.WAITING, None, None
    tx.flush()
    _enqueue(tx, scope, row)
    _tell(tx, scope, "asset_read_again", row.name)


def _enqueue(tx: Tx, scope: Scope, row: KnowledgeAsset) -> None:
    enqueue(tx, scope, "knowledge.read", asset_id=row.id, generation=row.generation, dedupe_key=f"{row.id}:{row.generation}:read")


def _name(name: object) -> str:
    words = " ".join(NAME.read(name).split())
    if not words:
        raise Invalid("Give it a name, so that it can be told apart.")
    return words


def _mode(mode: object) -> str:
    if mode not in (ContextMode.NOTES, ContextMode.RAW):
        raise Invalid("Choose notes or the original words.")
    return str(mode)


def _tell(tx: Tx, scope: Scope, change: str, detail: str) -> None:
    events.record(tx, scope, events.KnowledgeChanged(change=change, detail=detail))

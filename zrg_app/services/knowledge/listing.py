"""What stands in the list of knowledge, and what was read from one of it?"""

from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.sizes import readable_size
from zrg_app.models.ai_vocabulary import KnowledgeStatus
from zrg_app.services.knowledge.views import AssetText, AssetView

MOST_SHOWN = 100_000
_COLUMNS = """a.id, a.name, a.kind, a.context_mode, a.status, a.progress, a.error, a.url, a.size_bytes, a.indexed_at,
  a.updated_at, a.notes <> '' as has_notes,
  (select count(*) from knowledge_chunk c where c.asset_id = a.id) as passages"""
_LISTED = f"""
select {_COLUMNS} from knowledge_asset a where a.workspace_id = %(workspace)s and not a.is_primary_website
order by a.created_at desc, a.id desc limit 200
"""
_ONE = f"""
select {_COLUMNS}, left(a.raw_text, %(most)s) as text, left(a.notes, %(most)s) as notes, length(a.raw_text) > %(most)s as is_cut
from knowledge_asset a where a.workspace_id = %(workspace)s and a.id = %(id)s and not a.is_primary_website
"""


def assets(tx: Tx, scope: Scope) -> tuple[AssetView, ...]:
    """Every knowledge asset, newest first; the website is not one of them."""
    return tuple(map(_view, fetch_all(tx, _LISTED, {"workspace": scope.workspace_id})))


def asset_text(tx: Tx, scope: Scope, asset_id: UUID) -> AssetText:
    """One asset with what was read from it. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _ONE, {"workspace": scope.workspace_id, "id": asset_id, "most": MOST_SHOWN})
    if row is None:
        raise NotFound("This is not there any more.")
    return AssetText(asset=_view(row), text=row["text"], notes=row["notes"], revision=row["updated_at"].isoformat(),
                     is_cut=row["is_cut"])


def _view(row: dict) -> AssetView:
    is_ready = row["status"] == KnowledgeStatus.READY
    return AssetView(
        id=str(row["id"]), name=row["name"], kind=row["kind"], mode=row["context_mode"], status=row["status"],
        progress="" if is_ready else row["progress"] or "", caution=(row["progress"] or "") if is_ready else "",
        error=row["error"] or "", url=row["url"] or "",
        size=readable_size(row["size_bytes"]) if row["size_bytes"] else "", passages=row["passages"], has_notes=row["has_notes"],
        indexed_at=row["indexed_at"].isoformat() if row["indexed_at"] else "")

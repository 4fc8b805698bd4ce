"""Which files do messages carry, and where can one be fetched?"""

from collections.abc import Sequence
from dataclasses import dataclass
from mimetypes import guess_type
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.file_views import FileView, file_view

FILES = """
array(select jsonb_build_array(a.id, a.file_name, a.content_type, a.size_bytes) from attachment a where a.message_id = m.id
      order by a.id) as files
"""
"""The column of a query over messages `m` that `files_of` reads."""
_ONE = """
select a.file_name, a.content_type, a.url, a.file_id, m.provider from attachment a join message m on m.id = a.message_id
where a.id = %(attachment)s and a.workspace_id = %(workspace)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a message: `file_id` when it left from here, else `url` at `provider`. `content_type` is what the name says."""

    name: str
    content_type: str
    provider: str
    url: str | None
    file_id: UUID | None


def files_of(listed: Sequence[Sequence[Any]], workspace_id: UUID | None) -> tuple[FileView, ...]:
    """The files of a message, from its column `FILES`."""
    return tuple(file_view(file_id, workspace_id, name=name, size_bytes=size, ours=False, content_type=guess_type(name)[0] or kind)
                 for file_id, name, kind, size in listed)


def attached(tx: Tx, scope: Scope, attachment_id: UUID) -> Attached:
    """One file of a message. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _ONE, {"attachment": attachment_id, "workspace": scope.workspace_id})
    if row is None or not (row["url"] or row["file_id"]):
        raise NotFound("This file is not here (any more).")
    return Attached(name=row["file_name"], provider=row["provider"], url=row["url"], file_id=row["file_id"],
                    content_type=guess_type(row["file_name"])[0] or "application/octet-stream")

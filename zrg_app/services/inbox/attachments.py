"""Which files do messages carry, and where can one be fetched?"""

from dataclasses import dataclass
from mimetypes import guess_type
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.file_views import FileView, file_view

_OF_MESSAGES = """
select id, message_id, file_name, content_type, size_bytes from attachment where message_id = any(%(messages)s) order by id
"""
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


def files_of(tx: Tx, scope: Scope, message_ids: list[UUID]) -> dict[UUID, tuple[FileView, ...]]:
    """The files of each of these messages that has some."""
    found: dict[UUID, tuple[FileView, ...]] = {}
    for row in fetch_all(tx, _OF_MESSAGES, {"messages": message_ids}) if message_ids else ():
        shown = file_view(row["id"], scope.workspace_id, name=row["file_name"], size_bytes=row["size_bytes"], ours=False,
                          content_type=guess_type(row["file_name"])[0] or row["content_type"])
        found[row["message_id"]] = (*found.get(row["message_id"], ()), shown)
    return found


def attached(tx: Tx, scope: Scope, attachment_id: UUID) -> Attached:
    """One file of a message. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _ONE, {"attachment": attachment_id, "workspace": scope.workspace_id})
    if row is None or not (row["url"] or row["file_id"]):
        raise NotFound("This file is not here (any more).")
    return Attached(name=row["file_name"], provider=row["provider"], url=row["url"], file_id=row["file_id"],
                    content_type=guess_type(row["file_name"])[0] or "application/octet-stream")

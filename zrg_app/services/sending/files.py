"""Which files leave with a message? Kept in the database from the moment they are chosen, so that no crash loses them."""

import mimetypes
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from zrg_app.integrations.base import Upload
from zrg_app.kit import clock, ids, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Lead, OutgoingFile
from zrg_app.services.inbox.file_views import FileView, file_view

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
LONGEST_NAME = 120
# How long a provider may fetch a file from us; it does so when it takes the message.
LINK_LASTS = timedelta(hours=24)
# Mail systems throw these away, and nobody should be asked to run something.
REFUSED = frozenset("ade adp app bat chm cmd com cpl dll exe gadget hta ins isp jar js jse lib lnk mde msc msi msp mst nsh pif ps1 scr "
                    "sct shb sys vb vbe vbs vxd wsc wsf wsh".split())
OF_OUTBOX = """
array(select jsonb_build_array(f.id, f.name, f.content_type, f.size_bytes) from outgoing_file f where f.outbound_id = o.id
      order by f.id) as files
"""
"""The column of a query over the outbox `o` that `listed` reads."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def keep(tx: Tx, scope: Scope, lead_id: UUID, *, name: str, content: bytes) -> FileView:
    """Take a file in for the answer to a lead; it leaves when a message names it. Raises Invalid with the reason, NotFound."""
    if tx.scalar(select(Lead.id).where(Lead.id == lead_id, Lead.workspace_id == scope.workspace_id)) is None:
        raise NotFound("There is no such lead.")
    clean = clean_name(name)
    if clean.rpartition(".")[2].lower() in REFUSED:
        raise Invalid(f"Mail systems throw files like “{clean}” away; send a link or another format.")
    if not content:
        raise Invalid(f"“{clean}” is empty.")
    if len(content) > MOST_BYTES:
        raise Invalid(f"“{clean}” is larger than 20 MB; send a link instead.")
    row = OutgoingFile(id=ids.new_id(), workspace_id=scope.workspace_id, lead_id=lead_id, name=clean, size_bytes=len(content),
                       content_type=type_of(clean), content=content, uploaded_by=scope.user_id)
    tx.add(row)
    tx.flush()
    return _view(row)


def attach(tx: Tx, scope: Scope, outbound_id: UUID, lead_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Let files leave with a message. Raises Conflict when one is gone or used already, Invalid when they are too many."""
    if not file_ids:
        return
    rows = tx.scalars(select(OutgoingFile).where(
        OutgoingFile.id.in_(file_ids), OutgoingFile.workspace_id == scope.workspace_id, OutgoingFile.lead_id == lead_id)
        .order_by(OutgoingFile.id).with_for_update().execution_options(populate_existing=True)).all()
    if len(rows) != len(set(file_ids)) or any(row.outbound_id is not None or row.content is None for row in rows):
        raise Conflict("A file is not there any more; attach it again.")
    if len(rows) > MOST_FILES or sum(row.size_bytes for row in rows) > MOST_BYTES:
        raise Invalid("Files of at most 20 MB together, ten at most, fit one message; send a link instead.")
    for row in rows:
        row.outbound_id = outbound_id
    tx.flush()


def release(tx: Tx, outbound_id: UUID) -> tuple[FileView, ...]:
    """Take the files off a message that will not leave; they can leave with another."""
    rows = _of(tx, outbound_id)
    tx.execute(update(OutgoingFile).where(OutgoingFile.outbound_id == outbound_id).values(outbound_id=None, created_at=clock.now()))
    return tuple(_view(row) for row in rows if row.content is not None)


def discard(tx: Tx, scope: Scope, file_id: UUID) -> None:
    """A person does not want to send a file after all. One that belongs to a message stays."""
    row = tx.scalar(select(OutgoingFile).where(OutgoingFile.id == file_id, OutgoingFile.workspace_id == scope.workspace_id,
                                               OutgoingFile.outbound_id.is_(None)).with_for_update())
    if row is not None:
        tx.delete(row)
        tx.flush()


def waiting(tx: Tx, scope: Scope, lead_id: UUID, file_ids: Sequence[UUID]) -> tuple[FileView, ...]:
    """Those of `file_ids` that wait for a message to this lead, in that order."""
    rows = {row.id: row for row in tx.scalars(select(OutgoingFile).where(
        OutgoingFile.id.in_(file_ids), OutgoingFile.workspace_id == scope.workspace_id, OutgoingFile.lead_id == lead_id,
        OutgoingFile.outbound_id.is_(None)))}
    return tuple(_view(rows[each]) for each in file_ids if each in rows)


def sizes(tx: Tx, outbound_id: UUID) -> tuple[int, bool]:
    """How many files a message has, and whether all of them are still there."""
    rows = tx.execute(select(OutgoingFile.content.is_not(None)).where(OutgoingFile.outbound_id == outbound_id)).scalars().all()
    return len(rows), all(rows)


def listed(column: Sequence[Sequence[Any]], workspace_id: UUID | None) -> tuple[FileView, ...]:
    """The files of a message, from its column OF_OUTBOX. Pure."""
    return tuple(file_view(file_id, workspace_id, name=name, content_type=kind, size_bytes=size, ours=True)
                 for file_id, name, kind, size in column)


def uploads(tx: Tx, outbound_id: UUID) -> tuple[Upload, ...]:
    """The files of a message, as they leave."""
    return tuple(Upload(name=row.name, content_type=row.content_type, content=row.content, url=_link(row))
                 for row in _of(tx, outbound_id) if row.content is not None)


def token_of(file_id: UUID) -> str:
    """What stands for a file in an address, sealed with our key, for a day."""
    return vault.seal({"file": str(file_id), "until": (clock.now() + LINK_LASTS).isoformat()})


def linked(token: str) -> UUID:
    """The file an address made by `uploads` stands for. Raises NotFound when it is not ours or has expired."""
    try:
        told = vault.unseal(token)
        until, file_id = datetime.fromisoformat(told["until"]), UUID(told["file"])
    except (Invalid, KeyError, ValueError) as error:
        raise NotFound("This address is not valid any more.") from error
    if until < clock.now():
        raise NotFound("This address is not valid any more.")
    return file_id


def content(tx: Tx, file_id: UUID) -> tuple[str, str, bytes]:
    """Name, type and bytes of a file of the transaction's workspace. Raises NotFound."""
    row = tx.scalar(select(OutgoingFile).where(OutgoingFile.id == file_id))
    if row is None or row.content is None:
        raise NotFound("This file is not kept any more.")
    return row.name, row.content_type, row.content


def clean_name(name: str) -> str:
    """A file name that no system misreads: no path, no control or direction marks, at most 120 signs, its ending kept. Pure."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    flat = " ".join(_NOT_IN_NAMES.sub(" ", seen).split()).strip(". ")
    stem, dot, ending = flat.rpartition(".")
    if not dot or len(ending) > 12:
        return flat[:LONGEST_NAME] or "file"
    return f"{stem[:LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"


def type_of(name: str) -> str:
    """The type a file's ending stands for: what a browser claims is not believed. Pure."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _of(tx: Tx, outbound_id: UUID) -> Sequence[OutgoingFile]:
    return tx.scalars(select(OutgoingFile).where(OutgoingFile.outbound_id == outbound_id).order_by(OutgoingFile.id)).all()


def _link(row: OutgoingFile) -> str:
    return f"{settings().address}/api/files/shared/{token_of(row.id)}"


def _view(row: Any) -> FileView:
    return file_view(row.id, row.workspace_id, name=row.name, content_type=row.content_type, size_bytes=row.size_bytes, ours=True)

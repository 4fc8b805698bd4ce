"""How may a screen show a file of a message, and which can be looked at inside the page?"""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.sizes import readable_size

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a message or of an answer being written. `href` needs a session and answers with a download; `is_image` says
    that `href` with `&preview=1` can be shown as a picture, `preview` how it can be looked at here: picture, pdf, or not at all."""

    id: str
    name: str
    size: str
    href: str
    is_image: bool
    preview: str = ""


def file_view(file_id: UUID | str, workspace_id: UUID | None, *, name: str, content_type: str | None, size_bytes: int | None,
              ours: bool) -> FileView:
    """A file as screens show it; `ours` says that it left from here and did not come with a message."""
    place = "files" if ours else "attachments"
    preview = "picture" if content_type in PICTURES else "pdf" if content_type == PDF else ""
    return FileView(id=str(file_id), name=name, size=readable_size(size_bytes), is_image=content_type in PICTURES, preview=preview,
                    href=f"/api/{place}/{file_id}?clientId={workspace_id}")

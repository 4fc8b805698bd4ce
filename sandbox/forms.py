"""What does a multipart form hold? Nested field names become lists and objects; files are told by name, size and fingerprint."""

import base64
import hashlib
import re
from email import message_from_bytes, policy
from typing import Any

_PART = re.compile(r"\[([^\]]*)\]")
# A file larger than this is not kept, only described.
KEPT_BYTES = 2_000_000


def read(raw: bytes, content_type: str) -> dict[str, Any]:
    """The fields of a form: `to[0][name]` is read as an object in a list, a repeated name as a list."""
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + raw, policy=policy.HTTP)
    fields: dict[str, Any] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = str(part.get_param("name", header="content-disposition") or "")
        content = part.get_payload(decode=True) or b""
        file_name = part.get_filename()
        value = content.decode("utf-8", "replace") if file_name is None else described(
            file_name, part.get_content_type(), content)
        if file_name is not None:
            fields.setdefault(name.removesuffix("[]"), []).append(value)
        else:
            _put(fields, name, value)
    return {name: _listed(value) for name, value in fields.items()}


def described(file_name: str, content_type: str, content: bytes) -> dict[str, Any]:
    """A file as the sandbox keeps it."""
    kept = {"content": base64.b64encode(content).decode()} if len(content) <= KEPT_BYTES else {}
    return {"file_name": file_name, "content_type": content_type, "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(), **kept}


def _put(fields: dict[str, Any], name: str, value: str) -> None:
    first, path = name.partition("[")[0], _PART.findall(name)
    holder, key = fields, first
    for step in path:
        holder = holder.setdefault(key, {}) if isinstance(holder.get(key, {}), dict) else {}
        key = step or str(len(holder))
    if not path and key in holder:
        before = holder[key]
        holder[key] = [*(before if isinstance(before, list) else [before]), value]
    else:
        holder[key] = value


def _listed(value: Any) -> Any:
    """Objects whose names are numbers are lists."""
    if not isinstance(value, dict) or "sha256" in value:
        return value
    inner = {name: _listed(each) for name, each in value.items()}
    return [inner[name] for name in sorted(inner, key=int)] if inner and all(name.isdigit() for name in inner) else inner

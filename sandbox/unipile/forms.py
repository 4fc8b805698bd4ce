"""What does a multipart body hold? Fields by name, each a list, and the files."""

from email import message_from_bytes, policy

from sandbox.exchange import BodyProblem, Call
from sandbox.store import Row


def read_form(call: Call) -> tuple[dict[str, list[str]], list[Row]]:
    """Return the fields and the files (name, type, size) of a request. Raises BodyProblem when it is no form."""
    kind = call.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        raise BodyProblem("The body must be multipart/form-data.")
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + call.raw, policy=policy.HTTP)
    fields: dict[str, list[str]] = {}
    files: list[Row] = []
    for part in whole.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True) or b""
        if part.get_filename():
            files.append({"file_name": part.get_filename(), "mimetype": part.get_content_type(), "file_size": len(content)})
        else:
            fields.setdefault(str(name), []).append(content.decode("utf-8", "replace"))
    return fields, files

"""Which e-mail address was meant? Lower-case, without surrounding space, or refused. Pure."""

import re

from zrg_app.kit.errors import Invalid

MAXIMUM_LENGTH = 254
# No spaces, control characters, lone surrogates, or what has a meaning in a mail header.
_NEVER = r"@\s\x00-\x1f\x7f\ud800-\udfff\"<>(),;:\\"
_SHAPE = re.compile(rf"[^{_NEVER}]+@[^{_NEVER}]+\.[^{_NEVER}.]+")


def normal(address: object) -> str:
    """`address` as it is stored and looked up. Raises Invalid when it cannot be an e-mail address."""
    text = str(address or "").strip().lower()
    if len(text) > MAXIMUM_LENGTH or not _SHAPE.fullmatch(text):
        raise Invalid("That is not a complete e-mail address.", code="email_invalid")
    return text


def normal_or_empty(address: object) -> str:
    """As `normal`, but empty for what cannot be an address: signing in answers the same for every wrong address."""
    try:
        return normal(address)
    except Invalid:
        return ""


def person_name(name: object, *, otherwise: str) -> str:
    """A display name: printable, one line, at most 100 characters; the part before the @ of `otherwise` when empty."""
    text = " ".join("".join(letter for letter in str(name or "") if letter.isprintable()).split())
    return text[:100] or otherwise.split("@")[0]

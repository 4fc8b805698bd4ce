"""Which web address did a person mean? Pure."""

import re
from urllib.parse import urlsplit, urlunsplit

from zrg_app.kit.errors import Invalid

LONGEST = 1_000
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
ADVICE = "Give a web address such as https://acme.com/pricing."


def web_address(text: object) -> str:
    """`text` as an address: a bare domain gets https, the host small letters, the fragment goes. Raises Invalid.

    Names only: an address by number, a login in it, or a host without a dot is nobody's public page.
    """
    typed = text.strip() if isinstance(text, str) else ""
    if not typed or len(typed) > LONGEST or re.search(r"[\s\x00-\x1f\x7f]", typed):
        raise Invalid(ADVICE)
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError as error:
        raise Invalid(ADVICE) from error
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise Invalid(ADVICE)
    place = f"{host}:{port}" if port and port not in (80, 443) else host
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))


def website_address(text: object) -> str:
    """The address of the company itself, as it is written into a message: without a slash at its end. Raises Invalid."""
    return web_address(text).rstrip("/")

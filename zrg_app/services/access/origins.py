"""Does this request come from our own pages, with which cookie, and where may it go next? Pure."""

from urllib.parse import urlsplit

COOKIE_NAME = "zrg_session"
_DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_PATH = 2000


def is_ours(origin: str, *, hosts: tuple[str, ...], address: str) -> bool:
    """Whether `origin` (an Origin or Referer header) names one of `hosts` (the request's Host headers) or our `address`.

    A missing or unreadable origin is not ours.
    """
    found = _place(origin)
    return found is not None and found in {_place(address), *(_place(f"{urlsplit(origin).scheme}://{host}") for host in hosts)}


def site_path(target: object) -> str:
    """`target` if it is a path on our own site, else "/": an address elsewhere must not follow a login."""
    text = target if isinstance(target, str) else ""
    hostile = not text.startswith("/") or text.startswith("//") or "\\" in text or len(text) > LONGEST_PATH
    if hostile or any(ord(letter) <= 32 or ord(letter) == 127 or 0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        return "/"
    parts = urlsplit(text)
    return text if not parts.scheme and not parts.netloc and not parts.path.startswith("/api/") else "/"


def cookie_token(header: str) -> str:
    """The session token in a raw Cookie header; empty when there is none."""
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE_NAME:
            return value.strip().strip('"')
    return ""


def _place(url: str) -> tuple[str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname.lower(), port) if parts.hostname and parts.scheme in _DEFAULT_PORTS else None

"""How do we fetch a file that came with a message? From the provider itself with its credentials, and from nowhere else."""

import time
from urllib.parse import urlsplit

import httpx

from zrg_app.integrations import transport
from zrg_app.integrations.base import Account, Provider
from zrg_app.kit.errors import ProviderDown, ProviderRefused

MOST_BYTES = 25 * 1024 * 1024
LONGEST = 60.0


def is_at_provider(account: Account, url: str) -> bool:
    """Whether `url` is an address of the provider's own API: only there may its credentials go, and only there do we go."""
    return _place(url) == _place(account.base_url) and _place(url) is not None


def is_public_link(url: str) -> bool:
    """Whether a browser can be sent to `url` by itself."""
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def fetch(provider: Provider, account: Account, url: str) -> bytes:
    """The bytes at `url`, an address of the provider. Raises ProviderDown, and ProviderRefused when it is gone or too large."""
    headers = dict(provider.download_headers(account)) if provider.download_headers else {}
    try:
        with transport.client().stream("GET", url, headers=headers, timeout=httpx.Timeout(10.0), follow_redirects=False) as response:
            if response.status_code >= 500:
                raise ProviderDown(f"{provider.title} failed on its side ({response.status_code}).")
            if response.status_code != 200:
                raise ProviderRefused(f"{provider.title} does not give this file out ({response.status_code}).", code="file_gone")
            return _bytes(provider, response)
    except httpx.HTTPError as error:
        raise ProviderDown(f"{provider.title} did not answer.") from error


def _bytes(provider: Provider, response: httpx.Response) -> bytes:
    deadline, found = time.perf_counter() + LONGEST, bytearray()
    for part in response.iter_bytes():
        found += part
        if len(found) > MOST_BYTES:
            raise ProviderRefused("This file is larger than 25 MB; open it at the provider.", code="file_too_large")
        if time.perf_counter() > deadline:
            raise ProviderDown(f"{provider.title} is too slow.")
    return bytes(found)


def _place(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        return (parts.scheme, parts.hostname.lower(), parts.port) if parts.hostname and parts.scheme in ("http", "https") else None
    except ValueError:
        return None

"""Which parts of a request must never be written down or shown?"""

from collections.abc import Mapping

from sandbox.ids import fingerprint

_PLAIN = {"idempotency-key", "content-type"}
_TELLTALE = ("authorization", "cookie", "secret", "token", "signature", "api-key", "apikey", "password")


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with every secret replaced by a fingerprint that still tells two secrets apart."""
    return {name: _masked(name, value) for name, value in headers.items()}


def masked_query(query: Mapping[str, str]) -> dict[str, str]:
    """Return the query with every secret replaced the same way."""
    return {name: _masked(name, value) for name, value in query.items()}


def _masked(name: str, value: str) -> str:
    lowered = name.lower()
    if lowered in _PLAIN or not any(word in lowered for word in _TELLTALE):
        return value
    scheme, space, secret = value.partition(" ")
    if space and lowered == "authorization":
        return f"{scheme} **** ({fingerprint(secret)})"
    return f"**** ({fingerprint(value)})"

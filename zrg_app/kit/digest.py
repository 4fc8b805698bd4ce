"""How are tokens kept and compared? As SHA-256, in constant time."""

import hashlib
import hmac


def token_hash(token: str) -> str:
    """What the database keeps of an unguessable token, hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(given: str | None, expected: str | None) -> bool:
    """Whether two secrets are equal, in constant time; False when either is missing."""
    if not given or not expected:
        return False
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass"))


def stable_key(*parts: object) -> str:
    """A short stable name for a combination of values (dedupe keys), hex, 40 characters."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]

"""Is this a password we accept, and is it the right one? argon2id; one code path for known and unknown people."""

import functools
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from zrg_app.kit import ids
from zrg_app.kit.errors import Invalid

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 1000

_hasher = PasswordHasher()
# One hash takes 64 MiB; a flood of logins must not take all the memory there is.
_at_once = threading.BoundedSemaphore(4)


def check(password: str, *, email: str) -> None:
    """Raise Invalid with a clear sentence unless `password` may become the password of the person with `email`."""
    if len(password) < MINIMUM_LENGTH:
        raise Invalid(f"Choose a password of at least {MINIMUM_LENGTH} characters.", code="password_short")
    if len(password) > MAXIMUM_LENGTH:
        raise Invalid(f"Choose a password of at most {MAXIMUM_LENGTH} characters.", code="password_long")
    if password.strip().casefold() == email.strip().casefold():
        raise Invalid("Choose a password that is not your e-mail address.", code="password_is_email")


def hashed(password: str) -> str:
    """The argon2id hash to keep. Takes tens of milliseconds on purpose: never inside a transaction."""
    with _at_once:
        return _hasher.hash(_bytes(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one behind `password_hash`; None costs the same time and is never right."""
    real = password_hash is not None
    try:
        with _at_once:
            found = _hasher.verify(password_hash if real else _hash_of_nobody(), _bytes(password[:MAXIMUM_LENGTH]))
    except (VerificationError, InvalidHashError):
        return False
    return found and real


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's and should be made again at this login."""
    return _hasher.check_needs_rehash(password_hash)


@functools.cache
def _hash_of_nobody() -> str:
    return _hasher.hash(ids.new_token())


def _bytes(password: str) -> bytes:
    # The same characters typed on two keyboards may be composed differently.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")

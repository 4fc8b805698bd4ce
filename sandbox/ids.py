"""How do the stand-in providers name their things?"""

import hashlib
import secrets
import string
import uuid  # fence: uuid because the sandbox never imports zrg_app

_ALPHABET = string.ascii_letters + string.digits


def new_uuid() -> str:
    """Return a random UUID as text."""
    return str(uuid.uuid4())  # fence: uuid because the sandbox never imports zrg_app


def new_handle(length: int = 20) -> str:
    """Return a random letters-and-digits id, twenty long as GoHighLevel writes them."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def fingerprint(secret: str) -> str:
    """Return eight hex digits that tell two secrets apart without showing either."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8]

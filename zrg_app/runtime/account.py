"""Who may run PostgreSQL? It refuses root, so root hands it to an unprivileged account of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zrg_app.runtime.home import RuntimeRefused

NAME = "zrg-postgres"
_LAST_RESORT = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account of the operating system, by numbers."""

    uid: int
    gid: int

    def popen_options(self) -> dict[str, Any]:
        """Return the options that make `subprocess` run a command as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, folder: Path) -> bool:
        """Say whether this account can reach what lies in `folder`, judged by the mode of every folder above."""
        return all(self._may_search(step.stat()) for step in (folder, *folder.parents))

    def _may_search(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & 0o100)
        if status.st_gid == self.gid:
            return bool(status.st_mode & 0o010)
        return bool(status.st_mode & 0o001)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _created() -> Account | None:
    """Create the dedicated system account; None where the system does not let us."""
    if shutil.which("useradd") is None:
        return None
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--user-group",
               "--shell", "/usr/sbin/nologin", NAME]  # fmt: skip
    subprocess.run(command, check=False, capture_output=True)
    return _named(NAME)


def account_for(data: Path) -> Account | None:
    """Return the account that must run PostgreSQL over the folder `data`; None means the present user.

    A folder that belongs to an unprivileged account keeps it, so that root may start what a user created.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise RuntimeRefused(f"The database folder {data} belongs to another user; start as that user.")
        return None
    if owner:
        return Account(owner, data.stat().st_gid)
    account = _named(NAME) or _created() or _named(_LAST_RESORT)
    if account is None:
        raise RuntimeRefused("PostgreSQL cannot run as root and no other account exists; set DATABASE_URL instead.")
    return account

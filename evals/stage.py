"""On which company, and with which model, is quality measured? A fresh database, an example client, the model that is configured."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zrg_app.services.reactions  # noqa: F401 because facts recorded in an eval need their reactions
from benchmarks.report import database
from zrg_app.kit import db, ids, logs
from zrg_app.kit.scope import Scope, system, workspace_system
from zrg_app.kit.settings import settings
from zrg_app.models import Campaign, User, Workspace, WorkspaceSettings

ROOT = Path(__file__).parent.parent
COMPANY = {
    "company_name": "Acme Growth", "ai_persona_name": "Chris Vale", "ai_tone": "friendly-professional",
    "service_description": "Acme Growth books qualified meetings for freight, roofing and dental companies. A team of setters writes to "
                           "companies we research by hand and answers every reply. Work begins with a two week pilot.",
    "ai_goals": "Agree on a fifteen minute call.", "ai_signature": "Chris Vale\nAcme Growth",
    "booking_link": "https://calendly.com/acme-growth/intro", "timezone": "America/New_York"}


@contextmanager
def stage(name: str) -> Iterator[Scope]:
    """A workspace of its own to measure in; the model is the configured one, else the sandbox's stand-in."""
    os.environ.setdefault("ZRG_LOG_LEVEL", "WARNING")
    settings.cache_clear()
    logs.configure(name)
    with model(), database(f"eval_{name}"):
        yield company()


def has_real_model() -> bool:
    """Whether a real model answers, and not the sandbox's rules."""
    return bool(settings().openai_api_key) and not settings().sandbox_url


@contextmanager
def model() -> Iterator[None]:
    """The model of the environment, or a sandbox in a process of its own for the block."""
    if settings().openai_api_key or settings().sandbox_url:
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "sandbox", "--port", "0"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        os.environ["ZRG_SANDBOX_URL"] = _address(process)
        settings.cache_clear()
        yield
    finally:
        os.environ.pop("ZRG_SANDBOX_URL", None)
        settings.cache_clear()
        process.terminate()
        process.wait(15)


def company() -> Scope:
    """Write the example client, whose campaign answers by itself; returns the scope to act in it."""
    owner, workspace = ids.new_id(), ids.new_id()
    with db.transaction(system("build the company of an eval")) as tx:
        tx.add(User(id=owner, email="owner@acme.example", name="Mara Reyes"))
        tx.flush()
        tx.add(Workspace(id=workspace, name="Acme Growth", owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace, **COMPANY))
        tx.add(Campaign(id=ids.new_id(), workspace_id=workspace, provider="emailbison", external_id="eval", name="Freight, autumn",
                        response_mode="AI_AUTO_SEND"))
    return workspace_system(workspace, "measure quality")


def _address(process: subprocess.Popen) -> str:
    for line in process.stderr:
        if found := re.search(r"listening on (http://\S+?),", line):
            return found[1]
    raise RuntimeError("The sandbox did not start.")

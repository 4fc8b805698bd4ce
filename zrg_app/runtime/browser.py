"""Which browser drives the tests? One that is there, or one fetched now."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from zrg_app.runtime.environment import inherited, variable
from zrg_app.runtime.home import RuntimeRefused

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
Say = Callable[[str], None]


def _works(path: str) -> bool:
    """Say whether `path` starts; a distribution may ship a stub that only says where to get the browser."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _downloaded() -> str | None:
    """Return the browser that playwright downloaded earlier, if any."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if path and _works(path) else None


def find_browser() -> str | None:
    """Return the path of a Chromium that starts: `ZRG_CHROMIUM`, one on PATH, or a downloaded one; None if none."""
    if chosen := variable("ZRG_CHROMIUM"):
        if not _works(chosen):
            raise RuntimeRefused(f"ZRG_CHROMIUM names {chosen}, which does not start.")
        return chosen
    on_path = (shutil.which(name) for name in _NAMES)
    return next((path for path in on_path if path and _works(path)), None) or _downloaded()


def ensure_browser(say: Say) -> str:
    """Return the path of a Chromium, installing one if need be; raises RuntimeRefused when that fails."""
    if found := find_browser():
        return found
    for install in (_from_distribution, _from_playwright):
        install(say)
        if found := find_browser():
            return found
    raise RuntimeRefused("No Chromium was found or could be installed; install one and name it in ZRG_CHROMIUM.")


def _from_distribution(say: Say) -> None:
    """Install the distribution's package where that needs no password."""
    if shutil.which("apt-get") is None:
        return
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if before and (shutil.which("sudo") is None or subprocess.run([*before, "true"], check=False).returncode):
        return
    say("installing Chromium for the browser tests with apt-get (a minute or two)")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = inherited(DEBIAN_FRONTEND="noninteractive")
    subprocess.run([*before, "apt-get", "update", "-q"], check=False, env=environment, **quiet)
    command = [*before, "apt-get", "install", "-qy", "--no-install-recommends", "chromium"]
    subprocess.run(command, check=False, env=environment, **quiet)


def _from_playwright(say: Say) -> None:
    """Let playwright download its own build."""
    say("downloading Chromium for the browser tests")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)

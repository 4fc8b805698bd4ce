"""Are the screens rebuilt when, and only when, their sources changed, from packages pinned without a host?"""

import json
import re
from pathlib import Path

import pytest

from zrg_app.runtime import frontend
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.npm_lock import tidy_lock


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of two sources in a temporary folder."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "zrg.css").write_text("a {}")
    (tmp_path / "rxconfig.py").write_text("config = 1")
    monkeypatch.setattr(frontend, "CHECKOUT", tmp_path)
    return tmp_path


def test_the_fingerprint_follows_content_and_names_but_not_caches(checkout: Path) -> None:
    before = frontend.fingerprint()
    (checkout / "assets" / "__pycache__").mkdir()
    (checkout / "assets" / "__pycache__" / "x.pyc").write_text("cache")
    assert frontend.fingerprint() == before
    (checkout / "assets" / "zrg.css").write_text("b {}")
    changed = frontend.fingerprint()
    assert changed != before
    (checkout / "assets" / "zrg.css").rename(checkout / "assets" / "other.css")
    assert frontend.fingerprint() not in (before, changed)


def test_the_npm_lock_is_kept_without_hosts(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    package = {"version": "1.0.0", "resolved": "https://host/a.tgz", "integrity": "sha512-x", "funding": "https://f"}
    lock.write_text(json.dumps({"packages": {"node_modules/a": package}}))
    tidy_lock(lock)
    kept = json.loads(lock.read_text())["packages"]["node_modules/a"]
    assert kept == {"version": "1.0.0", "integrity": "sha512-x"}


@pytest.mark.parametrize(
    "name",
    ["reflex.lock/package-lock.json", "requirements.txt", "requirements-test.txt", "requirements-bench.txt"],
)
def test_no_committed_lock_names_a_host(name: str) -> None:
    assert "://" not in (CHECKOUT / name).read_text()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"])
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    requirements = (CHECKOUT / name).read_text().replace("\\\n", " ").splitlines()
    assert len(requirements) > 15
    for requirement in requirements:
        assert re.match(r"^[a-z0-9._\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement[:80]


def test_every_npm_package_is_pinned_with_a_digest() -> None:
    packages = json.loads((CHECKOUT / "reflex.lock" / "package-lock.json").read_text())["packages"]
    unpinned = [name for name, package in packages.items() if name and not package.get("integrity")]
    assert unpinned == []

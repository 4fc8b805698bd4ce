"""Which lines break a rule of the house, and which are excused? Every check takes a checkout, so a test can plant a fault."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PRODUCT = ("zrg_app", "scheduler")
OURS = (*PRODUCT, "sandbox")
ESCAPE = re.compile(r"# fence: (?P<fence>[\w-]+) because (?P<reason>\S+ \S+.*)")
MARK = re.compile(r"# fence:")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """A rule broken at a line; `sentence` says what and what to do instead."""

    path: str
    line: int
    fence: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.fence}] {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One file of a checkout; `path` is relative to it."""

    root: Path
    path: str

    @cached_property
    def text(self) -> str:
        """The file's text."""
        return (self.root / self.path).read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The file's syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each imported name stands for: {"now": "time.time"} after `from time import time as now`."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {each.asname or each.name.split(".")[0]: each.name if each.asname else each.name.split(".")[0]
                          for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        return found

    def dotted(self, node: ast.AST) -> str:
        """The full name a name or attribute stands for, empty for anything else."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.names:
            return ""
        return ".".join([self.names[node.id], *reversed(parts)])

    def fault(self, node: ast.AST | int, fence: str, sentence: str) -> Violation:
        """A violation at `node` (or line number)."""
        line = node if isinstance(node, int) else node.lineno
        return Violation(path=self.path, line=line, fence=fence, sentence=sentence)

    def excused(self, line: int) -> set[str]:
        """The fences that an escape with a reason opens on `line`; one on a line of its own opens it for the whole file."""
        own_line = self.lines[line - 1] if line <= len(self.lines) else ""
        found = ESCAPE.search(own_line)
        whole_file = [ESCAPE.match(each) for each in self.lines if each.startswith("# fence:")]
        return {each["fence"] for each in (found, *whole_file) if each}


Check = Callable[[Source], Iterator[Violation]]


def sources(root: Path, folders: tuple[str, ...] = PRODUCT) -> list[Source]:
    """The Python files below `folders` of the checkout at `root`."""
    if root == CHECKOUT:
        return _own_sources(folders)
    return _read_sources(root, folders)


@cache
def _own_sources(folders: tuple[str, ...]) -> list[Source]:
    """Those of this checkout, which stays as it is while tests run."""
    return _read_sources(CHECKOUT, folders)


def _read_sources(root: Path, folders: tuple[str, ...]) -> list[Source]:
    paths = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    return [Source(root, path.relative_to(root).as_posix()) for path in paths]


def violations(root: Path, check: Check, folders: tuple[str, ...] = PRODUCT) -> list[Violation]:
    """What `check` finds in the checkout at `root` and no escape excuses."""
    return sorted(found for source in sources(root, folders) for found in check(source)
                  if found.fence not in source.excused(found.line))


def escapes(root: Path, checks: tuple[Check, ...], folders: tuple[str, ...] = PRODUCT) -> list[Violation]:
    """Escapes that give no reason, or excuse nothing (any more), in the checkout at `root`."""
    found: list[Violation] = []
    for source in sources(root, folders):
        faults = {(fault.line, fault.fence) for check in checks for fault in check(source)}
        for number, line in enumerate(source.lines, start=1):
            if not MARK.search(line):
                continue
            escape = ESCAPE.search(line)
            lines = range(1, len(source.lines) + 1) if line.startswith("#") else (number,)
            if escape is None:
                found.append(source.fault(number, "escape", "must read: fence: <name> because <reason of some words>"))
            elif not any((each, escape["fence"]) in faults for each in lines):
                found.append(source.fault(number, "escape", f"excuses nothing that the fence {escape['fence']} forbids"))
    return found


def planted(folder: Path, path: str, text: str) -> Path:
    """A checkout at `folder` with one file, for tests that plant a fault; returns the folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder

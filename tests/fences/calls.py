"""Who reads the clock, makes ids, reads the environment, prints, commits or swallows errors? One place each."""

import ast
from collections.abc import Iterator

from tests.fences.source import Source, Violation

CLOCKS = {"datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today", "time.time",
          "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"}
MAKERS_OF_IDS = {f"uuid.uuid{version}" for version in (1, 3, 4, 5, 6, 7, 8)}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv", "os.unsetenv"}
CONVERSIONS = {"datetime.datetime.fromtimestamp": 2}
NAIVE = {"datetime.datetime.utcfromtimestamp", "datetime.datetime.utcnow", "datetime.datetime.strptime"}
BROAD = {"Exception", "BaseException"}


def wall_clock(source: Source) -> Iterator[Violation]:
    """Reads of the clock other than `zrg_app.kit.clock.now()`; spans of time may use `time.monotonic()`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and source.dotted(node) in CLOCKS and isinstance(node.ctx, ast.Load):
            yield source.fault(node, "wall-clock", "reads the clock; use zrg_app.kit.clock.now()")


def made_ids(source: Source) -> Iterator[Violation]:
    """Ids made other than by `zrg_app.kit.ids`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and source.dotted(node) in MAKERS_OF_IDS:
            yield source.fault(node, "uuid", "makes an id; use zrg_app.kit.ids.new_id()")


def environment(source: Source) -> Iterator[Violation]:
    """Reads of the environment other than by `zrg_app.kit.settings`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and source.dotted(node) in ENVIRONMENT:
            yield source.fault(node, "environ", "reads the environment; make it a field of zrg_app.kit.settings")


def prints(source: Source) -> Iterator[Violation]:
    """Prints other than in `zrg_app/cli`."""
    if source.path.startswith("zrg_app/cli/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield source.fault(node, "print", "prints; use zrg_app.kit.logs")


def naive_times(source: Source) -> Iterator[Violation]:
    """Instants without a zone."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name, given = source.dotted(node.func), {keyword.arg for keyword in node.keywords}
        built = name == "datetime.datetime" and len(node.args) < 8 and not given & {"tzinfo", None}
        converted = name in CONVERSIONS and len(node.args) < CONVERSIONS[name] and "tz" not in given
        if built or converted or name in NAIVE:
            yield source.fault(node, "naive-time", "makes an instant without a zone; give it UTC")


def broad_excepts(source: Source) -> Iterator[Violation]:
    """Handlers that catch everything, other than those that only clean up and raise on."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_on(node):
            yield source.fault(node, "broad-except", "catches everything; name the errors, or leave them to the edge")


def commits(source: Source) -> Iterator[Violation]:
    """Commits other than in `kit/db.py`. Ending a savepoint, a name given by `begin_nested()`, commits nothing."""
    if source.path == "zrg_app/kit/db.py":
        return
    savepoints = {target.id for node in ast.walk(source.tree) if isinstance(node, ast.Assign) and _is_savepoint(node.value)
                  for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            if isinstance(node.func.value, ast.Name) and node.func.value.id in savepoints:
                continue
            yield source.fault(node, "commit", "commits; zrg_app.kit.db.transaction does that at the end of its block")


def _is_savepoint(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "begin_nested"


def _is_broad(caught: ast.expr | None) -> bool:
    named = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(each is None or (isinstance(each, ast.Name) and each.id in BROAD) for each in named)


def _raises_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


CHECKS = (wall_clock, made_ids, environment, prints, naive_times, broad_excepts, commits)

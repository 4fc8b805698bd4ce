"""Are files and functions small, named after what they do, and documented? Are looks kept in the design system?"""

import ast
import re
from collections.abc import Iterator

from tests.fences.source import Source, Violation

FILE_CEILING, PROVIDER_CEILING, FUNCTION_CEILING = 250, 350, 30
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "manager", "service", "misc", "common"}
LITERAL = re.compile(r"(?<![\w&/])#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})(?![\w-])|\b\d+(?:\.\d+)?(?:px|rem|vh|vw)\b|"
                     r"\b(?:rgba?|hsla?|oklch)\(")
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def sizes(source: Source) -> Iterator[Violation]:
    """Files and functions beyond their ceilings; a docstring does not count."""
    of_provider = source.path.startswith("zrg_app/integrations/") or re.match(r"sandbox/\w+/", source.path)
    ceiling = PROVIDER_CEILING if of_provider else FILE_CEILING
    if len(source.lines) > ceiling:
        yield source.fault(1, "size", f"has {len(source.lines)} lines, more than {ceiling}; let one thought live elsewhere")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) > FUNCTION_CEILING:
            yield source.fault(node, "size", f"{node.name} has {length} lines, more than {FUNCTION_CEILING}")


def names(source: Source) -> Iterator[Violation]:
    """Files and folders whose name says nothing."""
    words = source.path.removesuffix(".py").split("/")
    if empty := EMPTY_WORDS & {part for word in words for part in word.split("_")}:
        yield source.fault(1, "name", f"is called {empty.pop()}, which says nothing; name it after what it decides or does")


def documentation(source: Source) -> Iterator[Violation]:
    """Modules without an opening sentence; public functions, classes and methods without a docstring."""
    opening = (ast.get_docstring(source.tree) or "").split("\n\n")[0]
    if not opening.rstrip().endswith((".", "?", ":", ")")):
        yield source.fault(1, "undocumented", "does not open with a sentence that says which question it answers")
    for node in _public(source.tree):
        if not ast.get_docstring(node):
            yield source.fault(node, "undocumented", f"{node.name} has no docstring")


def literals(source: Source) -> Iterator[Violation]:
    """Colours and sizes outside the design system. A skeleton is told the size of what it stands for."""
    if source.path.startswith("zrg_app/ui/"):
        return
    told = _docstrings(source.tree) | _sizes_of_skeletons(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told and LITERAL.search(node.value):
            yield source.fault(node, "literal", f"holds the look {LITERAL.search(node.value)[0]!r}; looks live in zrg_app/ui")


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return node.end_lineno - node.lineno + 1 - (first.end_lineno - first.lineno + 1 if is_told else 0)


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """Functions and classes of the module and methods of its public classes; what begins with _ is private."""
    for node in tree.body:
        if isinstance(node, Documented) and not node.name.startswith("_") and not _is_overload(node):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _is_overload(node: Documented) -> bool:
    return any(ast.unparse(each).endswith(("overload", ".setter")) for each in node.decorator_list)


def _docstrings(tree: ast.Module) -> set[int]:
    """The ids of all string statements: docstrings of modules, functions, classes and constants."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def _sizes_of_skeletons(tree: ast.Module) -> set[int]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "ui.skeleton"]
    return {id(given) for call in calls for given in call.args}


CHECKS = (sizes, names, documentation, literals)

"""Is this JSON schema one that strict mode takes, and what is the smallest object that fits it?"""

from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
_DEEPEST = 10


def shape_problem(schema: Any, path: str = "root", depth: int = 0) -> str:
    """Return why a value is no JSON schema this model can read, strict or not, or an empty text when it is one."""
    if not isinstance(schema, dict):
        return f"{path} is not a schema."
    if depth > 4 * _DEEPEST:
        return f"{path} is nested too deeply."
    for keyword, fits in _SHAPES.items():
        if keyword in schema and not fits(schema[keyword]):
            return f"'{keyword}' has the wrong form at {path}."
    problems = (shape_problem(child, where, depth + 1) for where, child in _children(schema, path).items())
    return next(filter(None, problems), "")


def strict_problem(schema: Any, path: str = "root", depth: int = 0) -> str:
    """Return why strict mode refuses a schema, or an empty text when it takes it."""
    if depth == 0 and shape_problem(schema):
        return shape_problem(schema)
    if depth == 0 and (schema.get("type") != "object" or "anyOf" in schema):
        return "the root must be an object without anyOf."
    if depth > _DEEPEST:
        return f"{depth} levels of nesting exceeds limit of {_DEEPEST}."
    if "default" in schema:
        return f"'default' is not permitted at {path}."
    return _object_problem(schema, path) or _children_problem(schema, path, depth)


def smallest(schema: Schema, root: Schema | None = None, inside: tuple[str, ...] = ()) -> Any:
    """Return a small value that fits a well-formed schema: first enum value, null where allowed, empty lists.

    A reference inside itself, which only a schema without an end has, gives null.
    """
    root = root or schema
    pointer = schema.get("$ref")
    if pointer:
        return None if pointer in inside else smallest(_resolved(pointer, root), root, (*inside, pointer))
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        null = next((choice for choice in choices if choice.get("type") == "null"), None)
        return None if null else smallest(choices[0], root, inside)
    return _of_type(schema, root, inside)


def fitted(schema: Schema, known: dict[str, Any]) -> Any:
    """Return the smallest object of a schema with what is known put in, each value bent to what its property takes."""
    fitting = smallest(schema)
    if isinstance(fitting, dict):
        for name in known.keys() & fitting.keys():
            fitting[name] = _bent(schema["properties"][name], schema, known[name], fitting[name])
    return fitting


def choices_of(schema: Schema, name: str) -> list[str]:
    """Return the texts a property of an object schema may take, its reference followed; empty when it has no enum."""
    child = schema.get("properties", {}).get(name, {})
    child = _resolved(child["$ref"], schema) if child.get("$ref") else child
    return [str(value) for value in child.get("enum", [])]


def _bent(schema: Schema, root: Schema, value: Any, otherwise: Any) -> Any:
    """The value as the schema takes it: of its enum, a text for a list, a list for a text; else what fits anyway."""
    schema = _resolved(schema["$ref"], root) if schema.get("$ref") else schema
    kinds = _kinds(schema, root)
    if schema.get("enum"):
        return value if value in schema["enum"] else otherwise
    if value is None:
        return None if "null" in kinds else "" if "string" in kinds else otherwise
    if isinstance(value, list):
        items = schema.get("items", {})
        value = [fitted(items, one) if isinstance(one, dict) else one for one in value]
        return value if "array" in kinds else "; ".join(map(str, value)) if "string" in kinds else otherwise
    if isinstance(value, str) and "string" not in kinds:
        return [value] if "array" in kinds and value else [] if "array" in kinds else otherwise
    return value


def _kinds(schema: Schema, root: Schema) -> set[str]:
    kind = schema.get("type", [])
    found = set(kind if isinstance(kind, list) else [kind])
    for choice in (*schema.get("anyOf", []), *schema.get("oneOf", [])):
        found |= _kinds(_resolved(choice["$ref"], root) if choice.get("$ref") else choice, root)
    return found


def _of_type(schema: Schema, root: Schema, inside: tuple[str, ...]) -> Any:
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if "null" in kinds:
        return None
    if "object" in kinds:
        return {name: smallest(child, root, inside) for name, child in schema.get("properties", {}).items()}
    if "array" in kinds:
        return [smallest(schema.get("items", {}), root, inside) for _ in range(schema.get("minItems", 0))]
    if "integer" in kinds or "number" in kinds:
        return max(schema.get("minimum", 0), 0)
    return False if "boolean" in kinds else "Sandbox".ljust(schema.get("minLength", 0), ".")


def _object_problem(schema: Schema, path: str) -> str:
    if schema.get("type") != "object" and "properties" not in schema:
        return ""
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is not False:
        return f"'additionalProperties' is required to be supplied and to be false at {path}."
    missing = sorted(set(properties) - set(schema.get("required", [])))
    return f"'required' must include every key in properties at {path}; missing '{missing[0]}'." if missing else ""


def _children_problem(schema: Schema, path: str, depth: int) -> str:
    problems = (strict_problem(child, where, depth + 1) for where, child in _children(schema, path).items())
    return next(filter(None, problems), "")


def _children(schema: Schema, path: str) -> dict[str, Any]:
    children = {f"{path}.{name}": child for name, child in schema.get("properties", {}).items()}
    children |= {f"{path}.$defs.{name}": child for name, child in schema.get("$defs", {}).items()}
    for keyword in ("anyOf", "oneOf"):
        children |= {f"{path}.{keyword}.{place}": child for place, child in enumerate(schema.get(keyword, []))}
    if "items" in schema:
        children[f"{path}.items"] = schema["items"]
    return children


def _resolved(pointer: str, root: Schema) -> Schema:
    """Return what `#` or `#/$defs/<name>` points to; an unknown name gives an empty schema."""
    return root if pointer == "#" else root.get("$defs", {}).get(pointer.removeprefix("#/$defs/"), {})


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 1000


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "properties": lambda value: isinstance(value, dict),
    "$defs": lambda value: isinstance(value, dict),
    "items": lambda value: isinstance(value, dict),
    "required": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "type": lambda value: isinstance(value, str) or isinstance(value, list) and all(isinstance(t, str) for t in value),
    "enum": lambda value: isinstance(value, list) and bool(value),
    "anyOf": lambda value: isinstance(value, list) and bool(value),
    "oneOf": lambda value: isinstance(value, list) and bool(value),
    "$ref": lambda value: isinstance(value, str) and (value == "#" or value.startswith("#/$defs/")),
    "minItems": _count,
    "minLength": _count,
    "minimum": lambda value: type(value) in (int, float),
}

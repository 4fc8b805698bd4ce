"""Is this JSON schema one that strict mode takes, and what is the smallest object that fits it?"""

from typing import Any

Schema = dict[str, Any]
_DEEPEST = 10


def strict_problem(schema: Any, path: str = "root", depth: int = 0) -> str:
    """Return why strict mode refuses a schema, or an empty text when it takes it."""
    if not isinstance(schema, dict):
        return f"{path} is not a schema."
    if depth == 0 and (schema.get("type") != "object" or "anyOf" in schema):
        return "the root must be an object without anyOf."
    if depth > _DEEPEST:
        return f"{depth} levels of nesting exceeds limit of {_DEEPEST}."
    if "default" in schema:
        return f"'default' is not permitted at {path}."
    return _object_problem(schema, path) or _children_problem(schema, path, depth)


def smallest(schema: Schema, root: Schema | None = None, depth: int = 0) -> Any:
    """Return a small value that fits a strict schema: first enum value, null where allowed, empty lists."""
    root = root or schema
    if "$ref" in schema and depth <= _DEEPEST:
        return smallest(_resolved(schema["$ref"], root), root, depth + 1)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        null = next((choice for choice in choices if choice.get("type") == "null"), None)
        return None if null else smallest(choices[0], root, depth + 1)
    return _of_type(schema, root, depth)


def _of_type(schema: Schema, root: Schema, depth: int) -> Any:
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if "null" in kinds:
        return None
    if "object" in kinds:
        return {name: smallest(child, root, depth + 1) for name, child in schema.get("properties", {}).items()}
    if "array" in kinds:
        return [smallest(schema.get("items", {}), root, depth + 1) for _ in range(schema.get("minItems", 0))]
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
    children = {f"{path}.{name}": child for name, child in schema.get("properties", {}).items()}
    children |= {f"{path}.$defs.{name}": child for name, child in schema.get("$defs", {}).items()}
    children |= {f"{path}.anyOf.{place}": child for place, child in enumerate(schema.get("anyOf", []))}
    if "items" in schema:
        children[f"{path}.items"] = schema["items"]
    problems = (strict_problem(child, where, depth + 1) for where, child in children.items())
    return next(filter(None, problems), "")


def _resolved(pointer: str, root: Schema) -> Schema:
    found: Any = root
    for step in pointer.removeprefix("#").strip("/").split("/"):
        found = found.get(step, {}) if step and isinstance(found, dict) else found
    return found if isinstance(found, dict) else {}

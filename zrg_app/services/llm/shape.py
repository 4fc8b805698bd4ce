"""Does an answer have the shape that was asked for? Servers that only resemble OpenAI's may not keep strict schemas. Pure."""

from typing import Any

_KINDS: dict[str, tuple[type, ...]] = {"object": (dict,), "array": (list,), "string": (str,), "number": (int, float),
                                       "integer": (int,), "boolean": (bool,), "null": (type(None),)}


def problem(value: Any, schema: dict[str, Any], path: str = "answer") -> str:
    """What is wrong with `value`, by its place and never by its content; empty when it fits."""
    if "anyOf" in schema:
        found = [problem(value, each, path) for each in schema["anyOf"]]
        return "" if "" in found else f"{path} fits none of its shapes"
    if not _is_kind(value, schema.get("type")):
        return f"{path} is no {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{path} is none of its choices"
    if isinstance(value, dict):
        return _object_problem(value, schema, path)
    if isinstance(value, list):
        return next(filter(None, (problem(each, schema.get("items", {}), f"{path}[]") for each in value)), "")
    return ""


def _object_problem(value: dict, schema: dict[str, Any], path: str) -> str:
    missing = [name for name in schema.get("required", []) if name not in value]
    if missing:
        return f"{path}.{missing[0]} is missing"
    fields = schema.get("properties", {})
    return next(filter(None, (problem(value[name], child, f"{path}.{name}") for name, child in fields.items() if name in value)), "")


def _is_kind(value: Any, kind: Any) -> bool:
    if kind is None:
        return True
    if isinstance(value, bool):
        return "boolean" in ([kind] if isinstance(kind, str) else kind)
    return any(isinstance(value, _KINDS.get(each, ())) for each in ([kind] if isinstance(kind, str) else kind))

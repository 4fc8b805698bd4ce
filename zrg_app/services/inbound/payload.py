"""Is this body something we can read at all? Bounded, cleaned JSON, whatever its content type says. Pure."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from zrg_app.kit.errors import Invalid

DEEPEST = 64
MOST_VALUES = 50_000
_NUL = "\x00"
_FORM = b"payload="
_MOST_FIELDS = 20


def read(body: bytes) -> Mapping:
    """The JSON object in `body`, or in the field `payload` of a form. Raises Invalid for anything else, for nesting past
    DEEPEST and for endless lists.

    Invalid UTF-8 is replaced, NUL characters and halves of surrogate pairs are dropped: PostgreSQL stores neither.
    """
    body = _out_of_form(body) if body.startswith(_FORM) else body
    try:
        payload = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Invalid("The body is not JSON.") from error
    if not isinstance(payload, dict):
        raise Invalid("The body must be a JSON object.")
    _check(payload)
    return _cleaned(payload) if b"\\u" in body or b"\x00" in body else payload


def _out_of_form(body: bytes) -> bytes:
    try:
        return dict(parse_qsl(body, max_num_fields=_MOST_FIELDS)).get(b"payload", b"")
    except ValueError as error:
        raise Invalid("The body is not a form that can be read.") from error


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _check(payload: dict) -> None:
    level, values = [payload], 0
    for _ in range(DEEPEST):
        below = []
        for item in level:
            children = item.values() if isinstance(item, dict) else item
            values += len(item)
            below += [child for child in children if isinstance(child, dict | list)]
        if values > MOST_VALUES:
            raise Invalid("The body holds too many values.")
        if not below:
            return
        level = below
    raise Invalid(f"The body is nested deeper than {DEEPEST} levels.")


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return value.replace(_NUL, "").encode("utf-8", errors="ignore").decode("utf-8")
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_cleaned(child) for child in value]
    return value

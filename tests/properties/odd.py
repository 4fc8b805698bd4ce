"""How is a good webhook spoilt? By chance that can be repeated: values, shapes, bytes, headers."""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from sandbox.crowd import Letter

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**40, 1e308, -0.0, "", " ", "x" * 3000, "\x00", "\ud800", "\u202e", "💩", "0", "null",
    "2026-02-30T25:61:61Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "a@b@c", "@", "+1", "javascript:alert(1)",
    "<script>", "%s%n", "' or 1=1 --", "{{7*7}}", [], [[]], [None], ["x"] * 50, {}, {"": ""}, {"id": {"id": []}})
HEADERS = ("content-type", "x-webhook-secret", "authorization", "x-forwarded-for", "content-encoding", "transfer-encoding",
           "x-instantly-secret", "x-smartlead-secret", "unipile-auth", "calendly-webhook-signature", "x-slack-signature",
           "x-slack-request-timestamp", "x-ghl-signature")
HEADER_VALUES = (b"", b"\xff\xfe", b"t=1,v1=", b"v0=", b"application/json; charset=klingon", b"multipart/form-data", b"gzip",
                 b"Bearer ", b"Basic =", b"9" * 3000, b"t=9999999999999999999,v1=00", b"nan")
BODIES = (b"", b"[]", b"null", b"{", b"\xff\xfe\x00{", b"[" * 5000, b'{"a":' * 2000, b'{"a": NaN}', b"payload=%7B", b"payload=",
          b'{"data":' * 70 + b"1" + b"}" * 70, b'{"event": {"type": [1]}, "data": 5}')


def spoil(told: Letter, chance: Random) -> Letter:
    """`told` with one to four things wrong with it."""
    for _ in range(chance.randint(1, 4)):
        told = chance.choice(_WAYS)(told, chance)
    return told


def _value(told: Letter, chance: Random) -> Letter:
    """Replace, drop or double one value anywhere in the JSON."""
    try:
        whole = json.loads(told.body)
    except (ValueError, RecursionError):
        return told
    places = list(_places(whole))
    if not places:
        return told
    holder, name = chance.choice(places)
    if chance.random() < 0.15 and isinstance(holder, dict):
        del holder[name]
    else:
        holder[name] = chance.choice(VALUES)
    return replace(told, body=json.dumps(whole).encode())


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in items:
        yield value, name
        yield from _places(child)


def _bytes(told: Letter, chance: Random) -> Letter:
    """Cut, insert or change some bytes."""
    at, body = chance.randrange(len(told.body) + 1), told.body
    some = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
    return replace(told, body=chance.choice((body[:at], body[:at] + some + body[at:], body[:at] + some + body[at + len(some):])))


def _body(told: Letter, chance: Random) -> Letter:
    return replace(told, body=chance.choice(BODIES))


def _header(told: Letter, chance: Random) -> Letter:
    return replace(told, headers={**told.headers, chance.choice(HEADERS): chance.choice(HEADER_VALUES)})


def _query(told: Letter, chance: Random) -> Letter:
    odd = chance.choice(("", "x", "\x00", "00000000-0000-0000-0000-000000000000", "é" * 200, "../../etc"))
    return replace(told, query={**told.query, chance.choice(("clientId", "secret", "other")): odd})


_WAYS: tuple[Callable[[Letter, Random], Letter], ...] = (_value, _value, _value, _value, _bytes, _body, _header, _query)

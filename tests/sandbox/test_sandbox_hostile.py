"""Does any request, however odd, get an answer that is not a server error?"""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.app import PROVIDERS
from sandbox.server import Running

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
NAMES = st.sampled_from(
    ["type", "contactId", "message", "locationId", "tags", "dndSettings", "customFields", "to_emails", "email", "phone"]
    + ["sender_email_id", "from", "to", "subject", "text", "model", "input", "instructions", "filters", "pageLimit"]
    + ["format", "schema", "strict", "name", "properties", "anyOf", "first_name", "custom_variables", "lead", "body"]
    + ["provider", "workspace_ref", "event", "kind", "messages", "query", "page", "at"]
)
SENSIBLE = st.sampled_from(["SMS", "ghl", "emailbison", "json_schema", "c1", "a@b.example", "object", "status", 11, 50001])
TREES = st.recursive(
    LEAVES | SENSIBLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=14,
)
BODIES = st.dictionaries(NAMES, TREES, max_size=8) | TREES
RULES = [(provider.prefix, *rule[:2]) for provider in PROVIDERS for rule in provider.rules]
CONTROL = [("/_control", "POST", path) for path in ("/act", "/faults", "/contacts/c1/dnd", "/options")]
OFTEN = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def peopled(sandbox: Running, http: httpx.Client) -> httpx.Client:
    """A client of a sandbox that already has one lead at each provider."""
    sandbox.control.act("ghl", "c1", {"contact_id": "c1", "phone": "+15550100400"}, "Hi", deliver=False)
    for slug in ("emailbison", "smartlead", "instantly"):
        sandbox.control.act(slug, "1", {"email": "a@b.example"}, "Hi", deliver=False)
    return http


def address(prefix: str, template: str) -> str:
    known = "c1" if prefix == "/ghl" else "50001" if "/replies/{id}" in template else "7001"
    if prefix == "/smartlead":
        template, known = template.replace("{id}", "4101"), "9800001"
    path = template.replace("{mark}", "mark-as-interested").replace("/?", "/")
    for name in ("{id}", "{lead}", "{campaign}", "{sender}"):
        path = path.replace(name, known)
    return prefix + path


@pytest.mark.parametrize(("prefix", "method", "template"), [rule for rule in RULES if rule[1] != "GET"] + CONTROL)
@OFTEN
@given(body=BODIES)
def test_no_body_breaks_it(peopled: httpx.Client, prefix: str, method: str, template: str, body: Any) -> None:
    if template == "/act" and isinstance(body, dict):
        body = body | {"deliver": False}
    if template == "/faults" and isinstance(body, dict):
        body = body | {"provider": "nobody"}
    if template == "/emails/reply" and isinstance(body, dict):
        body = {"reply_to_uuid": "x", "eaccount": "y", "subject": "z", "body": {"text": "t"}} | body
    answer = peopled.request(method, address(prefix, template), json=body)
    assert answer.status_code < 500, (body, answer.text)


@pytest.mark.parametrize(("prefix", "method", "template"), [rule for rule in RULES if rule[1] == "GET"])
@pytest.mark.parametrize("value", ["", "-1", "\u00b2", "9" * 40, "' or 1=1 --", "\x00", "c1"])
def test_no_query_breaks_it(peopled: httpx.Client, prefix: str, method: str, template: str, value: str) -> None:
    names = ("locationId", "contactId", "limit", "page", "per_page", "lastMessageId", "folder", "search", "lead_id")
    answer = peopled.get(address(prefix, template), params=dict.fromkeys(names, value))
    assert answer.status_code < 500, answer.text


def test_the_doors_of_every_provider_are_tried() -> None:
    assert len(RULES) >= 40

"""How does the stand-in Resend take mail, and how does it treat a repeated Idempotency-Key?"""

import json
import re
from datetime import timedelta
from typing import Any

from sandbox import clock, ids
from sandbox.exchange import Answer, Call, Provider
from sandbox.store import Row
from sandbox.world import World

_NAMES = {400: "validation_error", 401: "missing_api_key", 403: "invalid_api_key", 404: "not_found",
          405: "method_not_allowed", 409: "invalid_idempotent_request", 413: "validation_error",
          422: "validation_error", 429: "rate_limit_exceeded"}
_ADDRESS = re.compile(r"(?:[^<>]*<)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+>?")
_REMEMBERED = timedelta(hours=24)
_PER_SECOND = 5
VERIFIED = ("agency.example", "zrg-inbox.example")


def problem(status: int, message: str | None = None, name: str = "") -> Answer:
    """Word an error as Resend does; the message insufficient_quota becomes its daily quota error."""
    if message == "insufficient_quota":
        name, message = "daily_quota_exceeded", "You have reached your daily email sending quota."
    name = name or _NAMES.get(status, "internal_server_error")
    return Answer(status, {"statusCode": status, "message": message or name.replace("_", " ").capitalize() + ".",
                           "name": name})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without User-Agent (403, error 1010), without a key (401), with a bad one (403)."""
    if not call.headers.get("user-agent"):
        return Answer(403, "error code: 1010", {"content-type": "text/plain"})
    if not call.token:
        return problem(401, "Missing API key in the authorization header.")
    if call.token.startswith("bad"):
        return problem(403, "API key is invalid")
    left = world.limit_left(f"resend|{call.token}", clock.now().timestamp(), 1, _PER_SECOND)
    if left < 0 and world.options.enforce_limits:
        answer = problem(429, "Too many requests. You can only make 5 requests per second.")
        answer.headers["retry-after"] = "1"
        return answer
    return None


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the rate-limit headers of the reference, reset in seconds."""
    used = len(world.windows.get(f"resend|{call.token}", ()))
    return {"ratelimit-limit": str(_PER_SECOND), "ratelimit-remaining": str(max(_PER_SECOND - used, 0)),
            "ratelimit-reset": "1"}


def send_one(world: World, call: Call) -> Answer:
    """POST /emails."""
    return _once(world, call, lambda: _send(world, call.fields))


def send_batch(world: World, call: Call) -> Answer:
    """POST /emails/batch: up to 100 mails, all or none."""
    mails = call.body if isinstance(call.body, list) else []
    if not 1 <= len(mails) <= 100:
        return problem(422, "The batch must be an array of 1 to 100 emails.")

    def send_all() -> Answer:
        refusals = [_refusal(mail if isinstance(mail, dict) else {}) for mail in mails]
        refused = next(filter(None, refusals), None)
        if refused:
            return refused
        answers = [_send(world, mail) for mail in mails]
        return Answer(200, {"data": [answer.body for answer in answers]},
                      effect={"what": "email", "batch": [answer.effect for answer in answers]})

    return _once(world, call, send_all)


def get_email(world: World, call: Call) -> Answer:
    """GET /emails/{id}."""
    row = world.store.get("resend_emails", call.params["id"])
    return Answer(200, row) if row else problem(404, "Email not found")


def list_domains(world: World, call: Call) -> Answer:
    """GET /domains: `VERIFIED` ones and one that waits; a key that ends in `send-only` may not look."""
    if call.token.endswith("send-only"):
        return problem(401, "This API key is restricted to only send emails", "restricted_api_key")
    rows = [{"id": ids.new_uuid(), "name": name, "status": "verified", "region": "eu-west-1", "created_at": clock.now_iso()}
            for name in VERIFIED]
    return Answer(200, {"object": "list", "has_more": False, "data": [*rows, {"id": ids.new_uuid(), "name": "pending.example",
                                                                            "status": "pending"}]})


def _once(world: World, call: Call, work: Any) -> Answer:
    """Do the work once per Idempotency-Key within 24 hours; another body under the same key is refused."""
    key = call.headers.get("idempotency-key")
    if key is None:
        return work()
    if not 1 <= len(key) <= 256:
        return problem(400, "The idempotency key must be between 1 and 256 characters.", "invalid_idempotency_key")
    slot = f"{ids.fingerprint(call.token)}|{call.path}|{key}"
    body = ids.fingerprint(json.dumps(call.body, sort_keys=True))
    known = world.store.get("resend_keys", slot)
    if known and clock.read(known["at"]) > clock.now() - _REMEMBERED:
        if known["body"] != body:
            return problem(409, "This idempotency key has been used with a different request body.")
        return Answer(200, known["answer"], {"idempotent-replayed": "true"})
    answer = work()
    if answer.status < 400:
        world.store.put("resend_keys", slot, {"at": clock.now_iso(), "body": body, "answer": answer.body})
    return answer


def _send(world: World, mail: dict[str, Any]) -> Answer:
    refusal = _refusal(mail)
    if refusal:
        return refusal
    row: Row = {
        "object": "email", "id": ids.new_uuid(), "to": _listed(mail["to"]), "from": mail["from"],
        "created_at": clock.now_iso(), "subject": mail["subject"], "html": mail.get("html"), "text": mail.get("text"),
        "bcc": _listed(mail.get("bcc")), "cc": _listed(mail.get("cc")), "reply_to": _listed(mail.get("reply_to")),
        "last_event": "delivered", "tags": mail.get("tags") or [],
    }
    world.store.put("resend_emails", row["id"], row)
    text = row["text"] or re.sub(r"<[^>]*>", " ", row["html"] or "")
    return Answer(200, {"id": row["id"]}, effect={"what": "email", "id": row["id"], "to": row["to"], "cc": row["cc"],
                                                  "from": row["from"], "subject": row["subject"], "text": text})


def _refusal(mail: dict[str, Any]) -> Answer | None:
    for name in ("from", "to", "subject"):
        if not mail.get(name):
            return problem(422, f"Missing `{name}` field.", "missing_required_field")
    if not isinstance(mail["from"], str) or not _ADDRESS.fullmatch(mail["from"]):
        return problem(422, "Invalid `from` field. Use `email@example.com` or `Name <email@example.com>`.",
                       "invalid_from_address")
    to = _listed(mail["to"])
    if not 1 <= len(to) <= 50 or not all(_ADDRESS.fullmatch(address) for address in to):
        return problem(422, "Invalid `to` field. Up to 50 addresses like `email@example.com`.")
    written = any(isinstance(mail.get(name), str) and mail[name] for name in ("html", "text"))
    if not written and not mail.get("template"):
        return problem(422, "Missing `html` or `text` field.", "missing_required_field")
    if not isinstance(mail["subject"], str):
        return problem(422, "Invalid `subject` field.", "invalid_parameter")
    return None


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value] if isinstance(value, list) else []


RESEND = Provider(
    slug="resend", title="Resend", prefix="/resend", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(("POST", "/emails", send_one), ("POST", "/emails/batch", send_batch), ("GET", "/emails/{id}", get_email),
           ("GET", "/domains", list_domains)),
)

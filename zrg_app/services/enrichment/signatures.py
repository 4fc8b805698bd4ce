"""What does the lead's own signature tell that nobody knew? Phone, LinkedIn profile and post, into empty fields only."""

from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import EnrichmentKind
from zrg_app.services import events, leads, reading
from zrg_app.services.enrichment import waiting
from zrg_app.services.jobs import job

SOURCE = "signature"
_MESSAGE = """
select m.lead_id, m.from_name, m.from_address, m.subject, m.raw_text, m.raw_html, m.body, m.sent_at, m.is_automatic, l.email,
       l.first_name, l.last_name, s.default_region
from message m join lead l on l.id = m.lead_id join workspace_settings s on s.workspace_id = m.workspace_id
where m.id = %(message)s and m.workspace_id = %(workspace)s and m.direction = 'inbound' and m.channel = 'email'
"""


@job("enrichment.read_signature", priority=200)
def read_signature(tx: Tx, scope: Scope, *, message_id: UUID) -> str:
    """Fill what the signature under a reply tells of its writer; says what was filled.

    Not from automatic replies, not from somebody else who answered, not from what was quoted.
    """
    row = fetch_one(tx, _MESSAGE, {"message": message_id, "workspace": scope.workspace_id})
    if row is None or not _is_their_own(row):
        return ""
    signed = reading.extract_signature(row["raw_text"] or row["body"], row["raw_html"], row["from_name"] or row["email"])
    if not signed["has_signature"] or _is_of_another(signed, row):
        return ""
    lead_id = leads.lock_living(tx, row["lead_id"]).id
    filled = leads.fill(tx, scope, lead_id, source=SOURCE, phone=_first(
        signed["phones"], lambda text: reading.normalize_phone(text, row["default_region"])),
        linkedin_url=_first(signed["links"], reading.normalize_linkedin), job_title=signed["title"] or None)
    if filled:
        if "phone" in filled:
            waiting.resume(tx, lead_id, EnrichmentKind.PHONE)
        events.record(tx, scope, events.LeadEnriched(lead_id=lead_id, source=SOURCE, outcome="success", fields=", ".join(filled)))
    return ", ".join(filled)


def _is_their_own(row: dict[str, Any]) -> bool:
    """Whether a person wrote it, from the lead's own address."""
    own = (row["from_address"] or "").lower() == (row["email"] or "").lower() != ""
    if row["is_automatic"] or not own:
        return False
    message = {"raw": None, "headers": {}, "subject": row["subject"] or "", "from": row["from_address"],
               "text": row["raw_text"] or row["body"], "html": row["raw_html"]}
    return not reading.detect_auto_reply(message, row["sent_at"].isoformat())["is_auto_reply"]


def _is_of_another(signed: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether the block names somebody else: an assistant who signs, a colleague's card under a forwarded mail."""
    addresses = {found for text in signed["emails"] if (found := reading.normalize_email(text))}
    if addresses and row["email"] not in addresses:
        return True
    names = {word.casefold().strip(".,") for word in (signed["name"] or "").split()}
    known = {word.casefold() for text in (row["first_name"], row["last_name"], row["from_name"] or "") for word in text.split()}
    return bool(names and known) and not names & known


def _first(texts: list[str], normalise: Any) -> str | None:
    return next((found for text in texts if (found := normalise(text))), None)

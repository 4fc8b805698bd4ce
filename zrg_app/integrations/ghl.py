"""How do we speak with GoHighLevel? SMS out, contacts, its message history and its calendars (API v2)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from zrg_app.integrations import ghl_calendars, ghl_history, ghl_inbound, transport
from zrg_app.integrations.base import Account, Checked, Credential, Outgoing, Provider, RateLimit, Receipt
from zrg_app.integrations.outgoing_html import same_words
from zrg_app.kit.errors import OutcomeUnknown, ProviderRefused, ZrgError

TITLE = "GoHighLevel"
# The vendor allows 100 calls in 10 s per location; the rest is left for other tools of the customer.
LIMIT = RateLimit(calls=90, seconds=10)
CONVERSATIONS, CONTACTS = "2021-04-15", "2021-07-28"
HISTORY = 100

# The vendor names a refusal only in words: what its text contains, our stable code, and what we tell people.
REFUSALS = (
    ("dnd is active for sms", "sms_dnd", "GoHighLevel has do-not-disturb on for SMS to this contact."),
    ("dnd is active", "sms_dnd", "GoHighLevel has do-not-disturb on for this contact."),
    ("has unsubscribed", "sms_unsubscribed", "This number has unsubscribed from our texts."),
    ("missing phone number", "missing_phone", "The contact has no phone number in GoHighLevel."),
    ("invalid country", "invalid_country_code", "The phone number has no country code GoHighLevel accepts."),
    ("location or agency is inactive", "location_inactive", "The GoHighLevel account is not active; its owner must renew it."),
    ("contact not found", "contact_missing", "The contact no longer exists in GoHighLevel."),
    ("contact with id", "contact_missing", "The contact no longer exists in GoHighLevel."),
    ("duplicate", "duplicate_send", "GoHighLevel says it has just sent the same text to this contact."),
)


def check(account: Account) -> Checked:
    """Prove that the token opens this location's conversations, with the cheapest call we have a scope for."""
    found = _call(account, "GET", "/conversations/search", CONVERSATIONS, query={"locationId": account.external_id, "limit": 1})
    total = found.get("total")
    return Checked(sentence=f"Connected to location {account.external_id}" + (f", {total} conversations." if total else "."))


def send(account: Account, outgoing: Outgoing) -> Receipt:
    """Send one SMS; a person GoHighLevel does not know yet becomes a contact first, and its id is learnt."""
    contact_id = _contact(account, outgoing)
    try:
        answer = _text(account, contact_id, outgoing)
    except ProviderRefused as refusal:
        contact_id = _mended(account, outgoing, contact_id, refusal)
        answer = _text(account, contact_id, outgoing)
    message_id = answer.get("messageId") or next(iter(answer.get("messageIds") or ()), None)
    if not message_id:
        raise OutcomeUnknown("GoHighLevel took the text and named no message.")
    return Receipt(message_id=str(message_id), thread=_handle(answer.get("conversationId"), contact_id),
                   identities={"ghl_contact": contact_id})


def find_sent(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str] = ()) -> Receipt | None:
    """The text in the contact's conversation that has our words, left at or after `since` and is not in `exclude`."""
    contact_id = _contact(account, outgoing)
    for conversation_id in _conversations(account, outgoing, contact_id):
        ours = [row for row in _rows_of(account, conversation_id) if _is_ours(row, outgoing, since, exclude)]
        if ours:
            first = min(ours, key=lambda row: _moment(row["dateAdded"]))
            return Receipt(message_id=str(first["id"]), thread=_handle(conversation_id, contact_id),
                           identities={"ghl_contact": contact_id})
    return None


def _mended(account: Account, outgoing: Outgoing, contact_id: str, refusal: ProviderRefused) -> str:
    """The contact to try once more with, nothing having left: given the number it lacked, or made or found again.

    Raises the refusal when neither helps.
    """
    phone = outgoing.to_address or outgoing.person.phone
    if refusal.reason == "missing_phone" and phone:
        _call(account, "PUT", f"/contacts/{contact_id}", CONTACTS, body={"phone": phone})
        return contact_id
    # Contacts are merged and deleted over there.
    if refusal.reason != "contact_missing" or contact_id != outgoing.person.identities.get("ghl_contact"):
        raise refusal
    return _upserted(account, outgoing)


def _contact(account: Account, outgoing: Outgoing) -> str:
    return outgoing.person.identities.get("ghl_contact") or _upserted(account, outgoing)


def _text(account: Account, contact_id: str, outgoing: Outgoing) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "SMS", "contactId": contact_id, "message": outgoing.body}
    if outgoing.files:
        body["attachments"] = [file.url for file in outgoing.files]
    return _call(account, "POST", "/conversations/messages", CONVERSATIONS, body=body, sends=True)


def _upserted(account: Account, outgoing: Outgoing) -> str:
    person = outgoing.person
    phone = outgoing.to_address or person.phone
    if not phone:
        raise ProviderRefused("There is no phone number to send to.", code="missing_phone")
    given = {"locationId": account.external_id, "firstName": person.first_name, "lastName": person.last_name, "phone": phone,
             "email": person.email, "companyName": person.company, "timezone": person.timezone}
    answer = _call(account, "POST", "/contacts/upsert", CONTACTS, body={name: value for name, value in given.items() if value})
    contact = answer.get("contact")
    if not isinstance(contact, dict) or not contact.get("id"):
        raise ProviderRefused("GoHighLevel did not say which contact it made.", code="contact_missing")
    return str(contact["id"])


def _conversations(account: Account, outgoing: Outgoing, contact_id: str) -> Iterator[str]:
    known = str(outgoing.thread.get("conversation_id") or "")
    if known:
        yield known
    # The conversation we know may be gone or no longer the contact's: then the message lies in another one.
    found = _call(account, "GET", "/conversations/search", CONVERSATIONS,
                  query={"locationId": account.external_id, "contactId": contact_id})
    rows = found.get("conversations")
    others = [str(row["id"]) for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []
    yield from (each for each in others if each != known)


def _rows_of(account: Account, conversation_id: str) -> list[Mapping[str, Any]]:
    try:
        return _messages(_call(account, "GET", f"/conversations/{conversation_id}/messages", CONVERSATIONS, query={"limit": HISTORY}))
    except ProviderRefused as refusal:
        # One that was deleted says nothing of the others.
        if refusal.reason == "not_found":
            return []
        raise


def _messages(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    # Live answers nest the page once more than the reference says.
    inner = page.get("messages")
    rows = inner.get("messages") if isinstance(inner, dict) else inner
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_ours(row: Mapping[str, Any], outgoing: Outgoing, since: datetime, exclude: Collection[str]) -> bool:
    at = _moment(row.get("dateAdded"))
    return bool(row.get("direction") == "outbound" and row.get("id") and str(row["id"]) not in exclude and at and at >= since
                and same_words(str(row.get("body") or "")) == same_words(outgoing.body))


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _handle(conversation_id: object, contact_id: str) -> dict[str, str]:
    return {"contact_id": contact_id} | ({"conversation_id": str(conversation_id)} if conversation_id else {})


def _explain(status: int, said: str) -> ZrgError | None:
    lower = said.lower()
    for words, code, sentence in REFUSALS:
        if words in lower:
            return ProviderRefused(sentence, code=code)
    return None


def _call(account: Account, method: str, path: str, version: str, *, body: Mapping | None = None, query: Mapping | None = None,
          sends: bool = False) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {account.credentials.get('access_token', '')}", "Version": version,
               "Accept": "application/json"}
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method=method, path=path, limit=LIMIT, headers=headers, body=body, query=query,
        sends=sends, explain=_explain))
    return answer if isinstance(answer, dict) else {}


PROVIDER = Provider(
    slug="ghl", title=TITLE, channel="sms", vendor_url="https://services.leadconnectorhq.com", rate_limit=LIMIT,
    credentials=(
        Credential(name="location_id", title="Location ID",
                   help="The sub-account's id: Settings, Business Profile, or the part after /location/ in its address."),
        Credential(name="access_token", title="Private integration token", secret=True,
                   help="Settings, Private Integrations, with the scopes conversations, conversations/message and contacts, "
                        "each for reading and writing; for free times also calendars and calendars/events, for reading."),
    ),
    external_id_credential="location_id", webhook_path="/api/webhooks/ghl/sms", check=check,
    parse=ghl_inbound.parse, send=send, find_sent=find_sent, read_history=partial(ghl_history.read_history, _call),
    recent=partial(ghl_history.recent, _call), calendars=partial(ghl_calendars.calendars, _call),
    free_times=partial(ghl_calendars.free_times, _call), sends_files=True, fetches_files=True,
    no_copies="A text goes to one phone.", no_other_recipient="A text goes to the lead's own phone.")
